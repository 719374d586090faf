"""Fixtures of the page tests: a portal built once per folder, and the engine that answers its listings.

The world is built in a transaction that encloses all tests of the folder and is rolled back after them; each test's own
changes are rolled back as usual. Outside the tests that ask for `engine`, listings answer from the database. The
conftest.py of each folder imports what it needs: that makes the folder the fixtures' scope.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

import pytest
from django.core.cache import cache
from django.db import transaction
from pytest_django import DjangoDbBlocker
from wagtail.signal_handlers import disable_reference_index_auto_update

from home.services import Tree
from search.entries import collected
from tests.factories.home import make_tree
from tests.factories.worlds import World, make_world


@pytest.fixture(scope="package")
def folder_transaction(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        yield
        transaction.set_rollback(True)
    cache.clear()


@contextmanager
def quickly() -> Iterator[None]:
    """For data only: no index of references for the admin, and search entries made together at the end."""
    with disable_reference_index_auto_update(), collected():
        yield


@pytest.fixture(scope="package")
def built_world(folder_transaction: None) -> World:
    with quickly():
        return make_world()


@pytest.fixture(scope="package")
def built_tree(folder_transaction: None) -> Tree:
    with quickly():
        return make_tree()


@pytest.fixture
def world(built_world: World, db: None, settings) -> World:
    """One thing of each kind, full and bare (tests.factories.worlds)."""
    _start_afresh(settings)
    return built_world.copy()


@pytest.fixture
def tree(built_tree: Tree, db: None, settings) -> Tree:
    """Front and index pages in three languages, nothing below them."""
    _start_afresh(settings)
    return {code: {name: copy(page) for name, page in pages.items()} for code, pages in built_tree.items()}


def _start_afresh(settings) -> None:
    settings.ELASTICSEARCH_URL = ""
    cache.clear()


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request: pytest.FixtureRequest, settings) -> Iterator[str]:
    """Ask for it after the data is there, and call `index_everything` (below) once it is."""
    if request.param == "elasticsearch":
        settings.ELASTICSEARCH_URL = request.getfixturevalue("elasticsearch_url")
    yield request.param
    if request.param == "elasticsearch":
        from search.client import client

        indices = client().indices
        if made := list(indices.get(index=f"{settings.SEARCH_INDEX_PREFIX}-*")):
            indices.delete(index=made)


def index_everything(engine: str) -> None:
    """Build the indexes of what is in the database now; nothing to do for database search."""
    if engine == "elasticsearch":
        from search.documents import all_documents
        from search.indexing import rebuild

        for document in all_documents():
            rebuild(document)
