"""Contact details are for signed-in readers: planted markers may reach nobody else, by no way."""

import pytest
from django.test import Client

from search.models import SearchEntry
from tests.factories.accounts import UserFactory
from tests.factories.core import LANGUAGES
from tests.factories.worlds import CONTACT_MARKERS, World
from tests.markup import card_keys
from tests.portal.pages import ALL, INDEXES, Answer, search_address
from tests.worlds import index_everything

COPIES = ("feed.atom", "export.csv")


def assert_no_marker(text: str, where: str) -> None:
    found = [marker for marker in CONTACT_MARKERS if marker in text or marker.replace(" ", "") in text]
    assert not found, f"{found} in {where}"


@pytest.fixture
def member_client(world: World) -> Client:
    client = Client()
    client.force_login(UserFactory(group="Members"))
    return client


@pytest.mark.parametrize("name", ALL)
def test_anonymous_readers_see_no_contact_details_on_any_page(answer: Answer, name: str) -> None:
    assert_no_marker(answer(name).content.decode(), name)


def test_no_contact_details_in_listings_feeds_and_sitemap(world: World, engine: str, client: Client) -> None:
    index_everything(engine)
    queries = [marker.replace("+", "%2B").replace(" ", "+") for marker in CONTACT_MARKERS]
    directory = f"{world.tree['fr']['directory'].url}?q=atelier"
    addresses = [
        "/sitemap.xml",
        *(f"/{code}/feeds/news.atom" for code in LANGUAGES),
        *(f"{world.tree[code][name].url}{copy}" for code in LANGUAGES for name in INDEXES.values() for copy in COPIES),
        *(f"{search_address(code)}{copy}" for code in LANGUAGES for copy in COPIES),
        *(f"{world.tree[code]['directory'].url}?q=atelier" for code in LANGUAGES),
        *(f"{search_address(code)}?q=atelier" for code in LANGUAGES),
    ]
    for address in addresses:
        assert_no_marker(client.get(address).content.decode(), address)
    assert card_keys(client.get(directory)) == [str(world.full["member"]["fr"].translation_key)]
    for query in queries:
        # Not found by them either; the page shows only what was typed.
        assert card_keys(client.get(f"/fr/annuaire/?q={query}")) == []
        assert card_keys(client.get(f"{search_address('fr')}?q={query}")) == []


def test_no_contact_details_in_the_search_entries(world: World) -> None:
    entry = SearchEntry.objects.get(key=world.full["member"]["fr"].translation_key)
    assert entry.is_listed
    for text in (str(entry.body), str(entry.texts), entry.terms, entry.title_terms):
        assert text
        assert_no_marker(text, "search entry")


@pytest.mark.parametrize("code", LANGUAGES)
def test_members_see_contact_details_on_a_page_that_no_cache_may_share(
    world: World, member_client: Client, code: str
) -> None:
    response = member_client.get(world.full["member"][code].url)
    content = response.content.decode()
    for marker in CONTACT_MARKERS:
        assert marker in content
    assert "private" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]
    assert "Cookie" in response["Vary"]


@pytest.mark.parametrize("form", COPIES)
def test_feeds_and_tables_have_none_for_members_either(world: World, member_client: Client, form: str) -> None:
    for code in LANGUAGES:
        response = member_client.get(f"{world.tree[code]['directory'].url}{form}")
        assert world.full["member"][code].title in response.content.decode()
        assert_no_marker(response.content.decode(), form)
        assert "private" in response["Cache-Control"]


def test_listing_for_members_has_no_contact_details_either(world: World, member_client: Client) -> None:
    response = member_client.get(world.tree["fr"]["directory"].url)
    assert_no_marker(response.content.decode(), "listing")
    assert "private" in response["Cache-Control"]


def test_profile_of_another_language_keeps_them_back_too(world: World, client: Client, member_client: Client) -> None:
    bare = world.bare["member"]
    bare.contact_email = CONTACT_MARKERS[1]
    bare.save_revision().publish()
    address = f"{world.tree['de']['directory'].url}{bare.slug}/"
    assert_no_marker(client.get(address).content.decode(), address)
    assert CONTACT_MARKERS[1] in member_client.get(address).content.decode()
