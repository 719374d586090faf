"""The same questions to both engines: same totals, facets, counts and order (relevance aside)."""

import itertools
import random
from dataclasses import replace

import pytest
from django.http import QueryDict
from django.utils import timezone

from directory.facets import DIRECTORY
from events.facets import EVENTS
from funding.facets import FUNDING
from news.facets import NEWS
from search import lexicon
from search.engines import database, elasticsearch
from search.interpretation import interpret
from search.listing import SORT_LABELS, Listing
from search.models import SearchEntry
from search.query import MARK_END, MARK_START, Question, clean_query, parse_query
from search.views import SITE_SEARCH

pytestmark = pytest.mark.elasticsearch
LISTINGS = {"directory": DIRECTORY, "news": NEWS, "funding": FUNDING, "events": EVENTS, "site": SITE_SEARCH}
QUERIES = [
    "", "!!!", "l'", "le la les", "illustration", "l’illustration", "illustrations", "ILLUSTRATION", "elan",
    "Élan", "ELAN", "ingenieur", "Bauingenieur", "Bauingenieurbüro", "bauingenieurburo", "Bauingenieurbuero",
    "Hochzeit", "Fotograf", "Fotografin", "Strasse", "Straße", "straße kunst", "Weiss", "œuvre", "oeuvre",
    "musee", "musées", "museum", "designer", "designer's", "added", "naive", "facade", "sound design", "Spiel",
    "Kostüm", "kostuem", "Müller", "mueller", "Muller", "Zoe Angstrom", "son", "affiche théâtre",
    "affiche sound", "xyzzy",
    "ilustration", "kostuum", "Hochzeitsfotografie", "sound designer", "création sonore",
    "*", "?", '"', "a AND b", "title:elan", "\\", "(", "a" * 300, "wort " * 60,
    "\x00elan", "élan\u0301", "ｅｌａｎ", "%", "_", "100 %", "İstanbul", "日本語", "🎨",
]  # fmt: skip


# What another spelling becomes is the same condition to both; which one, tests/search/test_spelling.py says.
RESPELLED = {"ilustration": ("illustration",), "kostuum": ("kostum", "costume")}


def question(
    listing: Listing, query: str = "", *, exact: bool = False, required: int | None = None, **fields: object
) -> Question:
    defaults = {"sort": listing.default_sort, "language": "fr", "at": timezone.now()}
    meaning = interpret(parse_query(clean_query(query)), lexicon.current(), exact=exact, respelled=RESPELLED)
    meaning = replace(meaning, required=required)
    return Question(
        doc_types=listing.doc_types(), condition=meaning.condition, facets=listing.facets, **{**defaults, **fields}
    )


def assert_same(asked: Question) -> int:
    ours, theirs = database.ask(asked), elasticsearch.ask(asked)
    assert theirs.total == ours.total
    assert theirs.page == ours.page
    assert _without_zeros(theirs.counts) == _without_zeros(ours.counts)
    if asked.sort == "relevance":
        assert len(theirs.bodies) == len(ours.bodies)
    else:
        assert theirs.bodies == ours.bodies
    return ours.total


def _without_zeros(counts: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    return {facet: {value: n for value, n in values.items() if n} for facet, values in counts.items()}


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("name", LISTINGS)
def test_every_query_gives_the_same(searched, name, exact):
    found = [assert_same(question(LISTINGS[name], query, exact=exact)) for query in QUERIES]
    assert len(set(found)) > 1, "queries that all find the same prove nothing"


@pytest.mark.parametrize("required", [1, 2, 3])
def test_some_of_the_words_give_the_same(searched, required):
    for query in ("affiche théâtre sound", "sound design xyzzy", "Hochzeitsfotograf Straße"):
        assert_same(question(SITE_SEARCH, query, required=required))


def test_pinned_things_come_first_and_belong_to_what_is_found(searched):
    pinned = tuple(str(page.translation_key) for page in searched.members[20:22])
    for query in ("illustration", "xyzzy"):
        asked = question(DIRECTORY, query, sort="relevance", pinned=pinned)
        assert assert_same(asked) >= 2
        for engine in (database, elasticsearch):
            assert [body["key"] for body in engine.ask(asked).bodies[:2]] == list(pinned)


def test_both_engines_mark_the_words_that_were_asked_for(searched):
    for query in ("illustration", "Fotograf", "museum", "elan", "Ingenieur"):
        marked = []
        for engine in (database, elasticsearch):
            answer = engine.ask(question(DIRECTORY, query, exact=True, page_size=100))
            marked.append(
                {
                    (body["key"], name, language)
                    for body, fragments in zip(answer.bodies, answer.fragments, strict=True)
                    for name, passages in fragments.items()
                    for language, passage in passages.items()
                    if MARK_START in passage and MARK_END in passage
                }
            )
        assert marked[0] == marked[1] != set(), query


@pytest.mark.parametrize("name", LISTINGS)
def test_every_single_facet_value_gives_the_same(searched, name):
    listing = LISTINGS[name]
    for facet in listing.facets:
        for value in facet.labels(timezone.now()):
            assert_same(question(listing, selected={facet.name: [value]}))


@pytest.mark.parametrize("name", LISTINGS)
def test_mixed_selections_give_the_same_on_every_page_and_in_every_order(searched, name):
    listing, chance = LISTINGS[name], random.Random(1)
    for sort, page in itertools.product(SORT_LABELS, (1, 2, 3, 399)):
        for _attempt in range(4):
            chosen = chance.sample(list(listing.facets), min(len(listing.facets), 2))
            selected = {f.name: chance.sample(list(f.labels(timezone.now())), 1) for f in chosen}
            for few in ({}, selected):
                query = chance.choice(["illustration", "design", "prix", "aide"]) if sort == "relevance" else ""
                assert_same(question(listing, query, selected=few, sort=sort, page=page, page_size=5))


def test_every_word_of_the_content_gives_the_same(searched):
    words: set[str] = set()
    for texts in SearchEntry.objects.values_list("texts", flat=True):
        for by_language in texts.values():
            for text in by_language.values():
                words.update(parse_query(text[:2000]))
    assert len(words) > 60
    for word in sorted(words):
        assert assert_same(question(SITE_SEARCH, word)) > 0, f"{word!r} stands in a text and is not found"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Ingenieur", "Bauingenieurbüro Weiß"),
        ("elan", "Studio Élan"),
        ("ÉLAN", "elan collective"),
        ("illustrations", "Studio Élan"),
        ("l'illustration", "Atelier de l’Œuvre"),
        ("oeuvres", "Atelier de l’Œuvre"),
        ("Hochzeit", "Anna Müller"),
        ("Fotograf", "Anna Müller"),
        ("mueller", "Anna Müller"),
        ("Strasse", "Bauingenieurbüro Weiß"),
        ("museum", "The Designer's Table"),
        ("musee", "Musée Imaginaire"),
    ],
)
@pytest.mark.parametrize("engine", [database, elasticsearch])
def test_words_find_what_a_reader_expects(searched, engine, query, name):
    answer = engine.ask(question(DIRECTORY, query, page_size=100))
    titles = {card["title"] for body in answer.bodies for card in body["cards"].values()}
    assert name in titles


def test_signed_in_things_are_found_by_the_signed_in_only(indexed, django_user_model):
    from wagtail.models import PageViewRestriction

    from tests.factories.pages import publish

    page = indexed.members[1]
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    publish(page)
    everybody = assert_same(question(DIRECTORY))
    members = assert_same(question(DIRECTORY, audiences=("public", "signed-in")))
    assert members == everybody + 1
    key = str(page.translation_key)
    assert key not in {body["key"] for body in elasticsearch.ask(question(DIRECTORY, page_size=100)).bodies}


def test_one_listing_costs_elasticsearch_one_request(searched, monkeypatch):
    from search.deadline import DeadlineNode

    asked = []
    original = DeadlineNode.perform_request
    monkeypatch.setattr(
        DeadlineNode, "perform_request", lambda self, *args, **kw: asked.append(args) or original(self, *args, **kw)
    )
    result = DIRECTORY.answer(QueryDict("q=design&area=luxembourg&size=1&sort=newest"), path="/x/", language="fr")
    assert result.engine == "database" or len(asked) == 1
    assert result.engine == "elasticsearch"
