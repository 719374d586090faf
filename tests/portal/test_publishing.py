"""What readers see follows what editors publish."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client, TestCase
from django.utils import timezone

from tests.factories.news import NewsPageFactory
from tests.factories.pages import publish, unpublish
from tests.factories.worlds import World
from tests.markup import card_keys
from tests.portal.pages import KINDS

INDEX = {"member": "directory", "news": "news", "guide": "guides", "funding": "funding", "event": "events"}


def listed(client: Client, world: World, kind: str) -> bool:
    page = world.bare[kind]
    return str(page.translation_key) in card_keys(client.get(world.tree["fr"][INDEX[kind]].url))


@pytest.mark.parametrize("kind", INDEX)
def test_unpublished_thing_leaves_its_listing_and_comes_back(world: World, client: Client, kind: str) -> None:
    page = world.bare[kind]
    assert listed(client, world, kind)
    unpublish(page)
    assert not listed(client, world, kind)
    assert client.get(page.url).status_code == 404
    publish(page)
    assert listed(client, world, kind)
    assert client.get(page.url).status_code == 200


@pytest.mark.parametrize("kind", INDEX)
def test_deleted_thing_leaves_its_listing(world: World, client: Client, kind: str) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        world.bare[kind].specific.delete()
    assert not listed(client, world, kind)


@pytest.mark.parametrize("kind", INDEX)
def test_draft_is_not_listed_and_not_served(world: World, client: Client, kind: str) -> None:
    page = world.bare[kind].specific
    page.title = "Changed in a draft"
    page.save_revision()
    assert "Changed in a draft" not in client.get(page.url).content.decode()
    assert "Changed in a draft" not in client.get(world.tree["fr"][INDEX[kind]].url).content.decode()


def test_scheduled_page_goes_live_and_expires_by_itself(world: World, client: Client) -> None:
    page = NewsPageFactory(parent=world.tree["fr"]["news"], slug="scheduled", published=False)
    page.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    page.expire_at = timezone.now() + datetime.timedelta(hours=3)
    publish(page)
    assert client.get(page.url).status_code == 404
    for hours, status in ((2, 200), (4, 404)):
        with time_machine.travel(timezone.now() + datetime.timedelta(hours=hours), tick=False):
            with TestCase.captureOnCommitCallbacks(execute=True):
                call_command("publish_scheduled")
            assert client.get(page.url).status_code == status
            keys = card_keys(client.get(world.tree["fr"]["news"].url))
            assert (str(page.translation_key) in keys) == (status == 200)


def test_new_title_shows_on_the_card_at_once(world: World, client: Client) -> None:
    page = world.bare["news"].specific
    page.title = "Another headline"
    publish(page)
    assert "Another headline" in client.get(world.tree["fr"]["news"].url).content.decode()
    assert "Another headline" in client.get(world.tree["fr"]["home"].url).content.decode()


def test_renamed_term_shows_on_pages_and_finds_its_things(world: World, client: Client) -> None:
    address = f"{world.tree['fr']['guides'].url}?q=Vertragswesen"
    assert card_keys(client.get(address)) == []
    label = world.topic.labels.get(language="fr")
    label.label = "Vertragswesen"
    with TestCase.captureOnCommitCallbacks(execute=True):
        label.save()
        world.topic.save()
    assert card_keys(client.get(address)) == [str(world.full["guide"]["fr"].translation_key)]
    assert "Vertragswesen" in client.get(world.full["guide"]["fr"].url).content.decode()


def test_new_index_title_shows_in_every_menu_at_once(world: World, client: Client) -> None:
    client.get(world.bare["page"].url)
    index = world.tree["fr"]["news"]
    index.refresh_from_db()
    index.title = "Chronique"
    publish(index)
    assert "Chronique" in client.get(world.bare["page"].url).content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_moved_or_renamed_page_is_listed_under_its_new_address(world: World, client: Client, kind: str) -> None:
    page = world.bare[kind].specific
    page.slug = "renamed"
    publish(page)
    assert page.url.endswith("/renamed/")
    assert client.get(page.url).status_code == 200
    if kind in INDEX:
        assert page.url in client.get(world.tree["fr"][INDEX[kind]].url).content.decode()
