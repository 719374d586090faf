"""The judged questions, seen and unseen, are well-formed, name things of the demo, and are not the seed's own words."""

from collections import Counter

import pytest
from django.utils.text import slugify

from home.demo import content
from tests.search.judgements import GRADES, LANGUAGES, LISTINGS, UNSEEN, JudgedQuery, load_queries

QUERIES = load_queries()
HELD_OUT = load_queries(UNSEEN)
ALL = [*QUERIES, *HELD_OUT]
BY_SLUG = {"news": content.news, "funding": content.funding, "event": content.events, "guide": content.guides}


def names_in_the_demo() -> set[str]:
    """ "<doc_type>:<slug>" of all that the demo shows, by the rule of `JudgedQuery.answers`."""
    names = {f"member:{slugify(record['name'])}" for record in content.members()}
    for doc_type, records in BY_SLUG.items():
        names |= {f"{doc_type}:{slug_of(record['text'], record['language'])}" for record in records()}
    return names | {f"page:{slug_of(record['text'], 'fr')}" for record in content.pages()["standard"]}


def slug_of(text: dict, source: str) -> str:
    return (text.get("fr") or text[source])["slug"]


def words_of_the_seed() -> set[str]:
    """Labels and synonyms in all languages, lower-case."""
    terms = [*content.skills(), *content.subsectors(), *content.topics()]
    labels = {label for term in terms for label in term["label"].values()}
    synonyms = {word for term in terms for words in term.get("synonyms", {}).values() for word in words}
    return {word.casefold() for word in labels | synonyms}


def named(query: JudgedQuery) -> str:
    return f"{query.language}: {query.text}"


def test_there_are_enough_questions():
    languages = Counter(query.language for query in QUERIES)
    listings = Counter(query.listing for query in QUERIES)
    assert len(QUERIES) >= 150
    assert all(languages[code] >= 50 for code in LANGUAGES)
    assert all(listings[name] >= len(QUERIES) / 4 for name in LISTINGS)


def test_there_are_enough_unseen_questions():
    asked = Counter((query.language, query.listing) for query in HELD_OUT)
    assert all(asked[code, "directory"] >= 16 and asked[code, "site"] >= 8 for code in LANGUAGES)


def test_every_question_is_well_formed():
    assert [f"{named(query)}: {fault}" for query in ALL for fault in faults(query)] == []


def faults(query: JudgedQuery) -> list[str]:
    right = {
        "unknown listing": query.listing in LISTINGS,
        "text has spaces to spare, or is empty": query.text == " ".join(query.text.split()) != "",
        "note is not a sentence": query.note.endswith((".", "?", ")")),
        "unknown grade": set(query.answers.values()) <= set(GRADES),
        "nothing is exactly what was asked: that measures nothing": 3 in query.answers.values(),
        "the directory lists members only": query.listing == "site"
        or all(n.startswith("member:") for n in query.answers),
    }
    return [fault for fault, holds in right.items() if not holds]


def test_every_answer_is_in_the_demo():
    known = names_in_the_demo()
    unknown = {f"{named(query)} → {name}" for query in ALL for name in query.answers if name not in known}
    assert not unknown


def test_no_question_is_asked_twice():
    asked = Counter((query.language, query.listing, query.text.casefold()) for query in ALL)
    assert [question for question, count in asked.items() if count > 1] == []


def test_no_unseen_question_is_a_judged_one():
    """Nor the same words in another language or listing: those were tuned with."""
    judged = {query.text.casefold() for query in QUERIES}
    assert [named(query) for query in HELD_OUT if query.text.casefold() in judged] == []


@pytest.mark.parametrize(("queries", "share"), [(QUERIES, 0.4), (HELD_OUT, 1 / 3)], ids=["judged", "unseen"])
def test_most_questions_are_not_the_words_of_the_seed(queries: list[JudgedQuery], share: float):
    seeded = words_of_the_seed()
    repeated = [query.text for query in queries if query.text.casefold() in seeded]
    assert len(repeated) <= share * len(queries), repeated
