"""What can befall an index on a server that answers: gone, without its alias, closed, read-only.

Red, which is its data gone, needs a server of one's own: test_killed.py."""

from collections.abc import Callable

import pytest
from django.http import QueryDict

from directory.facets import DIRECTORY
from search import client as client_module
from search import delivery
from search.client import breaker
from search.comparison import check
from search.documents import document_for
from search.models import IndexBuild, OutboxRow
from tests.contract.test_failures import LIMIT, timed
from tests.factories.directory import MemberPageFactory
from tests.factories.pages import publish, unpublish

pytestmark = pytest.mark.elasticsearch
BLOCK = "index.blocks.read_only_allow_delete"  # what Elasticsearch sets itself when the disk is nearly full


@pytest.fixture(autouse=True)
def closed_breaker():
    breaker.reset()
    yield
    breaker.reset()


def listing(query: str = ""):
    return DIRECTORY.answer(QueryDict(query), path="/fr/annuaire/", language="fr")


def indices():
    return client_module.client().options(request_timeout=20).indices


def live_index() -> str:
    return IndexBuild.objects.get(doc_type="member", state="live").index_name


def delete_index(name: str) -> None:
    indices().delete(index=name)


def remove_aliases(name: str) -> None:
    indices().delete_alias(index=name, name="_all")


def close_index(name: str) -> None:
    indices().close(index=name)


def open_index(name: str) -> None:
    indices().open(index=name)


def make_read_only(name: str) -> None:
    indices().put_settings(index=name, settings={BLOCK: True})


def make_writable(name: str) -> None:
    indices().put_settings(index=name, settings={BLOCK: None})


def leave_it(name: str) -> None:
    """Nobody does anything: the courier builds it anew."""


STATES = {
    "deleted": (delete_index, leave_it, False),
    "without an alias": (remove_aliases, leave_it, False),
    "closed": (close_index, open_index, False),
    "read-only": (make_read_only, make_writable, True),  # readers are answered as long as nobody has written
}


@pytest.mark.parametrize("state", STATES)
def test_reader_and_editor_notice_nothing_and_no_edit_is_lost(indexed, state):
    spoil: Callable[[str], None]
    spoil, repair, answers = STATES[state]
    total = listing().total
    name = live_index()
    spoil(name)
    for _question in range(3):
        result, seconds = timed(listing, "q=illustration")
        assert seconds < LIMIT
        assert result.degraded is not answers
    page = indexed.members[0]
    page.summary = "Xylozirbel."
    _published, seconds = timed(publish, page)
    assert seconds < LIMIT
    unpublish(indexed.members[1])
    _made, seconds = timed(lambda: MemberPageFactory(parent=indexed.tree["fr"]["directory"], title="Xylotypie"))
    assert seconds < LIMIT
    assert OutboxRow.objects.count() == 3, "nothing is given up"
    if not answers:  # an index that answers but takes nothing is behind until it does
        assert listing("q=Xylozirbel").total == listing("q=Xylotypie").total == 1
    delivery.courier.step()

    repair(name)
    delivery.courier.step()
    assert not OutboxRow.objects.exists()
    assert not check(document_for("member"))
    assert breaker.state == "closed"
    result = listing()
    assert (result.total, result.engine) == (total, "elasticsearch")
    assert listing("q=Xylozirbel").total == listing("q=Xylotypie").total == 1


def test_index_of_an_unfinished_rebuild_that_is_gone_holds_nothing_up(indexed):
    """A rebuild was killed, and what it had begun was deleted by hand."""
    IndexBuild.objects.create(doc_type="member", index_name=f"{live_index()}9", state="building")
    publish_change(indexed.members[0])
    assert OutboxRow.objects.exists()
    delivery.courier.step()
    assert not OutboxRow.objects.exists()
    assert not check(document_for("member"))


def publish_change(page) -> None:
    page.summary = "Linozirbel."
    publish(page)


def test_database_older_than_the_index_is_repaired_by_update(indexed):
    """Restored from a backup: its versions are lower than those the index has seen."""
    from search.comparison import update

    document = document_for("member")
    connected = client_module.client()
    for hit in connected.search(index=live_index(), size=2, source=True)["hits"]["hits"]:
        connected.index(
            index=live_index(), id=hit["_id"], document=hit["_source"], version=10**12, version_type="external"
        )
    assert check(document)
    assert not update(document)
