"""What a listing costs does not depend on how much it lists: count the queries, double the rows, count again, equal."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.directory import MemberPageFactory
from tests.factories.events import EventPageFactory
from tests.factories.funding import FundingPageFactory
from tests.factories.guides import GuidePageFactory
from tests.factories.news import NewsPageFactory
from tests.factories.pages import translate
from tests.factories.worlds import World
from tests.markup import card_keys, total
from tests.portal.pages import search_address
from tests.queries import MOST_QUERIES, counted

FEW = 4


def add_members(world: World) -> None:
    for number in range(FEW):
        member = MemberPageFactory(
            parent=world.tree["fr"]["directory"],
            cover=world.image,
            subsectors=world.subsectors[: 1 + number % 3],
            skills=[world.skill],
            joined_on=timezone.localdate(),
        )
        if number % 2:
            translate(member, "de")


def add_news(world: World) -> None:
    for number in range(FEW):
        item = NewsPageFactory(
            parent=world.tree["fr"]["news"],
            date=timezone.localdate(),
            lead_image=world.image,
            topics=[world.topic],
            subsectors=world.subsectors,
        )
        if number % 2:
            translate(item, "de")


def add_guides(world: World) -> None:
    for _number in range(FEW):
        GuidePageFactory(parent=world.tree["fr"]["guides"], topics=[world.topic], skills=[world.skill])


def add_funding(world: World) -> None:
    for number in range(FEW):
        deadline = timezone.localdate() + timezone.timedelta(days=2) if number % 2 else None
        FundingPageFactory(parent=world.tree["fr"]["funding"], deadline=deadline, topics=[world.topic])


def add_events(world: World) -> None:
    for _number in range(FEW):
        EventPageFactory(parent=world.tree["fr"]["events"], lead_image=world.image, subsectors=world.subsectors)


def add_everything(world: World) -> None:
    for add in (add_members, add_news, add_guides, add_funding, add_events):
        add(world)


LISTINGS: dict[str, tuple[str, Callable[[World], None]]] = {
    "directory": ("/fr/annuaire/", add_members),
    "directory in another language": ("/de/verzeichnis/", add_members),
    "directory, narrowed": ("/fr/annuaire/?subsector=design&skill=branding&area=luxembourg", add_members),
    "directory, searched": ("/fr/annuaire/?q=member", add_members),
    "news": ("/fr/actualites/", add_news),
    "guides": ("/fr/guides/", add_guides),
    "funding": ("/fr/aides/", add_funding),
    "events": ("/fr/agenda/", add_events),
    "site search": ("search", add_everything),
    "front page": ("/fr/", add_everything),
    "front page in another language": ("/de/", add_everything),
}


@pytest.mark.parametrize("name", LISTINGS)
def test_listing_costs_the_same_however_much_it_lists(world: World, client: Client, name: str) -> None:
    address, add = LISTINGS[name]
    if address == "search":
        address = f"{search_address('en')}?q=what"
    counts, shown = [], []
    for _round in range(2):
        add(world)
        client.get(address)  # fills the caches
        with counted() as queries:
            response = client.get(address)
        assert response.status_code == 200
        counts.append(len(queries))
        shown.append(len(card_keys(response)) if "front page" in name else total(response))
        assert not queries.repeated()
    assert shown[1] > 0
    assert "front page" in name or shown[1] > shown[0]
    assert counts[0] == counts[1]
    assert counts[1] <= MOST_QUERIES, "\n".join(queries)


def test_publishing_costs_the_same_however_many_members_there_are(world: World) -> None:
    counts = []
    revision = world.full["member"]["fr"].get_latest_revision()
    revision.publish()  # the first time has something to change
    for _round in range(2):
        add_members(world)
        with counted() as queries:
            revision.publish()
        counts.append(len(queries))
    assert counts[0] == counts[1]
