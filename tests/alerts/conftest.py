"""Three members of whom two do design, and a way to save, run and send at given moments."""

from collections.abc import Callable
from copy import copy
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.http import QueryDict

from alerts import services
from alerts.models import SavedSearch
from home.services import Tree
from search.listing import listing_named
from tests.factories.core import SkillFactory, SubsectorFactory
from tests.factories.directory import MemberPageFactory
from tests.worlds import built_tree, engine, folder_transaction, quickly, tree

__all__ = ["built_tree", "engine", "folder_transaction", "tree"]

# A Monday; Luxembourg is two hours ahead of UTC then.
MONDAY_NOON = datetime.fromisoformat("2026-06-01T12:00:00+02:00")
TUESDAY_NOON = datetime.fromisoformat("2026-06-02T12:00:00+02:00")
NEXT_MONDAY_NOON = datetime.fromisoformat("2026-06-08T12:00:00+02:00")
READER = "reader@example.test"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


class Cluster:
    """The members, and how they change."""

    def __init__(self, tree: Tree) -> None:
        self.parent = tree["fr"]["directory"]
        self.design, self.music = (SubsectorFactory(slug=slug) for slug in ("design", "music"))
        self.branding = SkillFactory(slug="branding", subsector=self.design)
        self.members = {
            "Alpha": self.join("Alpha", self.design),
            "Bravo": self.join("Bravo", self.design),
            "Charlie": self.join("Charlie", self.music),
        }

    def join(self, name: str, subsector: Any, **fields: Any) -> Any:
        return MemberPageFactory(parent=self.parent, title=name, subsectors=[subsector], **fields)


@pytest.fixture(scope="package")
def built_cluster(built_tree: Tree) -> Cluster:
    with quickly():
        return Cluster(built_tree)


@pytest.fixture
def cluster(built_cluster: Cluster, tree: Tree) -> Cluster:
    """The same rows as objects of one's own: what a test does to them does not reach the next one."""
    own = copy(built_cluster)
    own.parent = tree["fr"]["directory"]
    own.design, own.music, own.branding = copy(own.design), copy(own.music), copy(own.branding)
    own.members = {name: type(page).objects.get(pk=page.pk) for name, page in own.members.items()}
    return own


@pytest.fixture
def save() -> Callable[..., SavedSearch]:
    """save("subsector=design", user=…): confirmed, at noon on Monday, in French, for READER unless said otherwise."""

    def make(
        query: str = "subsector=design", *, listing: str = "directory", at: datetime = MONDAY_NOON, **fields: Any
    ) -> SavedSearch:
        owner = {"user": fields.pop("user")} if "user" in fields else {"email": fields.pop("email", READER)}
        known = listing_named(listing)
        assert known is not None
        how = {"language": "fr", "frequency": "daily", **fields}
        search = services.save_search(listing=known, choices=QueryDict(query), at=at, **owner, **how)
        services.confirm_search(search=search, at=at)
        search.mails.all().delete()
        search.refresh_from_db()
        return search

    return make
