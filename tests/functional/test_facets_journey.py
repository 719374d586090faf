"""Long facets are searched without asking the server; the map of areas and the list of areas are the same choice."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.functional.test_directory_journey import IS_MARKED, MARK, box, chosen, count, open_filters, total


def shown(page: Page, facet: str) -> list[str]:
    names = page.locator(f"#facet-{facet} .facet__value:visible .facet__name")
    return [name.strip() for name in names.all_text_contents()]


def area(page: Page, name: str) -> Locator:
    return page.locator(f"#map-area-{name}")


def test_long_facet_is_searched_without_asking_the_server(addresses: dict, open_browser: Callable) -> None:
    page: Page = open_browser()
    page.goto(addresses["fr"]["directory"])
    page.evaluate(MARK)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    everything = len(shown(page, "skill"))
    field = page.locator("#find-skill")
    field.press_sequentially("SCENO")
    assert shown(page, "skill") == ["Scénographie", "Scénographie d’exposition"]
    expect(page.locator("#left-skill")).to_contain_text("2")
    field.press("Enter")
    field.press("Tab")
    assert not asked
    assert chosen(page) == {}
    # What is found is a choice like any other; the list stays as it was narrowed when the new results come.
    page.keyboard.press("Space")
    expect(page.locator("#listing-tags .tag")).to_have_count(1)
    assert shown(page, "skill") == ["Scénographie", "Scénographie d’exposition"]
    assert "sceno" not in page.url.lower()
    field.press("Escape")
    expect(field).to_have_value("")
    expect(page.locator("#left-skill")).to_be_empty()
    assert len(shown(page, "skill")) > everything
    assert page.evaluate(IS_MARKED)


def test_long_facet_finds_umlauts_written_out_and_says_when_there_is_nothing(
    addresses: dict, open_browser: Callable
) -> None:
    page: Page = open_browser()
    page.goto(addresses["de"]["directory"])
    page.locator("#find-skill").fill("moebel")
    assert shown(page, "skill") == ["Möbeltischlerei"]
    page.locator("#find-skill").fill("zzz")
    assert shown(page, "skill") == []
    expect(page.locator("#left-skill")).not_to_be_empty()


def test_title_and_announcement_follow_the_results(addresses: dict, open_browser: Callable) -> None:
    page: Page = open_browser()
    page.goto(addresses["en"]["directory"])
    plain = page.title()
    box(page, "available", "yes").click()
    expect(page.locator("#listing-tags .tag")).to_have_count(1)
    sentence = page.locator("#results-title").text_content().strip()
    assert sentence == f"{total(page)} studios, open for work"
    assert page.title().startswith(f"{sentence} – ")
    expect(page.locator("#listing-status")).to_contain_text(sentence)
    assert "feed.atom?available=yes" in page.locator("#copy-feed").get_attribute("href")
    page.locator("#listing-tags .tag").click()
    expect(page).to_have_title(plain)


def test_map_and_list_are_one_choice_with_scripts(addresses: dict, open_browser: Callable) -> None:
    page: Page = open_browser()
    page.goto(addresses["en"]["directory"])
    page.evaluate(MARK)
    open_filters(page)
    expected = count(page, "area", "esch-sur-alzette")
    assert area(page, "esch-sur-alzette").get_attribute("aria-label") == f"Esch-sur-Alzette, {expected} results"
    area(page, "esch-sur-alzette").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#results")).to_have_attribute("data-total", str(expected))
    expect(box(page, "area", "esch-sur-alzette")).to_be_checked()
    expect(area(page, "esch-sur-alzette")).to_be_focused()
    expect(area(page, "esch-sur-alzette")).to_have_accessible_name(f"Esch-sur-Alzette, {expected} results, selected")
    # From the list to the map, and folded it stays folded.
    page.locator("#facet-area-map > summary").click()
    box(page, "area", "esch-sur-alzette").click()
    expect(page.locator("#listing-tags")).to_have_count(0)
    expect(page.locator("#facet-area-map .map__drawing")).to_be_hidden()
    page.locator("#facet-area-map > summary").click()
    expect(page.locator(".map__area--selected")).to_have_count(0)
    assert page.evaluate(IS_MARKED)


def test_map_works_without_scripts_and_the_search_in_lists_is_not_offered(
    addresses: dict, open_browser: Callable
) -> None:
    page: Page = open_browser(java_script_enabled=False)
    page.goto(addresses["fr"]["directory"])
    open_filters(page)
    expect(page.locator("#find-skill")).to_be_hidden()
    expected = count(page, "area", "luxembourg")
    area(page, "luxembourg").locator("polygon").click()
    assert total(page) == expected
    assert chosen(page) == {"area": ["luxembourg"]}
    open_filters(page)
    expect(box(page, "area", "luxembourg")).to_be_checked()
