"""A search that finds nothing leads on: without one of its filters, to near terms, to telling the cluster."""

import time
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.test import Client

from directory.facets import DIRECTORY
from search import engines, rescue
from search.engines import database
from search.views import SITE_SEARCH
from tests.factories.core import SkillFactory, SubsectorFactory
from tests.factories.directory import MemberPageFactory

CERAMICS = {"fr": "Céramique", "de": "Keramik", "en": "Ceramics"}


@pytest.fixture
def members(tree):
    craft = SubsectorFactory(slug="crafts", labels={"fr": "Artisanat", "de": "Handwerk", "en": "Crafts"})
    ceramics = SkillFactory(slug="ceramics", subsector=craft, labels=CERAMICS)
    SkillFactory(slug="glass", subsector=craft, labels={"fr": "Verre", "de": "Glas", "en": "Glass"})
    here = tree["fr"]["directory"]
    for number in range(3):
        MemberPageFactory(parent=here, title=f"Atelier {number}", skills=[ceramics], area="luxembourg")
    MemberPageFactory(parent=here, title="Ailleurs", summary="Affiches.", area="saarland")


def ask(query: str, listing=DIRECTORY, language: str = "fr"):
    return listing.answer(QueryDict(query), path="/x/", language=language)


def test_only_an_empty_search_is_rescued(members):
    assert ask("q=affiches").rescue is None
    assert ask("").rescue is None
    assert ask("q=affiches&area=luxembourg").rescue is not None


def test_it_says_which_filter_to_drop_and_what_that_gives_most_first(members):
    found = ask("q=affiches&area=luxembourg&subsector=crafts").rescue
    assert [(way.facet, way.total) for way in found.dropped] == []
    found = ask("q=affiches&area=luxembourg").rescue
    assert [(way.facet, way.labels, way.total) for way in found.dropped] == [
        ("q", ("affiches",), 3),
        ("area", ("Luxembourg (canton)",), 1),
    ]
    for way in found.dropped:
        assert ask(way.url.partition("?")[2]).total == way.total, way


def test_misspelt_words_are_counted_as_the_search_would_spell_them(members):
    found = ask("q=affichs&area=luxembourg").rescue
    way = next(way for way in found.dropped if way.facet == "area")
    assert way.total == ask(way.url.partition("?")[2]).total == 1


@pytest.mark.parametrize("query", ["keramikwerkstattkursus", "kerramiqq", "ceramicarts"])
def test_near_terms_lead_to_what_carries_them(members, query):
    terms = ask(f"q={query}", language="de").rescue.terms
    assert [(term.concept, term.label, term.total, term.url) for term in terms] == [
        ("skill:ceramics", "Keramik", 3, "/x/?skill=ceramics")
    ]


def test_near_terms_keep_the_other_filters_and_are_never_empty(members):
    found = ask("q=keramikwerkstattkursus&area=luxembourg").rescue
    assert [(term.total, term.url) for term in found.terms] == [(3, "/x/?skill=ceramics&area=luxembourg")]
    assert ask("q=keramikwerkstattkursus&area=saarland").rescue.terms == []
    assert ask("q=glasblasarium").rescue.terms == [], "a term nobody carries leads nowhere"


def test_where_there_is_no_such_filter_the_term_is_searched_for(members):
    terms = ask("q=keramikwerkstattkursus", SITE_SEARCH, "de").rescue.terms
    assert [(term.label, term.total, term.url) for term in terms] == [("Keramik", None, "/x/?q=Keramik")]
    assert ask("q=Keramik", SITE_SEARCH, "de").total == 3


def test_few_questions_are_asked_and_none_late(members, monkeypatch):
    asked = []

    def note(question):
        asked.append(question)
        return database_ask(question)

    database_ask = database.ask
    monkeypatch.setattr(engines.database, "ask", note)
    ask("q=nirgendwo&area=luxembourg&size=1&language=de")
    as_typed = len([question for question in asked if question.page_size == DIRECTORY.page_size])
    assert len(asked) - as_typed <= 4  # three filters and one more
    asked.clear()
    clock = SimpleNamespace(perf_counter=lambda: time.perf_counter() + 2 * len(asked))
    monkeypatch.setattr(rescue, "time", clock)
    found = ask("q=nirgendwo&area=luxembourg&size=1&language=de").rescue
    assert (found.dropped, found.terms) == ([], [])
    assert all(question.page_size == DIRECTORY.page_size for question in asked)


def test_the_page_shows_the_ways_on_and_sets_no_cookie(members, client: Client):
    response = client.get("/fr/annuaire/", {"q": "affiches", "area": "luxembourg"})
    text = response.content.decode()
    assert response.status_code == 200
    assert "/fr/annuaire/?q=affiches" in text
    assert 'class="rescue' in text and "list=member" in text
    assert not response.cookies


def test_words_of_a_reader_are_escaped(members, client: Client):
    text = client.get("/fr/annuaire/", {"q": "<b>zzz</b>", "area": "luxembourg"}).content.decode()
    assert "<b>zzz" not in text
