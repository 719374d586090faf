"""How much of what a thing says of itself speaks of a skill it carries."""

import pytest

from search.models import SearchEntry
from search.prominence import prominence
from tests.factories.core import SkillFactory
from tests.factories.directory import MemberPageFactory

JEWELLER = {"title": {"fr": "Atelier Lune"}, "summary": {"fr": "Alliances et bagues de fiançailles, faites à la main."}}
PAINTER = {"title": {"fr": "Atelier Soleil"}, "summary": {"fr": "Grands tableaux."}, "text": {"fr": "Une alliance."}}


def of(texts) -> float:
    return prominence(texts, ["skill:jewellery-design", "area:esch", "skill:unheard-of"]).get(
        "skill:jewellery-design", 0
    )


def test_who_speaks_of_nothing_else_has_more_than_who_mentions_it_once():
    assert 0 < of(PAINTER) < of(JEWELLER) < 1


def test_same_word_counts_once_by_its_best_place():
    assert of({"summary": {"de": "Eheringe."}, "text": {"de": "Ein Ehering, Eheringe."}}) == of(
        {"summary": {"de": "Eheringe."}}
    )


def test_title_says_more_than_running_text():
    assert of({"title": {"de": "Eheringe"}}) > of({"summary": {"de": "Eheringe"}}) > of({"text": {"de": "Eheringe"}})


def test_nothing_is_said_where_nothing_is_known():
    assert prominence({}, ["skill:jewellery-design"]) == {}
    assert prominence(JEWELLER, ["skill:unheard-of", "area:esch"]) == {}


@pytest.mark.django_db
def test_entry_has_it_for_what_it_carries_only(tree):
    skill = SkillFactory(slug="jewellery-design")
    page = MemberPageFactory(parent=tree["fr"]["directory"], title="Lune", summary="Alliances en or.", skills=[skill])
    entry = SearchEntry.objects.get(key=page.translation_key)
    assert entry.body["prominence"] == ["1 skill:jewellery-design", "2 skill:jewellery-design"]
