import unicodedata

import pytest
from django.http import QueryDict

from search.forms import ListingForm
from search.query import MAX_CHARACTERS, MAX_WORDS, clean_query, parse_query

LABELS = {"area": {"north": "North", "south": "South"}, "q": {"x": "X"}}


def state(text: str, **options):
    form = ListingForm(QueryDict(text), facet_labels=LABELS, sorts=("relevance", "name", "newest"), **options)
    return form.state("name")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  two \t words\n", "two words"),
        ("nul\x00byte", "nul byte"),
        ("lone \ud800 surrogate", "lone surrogate"),
        ("ﬁn ①", "fin 1"),
        ("e\u0301lan", "élan"),
        (None, ""),
        (["list"], ""),
        (b"bytes", ""),
    ],
)
def test_clean_query(raw, clean):
    assert clean_query(raw) == clean


def test_clean_query_caps_length_and_words():
    assert len(clean_query("a" * 10_000)) == MAX_CHARACTERS
    assert len(clean_query("a " * 1000).split()) == MAX_WORDS
    assert len(clean_query("ﷺ" * 1000)) <= MAX_CHARACTERS, "one character that normalises to eighteen"


def test_clean_query_never_raises_for_any_character():
    for code in range(0, 0x110000, 7):
        text = clean_query(f"a{chr(code)}b")
        assert "\x00" not in text
        assert unicodedata.is_normalized("NFKC", text)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("l’illustration d'auteur", ["illustration", "auteur"]),
        ("Die Kunst der Fuge", ["kunst", "fuge"]),
        ("the designer's table", ["designer", "table"]),
        ("l'", ["l"]),
        ("le la les", ["le", "la", "les"]),
        ("son et lumière", ["son", "lumière"]),
        ("art art ART", ["art"]),
        ("!!! ???", []),
        ("", []),
    ],
)
def test_parse_query(query, words):
    assert parse_query(query) == words


def test_unknown_parameters_are_ignored_and_bad_values_dropped():
    found = state("q=elan&area=south&area=nowhere&area=south&colour=red&sort=sideways&page=minus")
    assert found.selected == {"area": ["south"]}
    assert (found.q, found.sort, found.page) == ("elan", "relevance", 1)


@pytest.mark.parametrize(
    ("page", "number"),
    [("2", 2), ("0", 1), ("-1", 1), ("1.5", 1), ("9" * 5000, 1), ("٣", 1), (" 3 ", 3), ("1e3", 1), ("", 1)],
)
def test_page_garbage_is_page_one(page, number):
    data = QueryDict(mutable=True)
    data["page"] = page
    form = ListingForm(data, facet_labels={}, sorts=("name",))
    assert form.state("name").page == number


def test_relevance_needs_a_query():
    assert state("sort=relevance").sort == "name"
    assert state("q=x&sort=relevance").sort == "relevance"
    assert state("q=x&sort=newest").sort == "newest"


def test_initial_selection_holds_until_the_url_mentions_the_facet():
    initial = {"area": ("north",)}
    assert state("", initial_selection=initial).selected == {"area": ["north"]}
    assert state("area=south", initial_selection=initial).selected == {"area": ["south"]}
    assert state("area=", initial_selection=initial).selected == {}
