"""A compound, a plural after an elision and a word without its accent find their member.

The same on both engines: on SQLite with database search, and on PostgreSQL with Elasticsearch.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.functional import worded

# What is typed, the reader's language, who has to be among the answers.
WORDS = [
    pytest.param("Ingenieur", "de", "Bauingenieurbüro Thommes & Kieffer", id="part-of-a-compound"),
    pytest.param("Ingenieurbüro", "de", "Bauingenieurbüro Thommes & Kieffer", id="compound-in-a-compound"),
    pytest.param("bauingenieurbuero", "de", "Bauingenieurbüro Thommes & Kieffer", id="umlaut-written-out"),
    pytest.param("illustrations", "fr", "Crayon Vif Animation", id="plural"),
    pytest.param("l’illustration", "fr", "Crayon Vif Animation", id="elision"),
    pytest.param("d'illustrations", "fr", "Crayon Vif Animation", id="plural-after-an-elision"),
    pytest.param("elan", "fr", "Élan sonore", id="no-accent"),
    pytest.param("ELAN SONORE", "en", "Élan sonore", id="capitals-in-another-language"),
]


@pytest.fixture(scope="module")
def portal_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The shared portal; in the run on PostgreSQL and Elasticsearch one of its own, with a few members in it."""
    if worded.parts_are_there():
        with worded.portal_on_parts(tmp_path_factory.mktemp("parts")) as url:
            yield url
    else:
        yield request.getfixturevalue("shared_url")


@pytest.mark.parts
@pytest.mark.parametrize(("words", "language", "member"), WORDS)
def test_words_find_their_member(open_browser: Callable, words: str, language: str, member: str) -> None:
    page: Page = open_browser()
    page.goto(f"/{language}/")
    page.locator(f"a[href='{worded.DIRECTORY[language]}']").first.click()
    page.locator("#listing-q").fill(words)
    page.locator("#listing-q").press("Enter")
    expect(page.locator("#listing-tags .tag")).to_have_count(1)
    expect(page.locator("#results [data-id]").filter(has_text=member)).to_have_count(1)
    engine = "elasticsearch" if worded.parts_are_there() else "database"
    assert page.locator("#results").get_attribute("data-engine") == engine
    assert page.locator("#listing-degraded").count() == 0


@pytest.mark.parts
def test_site_search_finds_the_member_and_leads_there(open_browser: Callable) -> None:
    page: Page = open_browser(java_script_enabled=False)
    page.goto("/fr/")
    page.locator("#site-search").fill("elan")
    page.locator("#site-search").press("Enter")
    page.locator("#results a", has_text="Élan sonore").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Élan sonore")
