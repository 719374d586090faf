"""Entries follow what is published, with database search; the same with Elasticsearch is in tests/contract."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from directory.facets import DIRECTORY
from news.facets import NEWS
from search.documents import document_for
from search.entries import collected, refresh, settle
from search.models import OutboxRow, SearchEntry
from tests.factories.core import SkillFactory, SubsectorFactory
from tests.factories.directory import MemberPageFactory
from tests.factories.news import NewsPageFactory
from tests.factories.pages import publish, translate, unpublish


@pytest.fixture
def parent(tree):
    return tree["fr"]["directory"]


def listing(query: str = "", *, reader=None, language: str = "fr"):
    return DIRECTORY.answer(QueryDict(query), path="/x/", language=language, reader=reader)


def titles(result) -> list[str]:
    return [hit.card["title"] for hit in result.hits]


def test_published_page_is_found_and_unpublished_is_not(parent):
    page = MemberPageFactory(parent=parent, title="Élan")
    assert titles(listing("q=elan")) == ["Élan"]
    unpublish(page)
    assert listing("q=elan").total == 0
    entry = SearchEntry.objects.get(doc_type="member", key=page.translation_key)
    assert (entry.is_listed, entry.body, entry.texts, entry.terms) == (False, {}, {}, ""), "a tombstone is empty"
    publish(page)
    assert listing("q=elan").total == 1


def test_draft_changes_are_not_found(parent):
    page = MemberPageFactory(parent=parent, title="Avant")
    page.title = "Xylotypie"
    page.save_revision()
    assert listing("q=Xylotypie").total == 0
    publish(page)
    assert listing("q=Xylotypie").total == 1


def test_entry_is_written_in_the_transaction_of_the_publish(parent):
    page = MemberPageFactory(parent=parent, published=False)
    page.save_revision().publish()  # nothing that waits for a commit has run
    assert SearchEntry.objects.get(doc_type="member", key=page.translation_key).is_listed
    assert OutboxRow.objects.filter(key=page.translation_key).exists()


def test_things_are_listed_once_in_the_readers_language_or_the_source(parent):
    page = MemberPageFactory(parent=parent, title="Atelier", summary="Affiches.")
    translate(page, "de", title="Werkstatt", summary="Plakate.")
    german, english = listing(language="de").hits, listing(language="en").hits
    assert [(hit.language, hit.is_translated, hit.card["title"]) for hit in german] == [("de", True, "Werkstatt")]
    assert [(hit.language, hit.is_translated, hit.card["title"]) for hit in english] == [("fr", False, "Atelier")]
    assert listing("q=Plakat", language="en").total == 1, "a word of any language finds it"


def test_deleted_page_is_gone_and_its_translation_stays(parent, django_capture_on_commit_callbacks):
    page = MemberPageFactory(parent=parent, title="Atelier")
    german = translate(page, "de", title="Werkstatt")
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert titles(listing()) == ["Werkstatt"]
    with django_capture_on_commit_callbacks(execute=True):
        german.delete()
    assert listing().total == 0


def test_deleted_subtree_is_gone(tree, parent, django_capture_on_commit_callbacks):
    MemberPageFactory(parent=parent)
    NewsPageFactory(parent=tree["fr"]["news"])
    with django_capture_on_commit_callbacks(execute=True):
        parent.refresh_from_db()
        parent.delete()
    assert listing().total == 0
    assert NEWS.answer(QueryDict(), path="/", language="fr").total == 1


@pytest.mark.parametrize("kind", [PageViewRestriction.PASSWORD, PageViewRestriction.GROUPS])
def test_restriction_above_a_page_hides_it_from_everybody(parent, kind, admin_user):
    MemberPageFactory(parent=parent)
    restriction = PageViewRestriction.objects.create(page=parent, restriction_type=kind, password="x")
    assert listing(reader=admin_user).total == 0
    restriction.delete()
    assert listing().total == 1


def test_page_for_signed_in_people_is_found_by_them_only(parent, admin_user):
    page = MemberPageFactory(parent=parent, title="Atelier")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert listing().total == 0
    result = listing(reader=admin_user)
    assert result.total == 1
    assert sum(value.count for facet in listing().facets for value in facet.values) == 0, "nor by its counts"


def test_public_translation_does_not_show_what_the_other_keeps_for_members(parent, admin_user):
    page = MemberPageFactory(parent=parent, title="Secret")
    translate(page, "de", title="Offen")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    for reader in (None, admin_user):
        assert titles(listing(reader=reader)) == ["Offen"]
        assert listing("q=Secret", reader=reader).total == 0


def test_moved_page_has_its_new_address(tree, parent, django_capture_on_commit_callbacks):
    page = MemberPageFactory(parent=parent, slug="atelier")
    before = listing().hits[0].url
    with django_capture_on_commit_callbacks(execute=True):
        page.refresh_from_db()
        page.move(tree["de"]["directory"], pos="last-child")
    assert listing().hits[0].url not in ("", before)


def test_changed_slug_moves_everything_below(parent, django_capture_on_commit_callbacks):
    MemberPageFactory(parent=parent, slug="atelier")
    parent.refresh_from_db()
    parent.slug = "repertoire"
    with django_capture_on_commit_callbacks(execute=True):
        parent.save_revision().publish()
    assert "/repertoire/" in listing().hits[0].url


def test_renamed_and_deleted_term_changes_what_finds_its_members(parent, django_capture_on_commit_callbacks):
    skill = SkillFactory(slug="engraving", subsector=SubsectorFactory())
    MemberPageFactory(parent=parent, skills=[skill])
    label = skill.labels.get(language="de")
    label.label = "Kupferstich"
    with django_capture_on_commit_callbacks(execute=True):
        label.save()
    assert listing("q=Kupferstich").total == 1
    with django_capture_on_commit_callbacks(execute=True):
        skill.delete()
    assert listing("q=Kupferstich").total == 0
    assert not SearchEntry.objects.stale().exists()


def test_renamed_term_is_found_by_its_new_name_before_anything_is_indexed(parent):
    skill = SkillFactory(slug="engraving", subsector=SubsectorFactory())
    page = MemberPageFactory(parent=parent, skills=[skill])
    version = SearchEntry.objects.get(key=page.translation_key).version
    label = skill.labels.get(language="de")
    label.label, label.synonyms = "Zwirbelstich", "Rollierung, Kaltzirbel"
    label.save()
    assert [listing(f"q={word}").total for word in ("Zwirbelstich", "Rollierungen", "Kaltzirbel")] == [1, 1, 1]
    assert SearchEntry.objects.get(key=page.translation_key).version == version, "nothing was written for it"
    label.label = "Stich"
    label.save()
    assert listing("q=Zwirbelstich").total == 0


def test_other_slug_of_a_term_is_remembered_when_the_process_dies_before_the_commit_is_followed_up(parent):
    skill = SkillFactory(slug="engraving", subsector=SubsectorFactory())
    MemberPageFactory(parent=parent, skills=[skill])
    skill.slug = "printmaking"
    skill.save()
    assert SearchEntry.objects.stale().count() == 1
    assert settle() == 1
    assert listing("skill=printmaking").total == 1


def test_compounds_come_apart_at_a_new_terms_word_and_no_longer_when_it_is_gone(
    parent, django_capture_on_commit_callbacks
):
    page = MemberPageFactory(parent=parent, title="Zwirnerei", summary="Wir bedienen Klöppelkissen.")
    translate(page, "de", title="Zwirnerei", summary="Wir bedienen Klöppelkissen.")
    assert listing("q=Klöppel").total == 0
    with django_capture_on_commit_callbacks(execute=True):
        skill = SkillFactory(slug="lace", labels={"de": "Klöppel"}, subsector=SubsectorFactory())
    assert listing("q=Klöppel&exact=1").total == 1
    with django_capture_on_commit_callbacks(execute=True):
        skill.delete()
    assert listing("q=Klöppel&exact=1").total == 0
    call_command("search_index", "check")


def test_unchanged_publish_writes_nothing(parent):
    page = MemberPageFactory(parent=parent)
    version = SearchEntry.objects.get(key=page.translation_key).version
    publish(page)
    assert SearchEntry.objects.get(key=page.translation_key).version == version


def test_versions_grow_with_every_change(parent):
    page = MemberPageFactory(parent=parent, title="Un")
    first = SearchEntry.objects.get(key=page.translation_key).version
    page.title = "Deux"
    publish(page)
    assert SearchEntry.objects.get(key=page.translation_key).version > first


def test_broken_document_does_not_keep_a_page_from_being_published(parent, monkeypatch, caplog):
    monkeypatch.setattr(document_for("member"), "prepare", classmethod(lambda cls, pages: 1 / 0))
    page = MemberPageFactory(parent=parent)
    assert page.live
    assert "prepare() failed" in caplog.text
    assert listing().total == 0


def test_collected_changes_are_indexed_together_at_the_end(parent):
    with collected():
        MemberPageFactory(parent=parent)
        assert listing().total == 0
        MemberPageFactory(parent=parent)
    assert listing().total == 2


def test_recomputing_many_costs_no_more_queries_than_few(parent):
    document = document_for("member")
    skill = SkillFactory(slug="engraving", subsector=SubsectorFactory())

    def cost() -> int:
        keys = list(SearchEntry.objects.filter(doc_type="member").values_list("key", flat=True))
        with CaptureQueriesContext(connection) as captured:
            refresh(document, keys, force=True)
        return len(captured)

    for _number in range(3):
        MemberPageFactory(parent=parent, skills=[skill])
    few = cost()
    for _number in range(9):
        MemberPageFactory(parent=parent, skills=[skill])
    assert cost() <= few + 1


def test_same_day_news_keep_one_order(tree):
    for number in range(5):
        NewsPageFactory(parent=tree["fr"]["news"], title=f"N{number}", date=datetime.date(2026, 1, 1))
    orders = {tuple(hit.key for hit in NEWS.answer(QueryDict(), path="/", language="fr").hits) for _time in range(3)}
    assert len(orders) == 1
    assert list(orders.pop()) == sorted(
        str(key) for key in SearchEntry.objects.filter(doc_type="news").values_list("key", flat=True)
    )
