import pytest
from django.test import Client

from home.services import Tree
from tests.factories.accounts import UserFactory
from tests.factories.home import make_tree

GROUPS = {"member": "Members", "editor": "Editors", "moderator": "Moderators"}


@pytest.fixture
def tree(db: None) -> Tree:
    return make_tree()


def client_of(role: str) -> Client:
    """A browser in which somebody of that role is signed in: anonymous, member, editor, moderator, administrator."""
    client = Client()
    if role != "anonymous":
        client.force_login(UserFactory(group=GROUPS.get(role), is_superuser=role == "administrator"))
    return client


@pytest.fixture
def administrator(tree: Tree) -> Client:
    return client_of("administrator")


@pytest.fixture
def editor(tree: Tree) -> Client:
    return client_of("editor")


@pytest.fixture
def moderator(tree: Tree) -> Client:
    return client_of("moderator")
