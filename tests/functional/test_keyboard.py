"""The keyboard alone: skip link, language menu, the folded menus of a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

PHONE = {"width": 375, "height": 700}
MOST_STOPS = 80
# What shows where the focus is: an outline, a shadow, a colour that the element or a box around it (the frame of a
# search field, a whole card) does not have without it.
SHOWS_FOCUS = """(element) => {
  const boxes = [element];
  while (boxes.length < 5 && boxes.at(-1).parentElement) boxes.push(boxes.at(-1).parentElement);
  const read = () => boxes.map((box) => {
    const style = getComputedStyle(box);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return [outlined ? style.outline : "", style.boxShadow, style.borderColor, style.backgroundColor].join("|");
  }).join();
  const focused = read();
  element.blur();
  const plain = read();
  element.focus({focusVisible: true, preventScroll: true});
  return focused !== plain;
}"""
# The focused element stands in the window and nothing lies over its middle (WCAG 2.4.11). The box around an area of a
# drawing may hold more of its neighbours than of itself: there the drawing is asked about.
IS_IN_SIGHT = """(element) => {
  const box = element.getBoundingClientRect();
  const x = box.x + Math.min(box.width / 2, 20), y = box.y + box.height / 2;
  if (box.width < 1 || x < 0 || y < 0 || x > innerWidth || y > innerHeight) return false;
  const top = document.elementFromPoint(x, y);
  if (!top) return false;
  const own = element.ownerSVGElement ?? element;
  return own.contains(top) || top.contains(element) || Boolean(top.closest("label"));
}"""
NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
NAME = (
    """(element) => `${element.tagName}#${element.id}.${element.className} ${element.innerText ?? ""}`.slice(0, 100)"""
)


def focused(page: Page) -> Locator:
    return page.locator(":focus")


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if target.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"{target} is not reached by Tab")


@pytest.mark.parametrize("kind", ["home", "directory", "guide"])
def test_skip_link_comes_first_and_leads_past_the_head(addresses: dict, open_browser: Callable, kind: str) -> None:
    page: Page = open_browser()
    page.goto(addresses["de"][kind])
    page.keyboard.press("Tab")
    expect(focused(page)).to_have_attribute("href", "#main")
    assert focused(page).evaluate(IS_IN_SIGHT)
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert focused(page).evaluate("(element) => Boolean(element.closest('main'))")


@pytest.mark.parametrize("size", [{}, PHONE], ids=["desktop", "phone"])
def test_language_is_changed_by_keyboard(addresses: dict, open_browser: Callable, size: dict) -> None:
    page: Page = open_browser(**size)
    page.goto(addresses["fr"]["guides"])
    tab_to(page, page.locator(".language-menu [hreflang=en]"))
    assert focused(page).evaluate(SHOWS_FOCUS)
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith(addresses["en"]["guides"])


@pytest.mark.parametrize("size", [{}, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("kind", ["home", "directory", "guide", "sign-in"])
def test_focus_is_seen_wherever_it_goes(addresses: dict, open_browser: Callable, kind: str, size: dict) -> None:
    page: Page = open_browser(reduced_motion="reduce", **size)
    page.goto(addresses["en"][kind])
    unseen, hidden = [], []
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if not focused(page).count():
            break
        page.evaluate(NEXT_FRAME)  # what was out of the window is scrolled into it
        name = focused(page).evaluate(NAME)
        if not focused(page).evaluate(IS_IN_SIGHT):
            hidden.append(name)
        if not focused(page).evaluate(SHOWS_FOCUS):
            unseen.append(name)
    assert not hidden, f"Out of sight while focused: {hidden}"
    assert not unseen, f"Nothing shows the focus: {unseen}"


def test_menu_of_a_phone_opens_and_escape_closes_it(addresses: dict, open_browser: Callable) -> None:
    page: Page = open_browser(**PHONE)
    page.goto(addresses["en"]["home"])
    toggle, panel = page.locator(".menu__toggle"), page.locator(".menu__panel")
    expect(panel).to_be_hidden()
    tab_to(page, toggle)
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    page.keyboard.press("Tab")
    assert focused(page).evaluate("(element) => Boolean(element.closest('.menu__panel'))")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(toggle).to_be_focused()


def test_filters_of_a_phone_stay_open_while_choosing_and_escape_closes_them(
    addresses: dict, open_browser: Callable
) -> None:
    page: Page = open_browser(**PHONE)
    page.goto(addresses["en"]["directory"])
    toggle, panel = page.locator("#listing-facets > summary"), page.locator("#listing-facets .drawer__panel")
    expect(panel).to_be_hidden()
    tab_to(page, toggle)
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    box = page.locator('input[name="subsector"][value="design"]')
    expected = box.get_attribute("data-count")
    tab_to(page, box)
    page.keyboard.press("Space")
    expect(page.locator("#results")).to_have_attribute("data-total", expected)
    expect(panel).to_be_visible()
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(toggle).to_be_focused()


def test_menu_and_filters_of_a_phone_open_without_scripts(addresses: dict, open_browser: Callable) -> None:
    page: Page = open_browser(java_script_enabled=False, **PHONE)
    page.goto(addresses["en"]["directory"])
    page.locator(".menu__toggle").click()
    expect(page.locator(".menu__panel")).to_be_visible()
    page.locator(".menu__toggle").click()
    page.locator("#listing-facets > summary").click()
    expect(page.locator("#listing-facets .drawer__panel")).to_be_visible()
    expect(page.locator("#listing-facets button[type=submit]")).to_be_visible()
