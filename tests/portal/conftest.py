import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories.worlds import World
from tests.portal.pages import Answer, page_named
from tests.worlds import built_world, engine, folder_transaction, world

__all__ = ["built_world", "engine", "folder_transaction", "world"]


@pytest.fixture(scope="package")
def answers(built_world: World) -> dict[str, HttpResponse]:
    """Filled by `answer`: name of a page → its answer."""
    return {}


@pytest.fixture
def answer(world: World, answers: dict[str, HttpResponse]) -> Answer:
    """A page as an anonymous reader gets it, asked for once however many tests look at it. Change nothing in it."""

    def fetch(name: str) -> HttpResponse:
        if name not in answers:
            answers[name] = Client().get(page_named(world, name).url)
        return answers[name]

    return fetch
