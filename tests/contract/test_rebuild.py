"""A rebuild that is killed half-way: the next one goes on where it stopped, unless it would be another index."""

import pytest

from directory.facets import DIRECTORY
from search import client as client_module
from search import indexing
from search.client import SearchUnavailable
from search.comparison import check
from search.documents import document_for
from search.models import IndexBuild, SearchEntry
from search.names import alias_name
from tests.contract.test_engines import assert_same, question
from tests.contract.test_failures import listing
from tests.factories.directory import MemberPageFactory
from tests.factories.pages import publish, unpublish

pytestmark = pytest.mark.elasticsearch
CHUNK = 5
KILLED_AFTER = 3  # chunks


@pytest.fixture
def killed(indexed, monkeypatch):
    """The content with a rebuild of its members that ended half-way."""
    monkeypatch.setattr(indexing, "CHUNK", CHUNK)
    chunks = []

    def kill(done: int, total: int) -> None:
        chunks.append(done)
        if len(chunks) == KILLED_AFTER:
            raise OSError("killed")

    with pytest.raises(SearchUnavailable):
        indexing.rebuild(document_for("member"), kill)
    return indexed


@pytest.fixture
def begun(monkeypatch):
    """What a rebuild says first: (done, total)."""
    said = []
    return said, lambda done, total: said.append((done, total))


def unfinished() -> IndexBuild:
    return IndexBuild.objects.get(doc_type="member", state="building")


def assert_in_step() -> None:
    assert not check(document_for("member"))
    assert_same(question(DIRECTORY, page_size=100))
    indexes = set(client_module.client().indices.get(index=f"{alias_name('member')}-*"))
    assert indexes == set(IndexBuild.objects.filter(doc_type="member").values_list("index_name", flat=True))


def test_next_rebuild_goes_on_where_the_killed_one_stopped(killed, begun):
    name = unfinished().index_name
    said, progress = begun
    indexing.rebuild(document_for("member"), progress)
    assert said[0][0] == (KILLED_AFTER + 1) * CHUNK
    assert IndexBuild.objects.get(doc_type="member", state="live").index_name == name
    assert_in_step()


def test_what_changed_meanwhile_is_in_it(killed):
    page = killed.members[0]
    page.summary = "Retouche après la panne."
    publish(page)
    unpublish(killed.members[1])
    MemberPageFactory(parent=killed.tree["fr"]["directory"], title="Arrivée après la panne")
    indexing.rebuild(document_for("member"))
    assert_in_step()
    assert listing("q=panne").total == 2


@pytest.mark.parametrize("change", ["another definition", "lost index", "lost documents"])
def test_begins_anew_when_it_cannot_go_on(killed, begun, change):
    build = unfinished()
    connected = client_module.client()
    if change == "another definition":
        IndexBuild.objects.filter(pk=build.pk).update(fingerprint="of another version")
    elif change == "lost index":
        connected.indices.delete(index=build.index_name)
    else:
        connected.indices.refresh(index=build.index_name)
        connected.delete_by_query(index=build.index_name, query={"match_all": {}}, refresh=True)
    said, progress = begun
    indexing.rebuild(document_for("member"), progress)
    assert said[0] == (CHUNK, SearchEntry.objects.filter(doc_type="member", is_listed=True).count())
    assert IndexBuild.objects.get(doc_type="member", state="live").index_name != build.index_name
    assert_in_step()
