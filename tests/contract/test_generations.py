"""A rebuild does not take readers to an index that has lost much, and the one before can be gone back to."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search import client as client_module
from search import delivery, indexing
from search.comparison import check
from search.documents import document_for
from search.generations import NoWayBack, build_before
from search.models import IndexBuild, SearchEntry
from search.names import alias_name
from tests.contract.test_delivery import found
from tests.contract.test_engines import assert_same, question
from tests.factories.directory import MemberPageFactory
from tests.factories.pages import publish, unpublish

pytestmark = pytest.mark.elasticsearch


def search_index(*arguments: str) -> str:
    out = StringIO()
    call_command("search_index", *arguments, stdout=out)
    return out.getvalue()


def live_index() -> str:
    return IndexBuild.objects.get(doc_type="member", state="live").index_name


def all_indexes() -> set[str]:
    return set(client_module.client().indices.get(index=f"{alias_name('member')}-*"))


def lose_entries(number: int) -> None:
    """As a database does that was restored from an old copy: the pages are not asked, nothing is delivered."""
    keys = SearchEntry.objects.filter(doc_type="member", is_listed=True).values_list("pk", flat=True)[:number]
    SearchEntry.objects.filter(pk__in=list(keys)).delete()


def test_rebuild_to_far_fewer_documents_is_refused(indexed):
    before, total, indexes = live_index(), found(""), all_indexes()
    lose_entries(3)
    with pytest.raises(CommandError, match=r"33 documents, the one in use has 36: fewer than 95%.*--force"):
        search_index("rebuild", "--type", "member")
    assert (live_index(), found("")) == (before, total)
    assert all_indexes() == indexes, "what was refused is removed"
    assert not IndexBuild.objects.filter(state="building").exists()

    search_index("rebuild", "--type", "member", "--force", "three members have left")
    assert live_index() != before
    assert found("") == total - 3


def test_rebuild_to_a_few_documents_less_is_not_refused(indexed):
    lose_entries(1)
    search_index("rebuild", "--type", "member")
    assert found("") == 35


def test_courier_does_not_repeat_a_refused_rebuild(indexed, monkeypatch, caplog):
    lose_entries(10)
    IndexBuild.objects.filter(doc_type="member").update(fingerprint="of another version")
    made = []
    real = indexing.rebuild
    monkeypatch.setattr(indexing, "rebuild", lambda document: made.append(document) or real(document))
    monkeypatch.setattr(indexing, "_refused", {})
    for _look in range(3):
        delivery.courier.step()
    assert len(made) == 1
    assert caplog.text.count("fewer than 95%") == 1
    assert found("") == 36


def test_rebuild_keeps_the_index_before_and_no_other(indexed):
    first = live_index()
    search_index("rebuild", "--type", "member")
    second = live_index()
    assert all_indexes() == {first, second}
    search_index("rebuild", "--type", "member")
    assert all_indexes() == {second, live_index()}


def test_back_is_one_command_and_brings_what_changed_since(indexed):
    first = live_index()
    search_index("rebuild", "--type", "member")
    second = live_index()
    page = indexed.members[0]
    page.summary = "Xylozirbel."
    publish(page)
    unpublish(indexed.members[1])
    MemberPageFactory(parent=indexed.tree["fr"]["directory"], title="Xylotypie")
    connected = client_module.client()
    connected.index(index=first, id="foreign", document={"key": "foreign"}, refresh=True)

    said = search_index("back", "--type", "member")
    assert f"back to {first}, 36 documents" in said
    assert live_index() == first
    assert list(connected.indices.get_alias(name=alias_name("member"))) == [first]
    assert (found("Xylozirbel"), found("Xylotypie")) == (1, 1)
    assert not check(document_for("member"))
    assert_same(question_of_all())

    page.summary = "Linozirbel."
    publish(page)
    assert found("Linozirbel") == 1, "edits go to the index that is in use again"
    delivery.courier.step()
    assert live_index() == first, "the courier leaves it"
    search_index("back", "--type", "member")
    assert (live_index(), found("Linozirbel")) == (second, 1)


def test_rebuild_after_going_back_keeps_the_index_gone_back_to(indexed):
    first = live_index()
    search_index("rebuild", "--type", "member")
    search_index("back", "--type", "member")
    search_index("rebuild", "--type", "member")
    assert all_indexes() == {first, live_index()}


def test_back_says_why_it_cannot(indexed):
    member = document_for("member")
    with pytest.raises(CommandError, match="no earlier index"):
        search_index("back")
    search_index("rebuild", "--type", "member")
    retired = IndexBuild.objects.get(doc_type="member", state="retired")
    IndexBuild.objects.filter(pk=retired.pk).update(fingerprint="of another version")
    with pytest.raises(CommandError, match="another version of the portal"):
        search_index("back", "--type", "member")
    assert build_before(member, force="I know").pk == retired.pk
    connected = client_module.client()
    connected.indices.delete(index=retired.index_name)
    before = live_index()
    with pytest.raises(CommandError, match="is gone"):
        search_index("back", "--type", "member", "--force", "I know")
    assert live_index() == before
    assert issubclass(NoWayBack, Exception)


def question_of_all():
    from directory.facets import DIRECTORY

    return question(DIRECTORY, page_size=100)
