"""The courier with a real thread and real commits: its own folder, because the others' share one transaction."""

import time
from collections.abc import Callable, Iterator

import pytest

from directory.facets import DIRECTORY
from search import delivery, indexing
from search.client import breaker
from search.documents import all_documents, document_for
from search.engines import elasticsearch
from search.models import OutboxRow
from tests.contract.proxy import Proxy
from tests.contract.test_engines import question
from tests.factories.directory import MemberPageFactory
from tests.factories.home import make_tree
from tests.factories.pages import unpublish

pytestmark = [
    pytest.mark.elasticsearch,
    pytest.mark.alone,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
INTERVAL = 0.2  # seconds, for ten


@pytest.fixture
def proxy(elasticsearch_url: str, settings) -> Iterator[Proxy]:
    settings.SEARCH_INDEX_PREFIX += "-courier"
    breaker.reset()
    with Proxy(elasticsearch_url) as running:
        settings.ELASTICSEARCH_URL = running.url
        yield running
        settings.ELASTICSEARCH_URL = elasticsearch_url
        breaker.reset()
        for document in all_documents():
            indexing.drop_indexes(document)


def found(query: str) -> int:
    return elasticsearch.ask(question(DIRECTORY, query)).total


def eventually(condition: Callable[[], bool], seconds: float) -> bool:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_editor_waits_for_a_fresh_hang_once(proxy):
    """Publishing commits more than once, and each commit would deliver."""
    parent = make_tree()["fr"]["directory"]
    page = MemberPageFactory(parent=parent, title="Xylozirbel")
    for document in all_documents():
        indexing.rebuild(document)
    proxy.mode = "hang"
    page.summary = "Xylotypie."
    started = time.monotonic()
    page.save_revision().publish()
    assert time.monotonic() - started < 2.0
    assert OutboxRow.objects.exists()


def test_courier_delivers_by_itself_what_an_outage_left(proxy):
    parent = make_tree()["fr"]["directory"]
    gone = MemberPageFactory(parent=parent, title="Xylozirbel")
    for document in all_documents():
        indexing.rebuild(document)
    assert found("Xylozirbel") == 1
    proxy.mode = "refuse"
    MemberPageFactory(parent=parent, title="Xylotypie")
    unpublish(gone)
    assert OutboxRow.objects.exists()
    courier = delivery.Courier(interval=INTERVAL)
    courier.start()
    try:
        time.sleep(3 * INTERVAL)
        assert OutboxRow.objects.exists()
        proxy.mode = "forward"
        assert eventually(lambda: not OutboxRow.objects.exists(), 20)
    finally:
        courier.stop()
    breaker.reset()
    assert (found("Xylotypie"), found("Xylozirbel")) == (1, 0)
    assert document_for("member") is not None
