"""From publish to findable: outbox, versions, rebuilds during edits."""

import pytest
from django.http import QueryDict
from wagtail.models import PageViewRestriction

from directory.facets import DIRECTORY
from search import client as client_module
from search import delivery, indexing
from search.comparison import check, update
from search.documents import document_for
from search.engines import elasticsearch
from search.models import IndexBuild, OutboxRow, SearchEntry
from tests.contract.test_engines import assert_same, question
from tests.factories.directory import MemberPageFactory
from tests.factories.pages import publish, unpublish

pytestmark = pytest.mark.elasticsearch


def found(query: str) -> int:
    return elasticsearch.ask(question(DIRECTORY, query, page_size=100)).total


def test_published_member_is_found_when_publish_returns(indexed):
    MemberPageFactory(parent=indexed.tree["fr"]["directory"], title="Xylotypie")
    assert found("Xylotypie") == 1
    assert not OutboxRow.objects.exists()


def test_unpublished_moved_deleted_and_restricted_things_are_gone_at_once(indexed, django_capture_on_commit_callbacks):
    total = found("")
    unpublish(indexed.members[1])
    assert found("") == total - 1
    with django_capture_on_commit_callbacks(execute=True):
        indexed.members[2].delete()
    assert found("") == total - 2
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=indexed.members[4], restriction_type="password", password="x")
    assert found("") == total - 3
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.all().delete()
    assert found("") == total - 2
    assert_same(question(DIRECTORY, page_size=100))


def test_whole_index_page_made_private_takes_its_members_along(indexed, django_capture_on_commit_callbacks):
    index = indexed.tree["de"]["directory"]
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    public = elasticsearch.ask(question(DIRECTORY, page_size=100))
    assert all("de" not in body["languages"] for body in public.bodies)
    assert_same(question(DIRECTORY, audiences=("public", "signed-in"), page_size=100))


def test_renamed_term_changes_what_finds_its_members(indexed, django_capture_on_commit_callbacks):
    skill = indexed.skills[0]
    carriers = elasticsearch.ask(question(DIRECTORY, selected={"skill": [skill.slug]})).total
    label = skill.labels.get(language="de")
    label.label = "Xylografie"
    with django_capture_on_commit_callbacks(execute=True):
        label.save()
    assert found("Xylografie") == carriers > 0
    assert not OutboxRow.objects.exists()


def test_renamed_slug_of_the_index_page_changes_every_address(indexed, django_capture_on_commit_callbacks):
    index = indexed.tree["fr"]["directory"]
    index.slug = "repertoire"
    with django_capture_on_commit_callbacks(execute=True):
        index.save_revision().publish()
    cards = [
        body["cards"]["fr"]
        for body in elasticsearch.ask(question(DIRECTORY, page_size=100)).bodies
        if "fr" in body["cards"]
    ]
    assert cards and all("/repertoire/" in card["url"] for card in cards)


def test_rebuild_loses_no_edit_made_during_it(indexed, monkeypatch):
    monkeypatch.setattr(indexing, "CHUNK", 5)
    document, members = document_for("member"), list(indexed.members)
    parent = indexed.tree["fr"]["directory"]
    steps: list[int] = []

    def edit(done: int, total: int) -> None:
        number = len(steps)
        steps.append(number)
        page = members[number]
        page.summary = f"Retouche{number}."
        publish(page)
        unpublish(members[-1 - number])
        MemberPageFactory(parent=parent, title=f"Arrivée{number}")
        assert found(f"Retouche{number}") == 1, "readers see the edit while the rebuild runs"

    before = IndexBuild.objects.get(doc_type="member", state="live").index_name
    indexing.rebuild(document, edit)
    assert len(steps) > 5
    assert IndexBuild.objects.get(doc_type="member", state="live").index_name != before
    assert not check(document)
    assert all(found(f"Retouche{number}") == 1 for number in steps)
    assert all(found(f"Arrivée{number}") == 1 for number in steps)
    assert_same(question(DIRECTORY, page_size=100))


def test_late_old_write_does_not_bring_a_deleted_thing_back(indexed):
    page = indexed.members[5]
    entry = SearchEntry.objects.get(doc_type="member", key=page.translation_key)
    sources = delivery.sources_of([entry])
    unpublish(page)
    build = IndexBuild.objects.get(doc_type="member", state="live")
    late = delivery.operation(entry, sources, f"{build.index_name}-w")
    answer = client_module.client().bulk(operations=late, refresh=True)
    assert answer["items"][0]["index"]["status"] == delivery.CONFLICT
    assert not check(document_for("member"))


def test_newer_rebuild_takes_over_from_an_unfinished_one(indexed, monkeypatch):
    monkeypatch.setattr(indexing, "CHUNK", 5)
    document = document_for("member")

    def take_over(done: int, total: int) -> None:
        indexing.rebuild(document)

    with pytest.raises(indexing.BuildSuperseded):
        indexing.rebuild(document, take_over)
    assert not check(document)


def test_check_names_what_differs_and_update_repairs_it(indexed):
    document = document_for("member")
    build = IndexBuild.objects.get(doc_type="member", state="live")
    gone, foreign = str(indexed.members[0].translation_key), "00000000-0000-0000-0000-000000000001"
    connected = client_module.client()
    connected.delete(index=build.index_name, id=gone, refresh=True)
    connected.index(index=build.index_name, id=foreign, document={"key": foreign}, refresh=True)
    SearchEntry.objects.filter(key=indexed.members[1].translation_key).update(sort_name="wrong")
    differences = check(document)
    assert differences.not_in_index == [gone]
    assert differences.only_in_index == [foreign]
    assert differences.outdated_entries == [str(indexed.members[1].translation_key)]
    assert not update(document)
    assert not check(document)


def test_listing_of_the_directory_is_answered_by_elasticsearch(searched):
    result = DIRECTORY.answer(QueryDict("q=elan"), path="/fr/annuaire/", language="fr")
    assert (result.engine, result.degraded) == ("elasticsearch", False)
    assert result.total == len(result.hits) > 0
