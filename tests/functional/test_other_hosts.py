"""Nothing is asked of another host, and a video's only once it is played.

Every page that `open_browser` shows is watched; this goes to each type of page for that alone, and scrolls to its end
so that what loads late loads too.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.functional.addresses import KINDS, LANGUAGES
from tests.functional.conftest import Watch

SCROLL = "() => { for (let y = 0; y < document.body.scrollHeight; y += 600) window.scrollTo(0, y); }"
UNLOADED = """() => [...document.images]
  .filter((image) => image.loading !== "lazy" && !(image.complete && image.naturalWidth))
  .map((image) => image.currentSrc || image.src)"""


# These only their sender may send: a cookie says who that is.
WITH_FORMS = ("sign-in", "sign-in-errors", "password-reset", "alert-new")


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_ask_nothing_of_other_hosts_and_set_no_cookie(
    addresses: dict, open_browser: Callable, language: str
) -> None:
    page: Page = open_browser()
    for kind in KINDS:
        page.goto(addresses[language][kind])
        page.evaluate(SCROLL)
        assert page.evaluate(UNLOADED) == [], kind
        if kind not in WITH_FORMS:
            assert page.context.cookies() == [], kind
        page.context.clear_cookies()


def test_video_loads_only_when_it_is_played(browser: Browser, portal_url: str, addresses: dict) -> None:
    context = browser.new_context(base_url=portal_url, viewport={"width": 1280, "height": 800})
    watch = Watch(context, urlsplit(portal_url).netloc)
    page = context.new_page()
    page.goto(addresses["en"]["about"])
    page.evaluate(SCROLL)
    page.wait_for_load_state("networkidle")
    assert page.locator("iframe").count() == 0
    assert watch.others == []
    link = page.locator("[data-video-player] > a")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("iframe.video__player")).to_be_visible()
    assert {urlsplit(url).netloc for url in watch.others} == {"www.youtube-nocookie.com"}
    assert urlsplit(page.url).path == addresses["en"]["about"]
    refused = [line for line in watch.complaints if "Content Security Policy" in line]
    assert not refused, refused
    context.close()


def test_video_is_a_plain_link_without_scripts(open_browser: Callable, addresses: dict) -> None:
    page: Page = open_browser(java_script_enabled=False)
    page.goto(addresses["fr"]["about"])
    assert page.locator("iframe").count() == 0
    address = page.locator("[data-video-player] > a").get_attribute("href")
    assert address.startswith("https://www.youtube.com/watch")
