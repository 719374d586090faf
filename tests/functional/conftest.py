"""Fixtures of the browser journeys: the seeded portal, its servers, and visitors who are watched.

`portal_url` is the portal that a module's tests visit. Reading modules share one server; a module that writes overrides
it with a copy of its own (`own_portal_url`).
"""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tests.functional.seeded import Portal, seed, serve

LONGEST_WAIT = 20_000  # milliseconds; two browsers and two servers share two cores
expect.set_options(timeout=LONGEST_WAIT)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """No name of another host is even looked up; the tests still see that it was asked for."""
    rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    return {**browser_type_launch_args, "args": [*browser_type_launch_args["args"], rules]}


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Portal:
    """The demo, loaded once for all workers. Read it; copy it to write."""
    base = tmp_path_factory.getbasetemp()
    return seed((base if worker_id == "master" else base.parent) / "portal")


@pytest.fixture(scope="session")
def shared_url(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve(portal.environment, tmp_path_factory.mktemp("server") / "log") as url:
        yield url


@pytest.fixture(scope="module")
def own_portal_url(portal: Portal, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A copy of the portal for this module alone."""
    folder = tmp_path_factory.mktemp("own")
    with serve(portal.copy(folder / "portal").environment, folder / "log") as url:
        yield url


@pytest.fixture(scope="module")
def portal_url(shared_url: str) -> str:
    return shared_url


@pytest.fixture(scope="session")
def addresses(portal: Portal) -> dict[str, dict[str, str]]:
    """Language → kind of page (tests.functional.addresses.KINDS) → path."""
    return portal.addresses


class Watch:
    """What a browser asks for and complains about."""

    def __init__(self, context: BrowserContext, own_host: str) -> None:
        self.own_host = own_host
        self.others: list[str] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self._note_request(request.url))
        context.on("console", self._note_message)
        context.on("weberror", lambda error: self.complaints.append(f"{error.page and error.page.url}: {error.error}"))

    def _note_request(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.own_host:
            self.others.append(url)

    def _note_message(self, message: ConsoleMessage) -> None:
        # That a page was answered with 404 is what some tests are about.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.complaints.append(f"{message.page and message.page.url}: {message.text}")


@pytest.fixture
def open_browser(browser: Browser, portal_url: str) -> Iterator[Callable[..., Page]]:
    """Opens a browser with no history and gives its page: `open_browser(width=375, java_script_enabled=False)`.

    Afterwards: nothing was asked of another host, no script failed, the content security policy refused nothing.
    """
    watched: list[tuple[BrowserContext, Watch]] = []

    def open_page(*, width: int = 1280, height: int = 800, **options: object) -> Page:
        context = browser.new_context(
            base_url=portal_url, viewport={"width": width, "height": height}, locale="en-GB", **options
        )
        context.set_default_timeout(LONGEST_WAIT)
        watched.append((context, Watch(context, urlsplit(portal_url).netloc)))
        return context.new_page()

    yield open_page
    for context, _watch in watched:
        context.close()
    for _context, watch in watched:
        assert not watch.others, f"Asked of other hosts: {watch.others}"
        assert not watch.complaints, "\n".join(watch.complaints)


@pytest.fixture
def open_admin(browser: Browser, portal_url: str) -> Iterator[Callable[..., Page]]:
    """As `open_browser`, for the editors' admin: Wagtail's own scripts may complain, other hosts stay unasked."""
    watched: list[tuple[BrowserContext, Watch]] = []

    def open_page() -> Page:
        context = browser.new_context(base_url=portal_url, viewport={"width": 1440, "height": 1000}, locale="en-GB")
        context.set_default_timeout(LONGEST_WAIT)
        watched.append((context, Watch(context, urlsplit(portal_url).netloc)))
        return context.new_page()

    yield open_page
    for context, _watch in watched:
        context.close()
    assert not [url for _context, watch in watched for url in watch.others]


def sign_in(page: Page, name: str, language: str = "en") -> None:
    """As one of the demo's accounts (administrator, editor, moderator, member), through the portal's own page."""
    page.goto(f"/{language}/account/login/")
    page.locator("input[type=email]").fill(f"{name}@kreativ-reseau.example")
    page.locator("input[type=password]").fill("portal-demo")
    with page.expect_navigation():
        page.locator("main button[type=submit]").click()
    assert "/account/login/" not in page.url, page.locator("main").inner_text()
