"""Every type of page: valid HTML, and no sideways scrolling on the narrowest screen."""

import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.functional.addresses import KINDS, LANGUAGES
from tests.functional.html import complaints

NARROWEST = 320  # CSS pixels: WCAG 1.4.10
# Elements that stick out of the page; what scrolls inside its own box does not count.
TOO_WIDE = """() => {
  const limit = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= limit) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > limit + 1)
    .map((element) => `${element.tagName}.${element.className} ${Math.round(element.getBoundingClientRect().right)}`)
    .slice(0, 8)
    .concat(`page: ${document.documentElement.scrollWidth}`);
}"""
OPEN_EVERYTHING = "() => document.querySelectorAll('details').forEach((element) => { element.open = true; })"


def source_of(url: str) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=60) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        assert error.code == 404, url
        return error.read().decode()


GOOD = "<!DOCTYPE html><html lang=en><head><title>t</title></head><body><h1>t</h1>{}</body></html>"
BROKEN = {
    "<p id=a></p><p id=a></p>": "id 'a' is used 2 times",
    "<a href='#b'>b</a>": "link to #b leads nowhere",
    "<label for=c>c</label>": "<label for='c'> leads nowhere",
    "<h3>t</h3>": "h3 follows h1",
    "<h1>t</h1>": "2 h1",
    "<img src=i alt=''>": "i: width None",
    "<img src=i width=1 height=1>": "i: no alt",
    "<p style='color:red'></p>": "<p> has style=",
    "<input name=n>": "<input name='n'> has no label",
    "<button></button>": "has no text",
    "<ul></ul>": "is empty",
    "<p><div></div></p>": "unexpected-end-tag",
}


@pytest.mark.parametrize(("part", "complaint"), BROKEN.items())
def test_checks_find_what_is_broken(part: str, complaint: str) -> None:
    assert not complaints(GOOD.format(""))
    assert complaint in "\n".join(complaints(GOOD.format(part)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "sign-in-errors"])
def test_html_is_valid(portal_url: str, addresses: dict, kind: str, language: str) -> None:
    found = complaints(source_of(portal_url + addresses[language][kind]))
    assert not found, "\n".join(found)


def test_html_is_valid_when_a_form_is_refused(portal_url: str, addresses: dict, open_browser: Callable) -> None:
    page: Page = open_browser(java_script_enabled=False)
    page.goto(addresses["fr"]["sign-in"])
    with page.expect_navigation():
        page.locator("main button[type=submit]").click()
    assert page.locator("[aria-invalid=true]").count() == 2
    found = complaints(page.content())
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_scrolls_sideways_on_the_narrowest_screen(
    addresses: dict, open_browser: Callable, language: str
) -> None:
    page: Page = open_browser(width=NARROWEST, height=640)
    found = {}
    for kind in KINDS:
        page.goto(addresses[language][kind])
        for state in ("closed", "open"):
            if wide := page.evaluate(TOO_WIDE):
                found[kind, state] = wide
            page.evaluate(OPEN_EVERYTHING)
    assert not found
