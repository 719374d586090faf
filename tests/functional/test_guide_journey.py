"""A long guide: its contents follow the reader, its terms tell their meaning where they stand."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.functional.addresses import LANGUAGES


@pytest.fixture
def with_terms(addresses: dict) -> str:
    """The guide that the demo has in all languages."""
    return addresses["en"]["guide"]


def test_the_contents_follow(open_browser: Callable, with_terms: str) -> None:
    page: Page = open_browser(width=1280)
    page.goto(with_terms)
    here = page.locator(".contents--beside a[aria-current=location]")
    expect(here).to_have_count(1)
    page.evaluate("document.getElementById('section-3').scrollIntoView({behavior: 'instant'})")
    expect(here).to_have_attribute("href", "#section-3")
    expect(here).to_have_count(1)


def test_a_term_tells_its_meaning_under_the_pointer_and_the_focus(open_browser: Callable, with_terms: str) -> None:
    page: Page = open_browser(width=1280)
    page.goto(with_terms)
    term = page.locator("a.term").first
    meaning = page.locator(f"#{term.get_attribute('aria-describedby')}").inner_text()
    note = page.locator(".term-note")
    term.scroll_into_view_if_needed()
    expect(page.locator(".term-note")).to_be_attached()
    term.hover()
    expect(note).to_be_visible()
    expect(note).to_contain_text(meaning.split("\n")[0])
    note.hover()  # it stays while one reads it
    page.wait_for_timeout(400)
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    page.mouse.move(2, 2)
    page.locator("main").press("Tab")
    term.focus()
    expect(note).to_be_visible()
    box = note.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 1280


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tap_tells_the_meaning_and_a_second_one_leads_to_it(
    open_browser: Callable, addresses: dict, language: str
) -> None:
    page: Page = open_browser(width=375, has_touch=True, is_mobile=True)
    page.goto(addresses[language]["guide"])
    expect(page.locator(".term-note")).to_be_attached()
    term = page.locator("a.term").first
    term.tap()
    expect(page.locator(".term-note")).to_be_visible()
    assert "#" not in page.url
    term.tap()
    page.wait_for_url("**#term-*")


def test_without_scripts_a_term_is_a_link_to_the_glossary(open_browser: Callable, with_terms: str) -> None:
    page: Page = open_browser(width=375, java_script_enabled=False)
    page.goto(with_terms)
    term = page.locator("a.term").first
    target = term.get_attribute("href")
    term.click()
    assert page.url.endswith(target or "-")
    expect(page.locator(str(target))).to_be_in_viewport()


def test_a_print_says_what_it_was_made_of(open_browser: Callable, with_terms: str) -> None:
    page: Page = open_browser(width=1280)
    page.goto(with_terms)
    imprint = page.locator(".imprint")
    expect(imprint).to_be_hidden()
    page.emulate_media(media="print")
    expect(imprint).to_be_visible()
    expect(imprint).to_contain_text(with_terms)
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
