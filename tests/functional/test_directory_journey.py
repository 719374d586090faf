"""A visitor changes the language and narrows the directory: with scripts, and without any."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

TOTAL = "#results"
# Lives as long as the document: shows whether the page was loaded again.
MARK = "() => { window.stillTheSamePage = true; }"
IS_MARKED = "() => window.stillTheSamePage === true"
PER_PAGE = 24


def total(page: Page) -> int:
    return int(page.locator(TOTAL).get_attribute("data-total"))


def value(page: Page, facet: str, name: str) -> Locator:
    return page.locator(".facet__value", has=page.locator(f'input[name="{facet}"][value="{name}"]'))


def count(page: Page, facet: str, name: str) -> int:
    return int(box(page, facet, name).get_attribute("data-count"))


def box(page: Page, facet: str, name: str) -> Locator:
    return value(page, facet, name).locator("input")


def keys(page: Page) -> list[str]:
    return page.locator("#results [data-id]").evaluate_all("cards => cards.map((card) => card.dataset.id)")


def chosen(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def open_filters(page: Page) -> None:
    """On a wide screen they stand open; on a narrow one they are a drawer."""
    drawer = page.locator("#listing-facets")
    if not drawer.locator(".drawer__panel").is_visible():
        drawer.locator("> summary").click()
    # The longer lists are folded after the first values.
    folded = page.locator(".facet__more:not([open]) > summary")
    while folded.count():
        folded.first.click()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_language_menu_leads_to_the_same_thing(addresses: dict, open_browser: Callable, scripts: bool) -> None:
    page: Page = open_browser(java_script_enabled=scripts)
    page.goto(f"{addresses['fr']['directory']}?subsector=design")
    found = total(page)
    page.locator(".language-menu").get_by_role("link", name=re.compile("Deutsch")).click()
    expect(page).to_have_url(re.compile(re.escape(addresses["de"]["directory"]) + r"\?subsector=design$"))
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert total(page) == found
    expect(box(page, "subsector", "design")).to_be_checked()


def test_language_menu_says_where_a_page_is_not_translated(addresses: dict, open_browser: Callable) -> None:
    page: Page = open_browser(java_script_enabled=False)
    page.goto(addresses["en"]["news"])
    for address in page.locator("#results [data-id] a").evaluate_all("links => links.map((link) => link.pathname)"):
        page.goto(address)
        noted = page.locator(".language-menu__link:has(.language-menu__note)")
        if noted.count():
            break
    assert noted.count(), "All news of the first page are in all languages"
    code = noted.first.get_attribute("hreflang")
    noted.first.click()
    assert urlsplit(page.url).path == addresses[code]["news"]


def test_visitor_narrows_the_directory_with_scripts(addresses: dict, open_browser: Callable) -> None:
    page: Page = open_browser()
    page.goto(addresses["en"]["directory"])
    page.evaluate(MARK)
    everybody, expected = total(page), count(page, "subsector", "design")
    box(page, "subsector", "design").click()
    expect(page.locator(TOTAL)).to_have_attribute("data-total", str(expected))
    assert 0 < expected < everybody
    assert page.evaluate(IS_MARKED)
    assert chosen(page) == {"subsector": ["design"]}
    expect(box(page, "subsector", "design")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text=str(expected))).to_have_count(1)
    assert len(keys(page)) == min(expected, PER_PAGE)
    # Of one facet either value will do; of two facets both must hold.
    other = count(page, "subsector", "film")
    assert other > 0, "A facet's counts leave out its own choice"
    box(page, "subsector", "film").press("Space")
    expect(page.locator("#listing-tags .tag")).to_have_count(2)
    either = total(page)
    assert max(expected, other) <= either <= expected + other
    expect(box(page, "subsector", "film")).to_be_focused()
    open_filters(page)
    german = count(page, "language", "de")
    box(page, "language", "de").click()
    expect(page.locator(TOTAL)).to_have_attribute("data-total", str(german))
    assert german < either
    assert page.evaluate(IS_MARKED)


def test_back_returns_to_the_wider_results(addresses: dict, open_browser: Callable) -> None:
    page: Page = open_browser()
    page.goto(addresses["en"]["directory"])
    everybody, first = total(page), keys(page)
    expected = count(page, "subsector", "music")
    box(page, "subsector", "music").click()
    expect(page.locator(TOTAL)).to_have_attribute("data-total", str(expected))
    page.go_back()
    expect(page.locator(TOTAL)).to_have_attribute("data-total", str(everybody))
    expect(box(page, "subsector", "music")).not_to_be_checked()
    assert chosen(page) == {}
    assert keys(page) == first
    page.go_forward()
    expect(page.locator(TOTAL)).to_have_attribute("data-total", str(expected))
    expect(box(page, "subsector", "music")).to_be_checked()


def test_words_tags_order_and_pages_work_with_scripts(addresses: dict, open_browser: Callable) -> None:
    page: Page = open_browser()
    page.goto(addresses["en"]["directory"])
    page.evaluate(MARK)
    page.locator("#sort-newest").click()
    expect(page.locator("#sort-newest")).to_have_attribute("aria-current", "true")
    newest = keys(page)
    page.locator("#page-next").click()
    expect(page.locator(".pagination [aria-current=page]")).to_contain_text("2")
    assert not set(keys(page)) & set(newest)
    expect(page.locator("#results-title")).to_be_focused()
    page.locator("#listing-q").fill("film")
    page.locator("#listing-q").press("Enter")
    expect(page.locator("#listing-tags .tag")).to_have_count(1)
    assert chosen(page)["q"] == ["film"]
    assert "page" not in chosen(page)
    found = total(page)
    page.locator("#listing-tags .tag").click()
    expect(page.locator("#listing-tags")).to_have_count(0)
    assert total(page) > found > 0
    assert page.evaluate(IS_MARKED)


def test_visitor_narrows_the_directory_without_scripts(addresses: dict, open_browser: Callable) -> None:
    page: Page = open_browser(java_script_enabled=False)
    page.goto(addresses["de"]["directory"])
    everybody, expected = total(page), count(page, "subsector", "music")
    box(page, "subsector", "music").check()
    page.locator("#listing-facets button[type=submit]").click()
    assert total(page) == expected < everybody
    assert chosen(page)["subsector"] == ["music"]
    expect(box(page, "subsector", "music")).to_be_checked()
    # A second choice keeps the first.
    open_filters(page)
    both = count(page, "available", "yes")
    box(page, "available", "yes").check()
    page.locator("#listing-facets button[type=submit]").click()
    assert total(page) == both < expected
    tags = page.locator("#listing-tags .tag")
    expect(tags).to_have_count(2)
    tags.first.click()
    expect(tags).to_have_count(1)
    page.locator("#listing-tags .tag").click()
    assert total(page) == everybody
    assert page.locator("#listing-tags").count() == 0


def test_every_member_is_on_exactly_one_page_without_scripts(addresses: dict, open_browser: Callable) -> None:
    page: Page = open_browser(java_script_enabled=False)
    page.goto(f"{addresses['fr']['directory']}?language=en")
    expected, found = total(page), keys(page)
    assert expected > 2 * PER_PAGE
    while page.locator("#page-next").count():
        page.locator("#page-next").click()
        page.wait_for_load_state()  # a click waits for the address, not for the last card
        assert chosen(page)["language"] == ["en"]
        found += keys(page)
    assert len(found) == len(set(found)) == expected


def test_nothing_found_says_so_and_leads_back(addresses: dict, open_browser: Callable) -> None:
    page: Page = open_browser(java_script_enabled=False)
    page.goto(addresses["en"]["directory-empty"])
    assert total(page) == 0
    expect(value(page, "area", "luxembourg")).to_be_visible()  # a chosen value stays visible at zero
    expect(page.locator(".empty a").first).to_be_visible()  # with one condition less
    page.locator("#listing-tags .tags__clear").click()
    assert total(page) > 0
    assert chosen(page) == {}


def test_members_as_a_compact_list_are_remembered_by_the_browser(open_browser: Callable, addresses: dict) -> None:
    page: Page = open_browser(width=1280)
    page.goto(addresses["en"]["directory"])
    first, switch = page.locator(".cards__item").first, page.locator("[data-view-switch]")
    expect(switch).to_have_attribute("aria-pressed", "false")
    tall = first.bounding_box()["height"]
    page.locator("#available-yes").check()  # brings the scripts, and the switch with a new listing
    expect(page.locator("#results")).to_have_attribute("data-announcement", re.compile("open for work"))
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert first.bounding_box()["height"] < tall / 3
    assert "view" not in page.url
    page.locator("#available-yes").uncheck()
    expect(page.locator("#results")).not_to_have_attribute("data-announcement", re.compile("open for work"))
    expect(switch).to_have_attribute("aria-pressed", "true")
    page.reload()
    assert first.bounding_box()["height"] < tall / 3
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.press("Enter")
    expect(switch).to_have_attribute("aria-pressed", "false")
    page.goto("/en/")
    assert page.locator(".cards__item .card__picture").first.is_visible()  # the front page keeps its wall


def test_without_scripts_there_is_no_switch_that_does_nothing(open_browser: Callable, addresses: dict) -> None:
    page: Page = open_browser(width=1280, java_script_enabled=False)
    page.goto(addresses["en"]["directory"])
    expect(page.locator("[data-view-switch]")).to_be_hidden()
