"""Content, engines and a misbehaving server for the tests that hold both engines to the same answers."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import override_settings

from portal.settings import base
from search import client as client_module
from search.documents import all_documents
from search.indexing import drop_indexes, rebuild
from search.models import IndexBuild, OutboxRow
from tests.contract.content import Content, make_content
from tests.contract.proxy import Proxy
from tests.worlds import folder_transaction, quickly

__all__ = ["folder_transaction"]


@pytest.fixture(scope="package")
def built_content(folder_transaction: None) -> Content:
    with quickly():
        content = make_content()
    OutboxRow.objects.all().delete()  # nobody waits for these: indexes are built from the entries
    return content


@pytest.fixture
def content(built_content: Content, db: None, settings) -> Content:
    """The contract's cluster, database search until a test asks for a server."""
    settings.ELASTICSEARCH_URL = ""
    cache.clear()
    return built_content.fresh()


@pytest.fixture(scope="package")
def built_indexes(built_content: Content, elasticsearch_url: str) -> Iterator[Content]:
    with override_settings(ELASTICSEARCH_URL=elasticsearch_url):
        for document in all_documents():
            rebuild(document)
        yield built_content
        for document in all_documents():
            drop_indexes(document)


@pytest.fixture
def searched(built_indexes: Content, content: Content, elasticsearch_url: str, settings) -> Content:
    """The content in a real Elasticsearch, for tests that change nothing: indexed once for all of them."""
    settings.ELASTICSEARCH_URL = elasticsearch_url
    client_module.breaker.reset()
    return content


@pytest.fixture
def indexed(content: Content, elasticsearch_url: str, settings) -> Iterator[Content]:
    """The content in indexes of this test's own, for tests that change it."""
    settings.ELASTICSEARCH_URL = elasticsearch_url
    settings.SEARCH_INDEX_PREFIX += "-own"
    IndexBuild.objects.all().delete()  # of the indexes that other tests share: none of this test's
    client_module.breaker.reset()
    for document in all_documents():
        rebuild(document)
    yield content
    settings.ELASTICSEARCH_URL = elasticsearch_url
    client_module.breaker.reset()
    for document in all_documents():
        drop_indexes(document)


@pytest.fixture
def proxy(indexed: Content, elasticsearch_url: str, settings) -> Iterator[Proxy]:
    """Between the portal and the real server, and able to misbehave."""
    settings.SEARCH_DEADLINE = base.SEARCH_DEADLINE
    with Proxy(elasticsearch_url) as running:
        settings.ELASTICSEARCH_URL = running.url
        yield running
