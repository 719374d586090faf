"""Suggestions while somebody types: by keyboard, by pointer, slowly, quickly, offline, and without scripts."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, Request, Route, expect

from tests.functional.accessibility import ASK, OF_COLOUR, STANDARD

SLOWLY, QUICKLY = 300, 50  # milliseconds between keys
PAUSE = 120  # after which the server is asked; js/suggest.js
PHONE = {"width": 375, "height": 700}
SMALLEST = {"width": 320, "height": 600}
FIELDS = {
    "header": ("home", "#site-search"),
    "site search": ("search", "#large-search"),
    "listing": ("directory", "#listing-q"),
}
# What a screen reader is told of the field: open, and which option is meant.
STATE = "(input) => [input.getAttribute('aria-expanded'), input.getAttribute('aria-activedescendant')]"


def opened(page: Page, path: str, field: str = "#listing-q") -> Page:
    """The page with the focus in a field that can be typed in."""
    page.goto(path)
    if not page.locator(field).is_visible():
        page.locator(".menu__toggle").click()
    expect(page.locator(field)).to_have_attribute("role", "combobox")
    page.locator(field).focus()
    return page


def shown(page: Page) -> list[str]:
    """Titles of what is suggested; the last one, which searches everywhere, is not among them."""
    return page.locator(".suggest:not([hidden]) .suggest__title").all_text_contents()


def options(page: Page):
    return page.locator(".suggest:not([hidden]) [role=option]")


def asked(page: Page) -> list[str]:
    """Fills with what is typed in every request for suggestions from here on."""
    queries: list[str] = []

    def note(request: Request) -> None:
        query = parse_qs(urlsplit(request.url).query)
        if request.resource_type == "fetch":
            queries.append(query["q"][0])

    page.on("request", note)
    return queries


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("language", ["fr", "de", "en"])
def test_name_without_accents_is_suggested_and_leads_to_the_profile(
    addresses: dict, open_browser: Callable, language: str, field: str
) -> None:
    kind, name = FIELDS[field]
    page = opened(open_browser(), addresses[language][kind], name)
    page.keyboard.type("elan so")
    expect(options(page)).to_have_count(2)
    assert shown(page) == ["Élan sonore"]
    assert options(page).first.locator("mark").all_text_contents() == ["Élan", "so"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Élan sonore")
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_one_types_at_ease_and_sees_what_fits(addresses: dict, open_browser: Callable) -> None:
    page = opened(open_browser(), addresses["fr"]["directory"])
    queries = asked(page)
    page.keyboard.type("atelier", delay=SLOWLY)
    expect(options(page).first).to_contain_text("Atelier")
    page.wait_for_timeout(PAUSE * 3)
    assert all(title.startswith("Atelier") for title in shown(page)[:4])
    assert queries == ["at", "ate", "atel", "ateli", "atelie", "atelier"], "one request for each pause"
    for _letter in "ier":
        page.keyboard.press("Backspace")
    expect(options(page).first).to_contain_text("Atel")
    page.wait_for_timeout(PAUSE * 3)
    assert len(queries) == 6, "what was answered before is remembered"


def test_one_types_fast_and_the_server_is_asked_once(addresses: dict, open_browser: Callable) -> None:
    page = opened(open_browser(), addresses["fr"]["directory"])
    queries = asked(page)
    page.keyboard.type("atelier chap", delay=QUICKLY)
    expect(options(page)).to_have_count(2)
    assert shown(page) == ["Atelier Chapeau Bas"]
    page.wait_for_timeout(PAUSE * 3)
    assert queries[-1] == "atelier chap"
    assert len(queries) <= 2, "once, and once more if the machine stumbled while typing"


def test_late_answer_is_never_shown(addresses: dict, open_browser: Callable) -> None:
    page = opened(open_browser(), addresses["fr"]["directory"])
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route(re.compile(r"[?&]q=studio"), hold_the_first)
    page.keyboard.type("studio")
    page.wait_for_timeout(PAUSE * 3)
    assert held
    page.locator("#listing-q").fill("elan sonore")
    expect(options(page)).to_have_count(2)
    held[0].continue_()
    page.wait_for_timeout(PAUSE * 3)
    assert shown(page) == ["Élan sonore"]


def test_keyboard_goes_through_the_list_and_back(addresses: dict, open_browser: Callable) -> None:
    page = opened(open_browser(), addresses["en"]["directory"])
    field = page.locator("#listing-q")
    assert field.evaluate(STATE) == ["false", None]
    page.keyboard.type("studio")
    expect(field).to_have_attribute("aria-expanded", "true")
    last = options(page).count() - 1

    def press(key: str) -> int:
        """The number of the option that is meant then; -1 for none."""
        page.keyboard.press(key)
        meant = field.get_attribute("aria-activedescendant")
        selected = page.locator(".suggest:not([hidden]) [aria-selected=true]")
        assert [meant] == [option.get_attribute("id") for option in selected.all()] or (
            not meant and not selected.count()
        )
        return int(meant.rsplit("-", 1)[1]) if meant else -1

    assert [press(key) for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown")] == [
        *(0, 1, 0, -1, last, -1)
    ]
    assert [press(key) for key in ("ArrowDown", "End", "Home")] == [0, last, 0]
    assert [press(key) for key in ("ArrowLeft", "Home")] == [-1, -1], "with no option meant they move in the text"
    assert field.evaluate("(input) => input.selectionStart") == 0
    page.keyboard.press("Escape")
    assert field.evaluate(STATE) == ["false", None]
    expect(field).to_have_value("studio")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    assert field.evaluate(STATE) == ["false", None]
    expect(field).not_to_be_focused()


def test_screen_reader_hears_how_many_there_are(addresses: dict, open_browser: Callable) -> None:
    page = opened(open_browser(), addresses["en"]["directory"])
    page.keyboard.type("elan")
    expect(page.locator("[role=status].visually-hidden:not(#listing-status)")).to_have_text(re.compile(r"^2 "))
    first = page.get_by_role("option").first
    expect(first).to_have_accessible_name(re.compile(r"^Élan sonore\s*, "))
    expect(page.get_by_role("combobox", expanded=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[role=status].visually-hidden:not(#listing-status)")).to_have_text("")


def test_enter_without_a_choice_searches_as_ever(addresses: dict, open_browser: Callable) -> None:
    page = opened(open_browser(), addresses["fr"]["directory"])
    page.keyboard.type("elan")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#listing-tags .tag")).to_have_count(1)
    expect(page.locator(".suggest:not([hidden])")).to_have_count(0)
    # The listing was replaced around the field: it still suggests.
    expect(page.locator("#listing-q")).to_have_attribute("role", "combobox")
    page.locator("#listing-q").fill("crayon")
    expect(options(page).first).to_contain_text("Crayon")
    assert page.locator("#listing-q-suggestions").count() == 1


def test_list_closes_when_the_listing_changes_below_it(addresses: dict, open_browser: Callable) -> None:
    page = opened(open_browser(), addresses["fr"]["directory"])
    page.keyboard.type("elan")
    expect(options(page).first).to_be_visible()
    page.evaluate("document.querySelector('.facet input[name=\"area\"]').click()")
    expect(page.locator("#listing-tags .tag")).to_have_count(2)
    expect(page.locator(".suggest:not([hidden])")).to_have_count(0)
    expect(page.locator("#listing-q")).to_have_attribute("aria-expanded", "false")
    page.locator("#listing-q").press("ArrowDown")
    expect(options(page).first).to_contain_text("Élan")


def test_skill_is_one_more_filter_of_the_directory(addresses: dict, open_browser: Callable) -> None:
    page = opened(open_browser(), f"{addresses['de']['directory']}?area=luxembourg")
    page.keyboard.type("grafikd")
    options(page).filter(has_text="Grafikdesign").click()
    expect(page.locator("#listing-tags .tag")).to_have_count(2)
    assert parse_qs(urlsplit(page.url).query) == {"area": ["luxembourg"], "skill": ["graphic-design"]}


def test_skill_in_the_header_leads_to_the_directory(addresses: dict, open_browser: Callable) -> None:
    page = opened(open_browser(**PHONE, has_touch=True), addresses["en"]["news"], "#site-search")
    page.keyboard.type("graphiste")
    expect(options(page).first).to_contain_text("Graphic design")
    options(page).first.tap()
    expect(page.locator("#listing-tags .tag")).to_have_text(re.compile("Graphic design"))
    assert urlsplit(page.url).path == addresses["en"]["directory"]


def test_last_option_searches_everywhere(addresses: dict, open_browser: Callable) -> None:
    page = opened(open_browser(), addresses["en"]["directory"])
    page.keyboard.type("photo")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{addresses['en']['search']}?q=photo")
    expect(page.locator("#listing-q")).to_have_value("photo")


def test_list_closes_where_the_focus_leaves(addresses: dict, open_browser: Callable) -> None:
    page = opened(open_browser(), addresses["en"]["home"], "#site-search")
    page.keyboard.type("studio")
    expect(options(page).first).to_be_visible()
    page.locator("main").click(position={"x": 5, "y": 300})
    expect(page.locator(".suggest:not([hidden])")).to_have_count(0)


def test_word_that_is_being_composed_is_left_alone(addresses: dict, open_browser: Callable) -> None:
    page = opened(open_browser(), addresses["en"]["directory"])
    queries = asked(page)
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "studio", "selectionStart": 6, "selectionEnd": 6})
    page.wait_for_timeout(PAUSE * 4)
    assert queries == []
    session.send("Input.insertText", {"text": "studio"})
    expect(options(page).first).to_contain_text("Studio")


@pytest.mark.parametrize("failure", ["offline", "refused", "nonsense"])
def test_without_an_answer_it_is_the_plain_form(browser, portal_url: str, addresses: dict, failure: str) -> None:
    # A browser of its own: what fails on purpose is complained about.
    with browser.new_context(base_url=portal_url) as context:
        page = opened(context.new_page(), addresses["en"]["directory"])
        errors: list[object] = []
        page.on("pageerror", lambda error: errors.append(error))
        answers: dict[str, Callable[[Route], None]] = {
            "offline": lambda route: route.abort(),
            "refused": lambda route: route.fulfill(status=503, body="no"),
            "nonsense": lambda route: route.fulfill(body="<html>"),
        }
        page.route(re.compile(r"suggestions|vorschlaege"), answers[failure])
        page.keyboard.type("elan")
        page.wait_for_timeout(PAUSE * 4)
        assert not options(page).count()
        page.keyboard.press("Enter")
        expect(page.locator("#results [data-id]").filter(has_text="Élan sonore")).to_have_count(1)
        assert not errors


def test_without_scripts_it_is_the_plain_form(addresses: dict, open_browser: Callable) -> None:
    page: Page = open_browser(java_script_enabled=False)
    page.goto(addresses["fr"]["home"])
    field = page.locator("#site-search")
    assert field.get_attribute("role") is None
    field.fill("elan")
    field.press("Enter")
    expect(page.locator("#results a", has_text="Élan sonore")).to_have_count(1)


@pytest.mark.parametrize("size", [{}, PHONE, SMALLEST], ids=["desktop", "phone", "smallest"])
@pytest.mark.parametrize("field", FIELDS)
def test_open_list_is_accessible_and_in_sight(addresses: dict, open_browser: Callable, field: str, size: dict) -> None:
    kind, name = FIELDS[field]
    page = opened(open_browser(reduced_motion="reduce", **size), addresses["de"][kind], name)
    page.keyboard.type("foto")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.evaluate(AXE_SCRIPT)
    assert page.evaluate(ASK, STANDARD) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert page.evaluate(ASK, OF_COLOUR) == []
    frame = page.locator(".suggest:not([hidden])").bounding_box()
    assert frame["x"] >= 0
    assert frame["x"] + frame["width"] <= page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert all(option.bounding_box()["height"] >= 24 for option in options(page).all())
