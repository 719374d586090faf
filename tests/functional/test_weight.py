"""The first view on a phone: how much is fetched for it, in how many requests, and whether anything moves.

What style sheet, script and fonts weigh is tested in tests/portal/test_assets.py.
"""

import time
from collections.abc import Callable
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, Route

from tests.functional.addresses import LANGUAGES

PHONE = {"width": 375, "height": 700}
FIRST_VIEWS = ("home", "news-item", "guide", "directory", "member")
HTML_LIMIT = 13_500  # bytes, compressed as browsers take it: with the headers one round trip, not two
REQUESTS_LIMIT = 8  # the page and all it needs, pictures aside
SHIFT_LIMIT = 0.01  # cumulative layout shift, https://web.dev/articles/cls

# The sum of all shifts is never less than CLS, which takes the worst five seconds.
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""


@pytest.mark.parametrize("kind", FIRST_VIEWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_light(portal_url: str, addresses: dict, language: str, kind: str) -> None:
    request = Request(portal_url + addresses[language][kind], headers={"Accept-Encoding": "gzip, deflate, br"})
    with urlopen(request) as response:
        assert response.headers["Content-Encoding"] == "br"
        assert len(response.read()) <= HTML_LIMIT


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_view_asks_for_little_and_nothing_moves(open_browser: Callable, addresses: dict, language: str) -> None:
    page: Page = open_browser(**PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.resource_type != "image" else None)
    for kind in FIRST_VIEWS:
        asked.clear()
        page.goto(addresses[language][kind])
        page.wait_for_load_state("networkidle")
        assert len(asked) <= REQUESTS_LIMIT, (kind, asked)
        assert page.evaluate(SHIFTS) <= SHIFT_LIMIT, kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_moves_when_the_fonts_are_late(open_browser: Callable, addresses: dict, language: str) -> None:
    """They stay away from this view then, and are there for the next."""
    page: Page = open_browser(**PHONE)

    def wait(route: Route) -> None:
        time.sleep(0.3)
        route.continue_()

    page.route("**/*.woff2", wait)
    for kind in FIRST_VIEWS:
        page.goto(addresses[language][kind])
        page.wait_for_load_state("networkidle")
        assert page.evaluate(SHIFTS) <= SHIFT_LIMIT, kind
