"""A member's profile opens in every language, inside the reader's own directory."""

import pytest
from django.test import Client

from tests.factories.directory import MemberPageFactory
from tests.factories.pages import publish, translate, unpublish
from tests.factories.worlds import World
from tests.markup import elements, only
from tests.portal.test_languages import alternates, canonical, menu, notes

HOST = "http://testserver"


@pytest.mark.parametrize("code", ["de", "en"])
def test_profile_of_another_language_opens_in_the_readers_frame(world: World, client: Client, code: str) -> None:
    bare = world.bare["member"]
    response = client.get(f"{world.tree[code]['directory'].url}{bare.slug}/")
    assert response.status_code == 200
    assert only(response, "html").get("lang") == code
    (summary,) = [element for element in elements(response, "p") if "member__summary" in element.classes]
    assert summary.get("lang") == "fr"
    assert [element.get("lang") for element in elements(response, "div", class_="prose")] == ["fr"]
    crumbs = [link.get("href") for link in elements(response, "a") if link.is_inside("ol")]
    assert world.tree[code]["directory"].url in crumbs


def test_framed_profile_points_to_its_source_and_has_no_alternates_of_its_own(world: World, client: Client) -> None:
    bare = world.bare["member"]
    response = client.get(f"{world.tree['de']['directory'].url}{bare.slug}/")
    assert canonical(response) == f"{HOST}{bare.url}"
    assert alternates(response) == {"fr": f"{HOST}{bare.url}"}


@pytest.mark.parametrize("code", ["fr", "de", "en"])
def test_menu_of_a_profile_stays_with_the_member(world: World, client: Client, code: str) -> None:
    bare = world.bare["member"]
    own = {language: f"{world.tree[language]['directory'].url}{bare.slug}/" for language in ("fr", "de", "en")}
    response = client.get(own[code])
    assert menu(response) == own
    assert notes(response) == []
    current = elements(response, "a", aria_current="true", hreflang=True)
    assert [link.get("hreflang") for link in current] == [code]


def test_card_leads_into_the_readers_own_directory(world: World, client: Client) -> None:
    response = client.get(world.tree["de"]["directory"].url)
    links = [link.get("href") for link in elements(response, "a") if "card__link" in link.classes]
    assert sorted(links) == sorted(
        f"{world.tree['de']['directory'].url}{slug}/" for slug in ("atelier", "bare", "credited")
    )


def test_translated_profile_is_not_framed(world: World, client: Client) -> None:
    response = client.get(world.full["member"]["de"].url)
    (summary,) = [element for element in elements(response, "p") if "member__summary" in element.classes]
    assert summary.get("lang") == ""
    assert canonical(response) == f"{HOST}{world.full['member']['de'].url}"


def test_former_address_shows_the_translation_once_there_is_one(world: World, client: Client) -> None:
    translate(world.bare["member"], "de", slug="nackt", summary="Auf Deutsch.")
    response = client.get(f"{world.tree['de']['directory'].url}bare/", follow=True)
    assert response.status_code == 200
    assert "Auf Deutsch." in response.content.decode()
    assert canonical(response) == f"{HOST}{world.tree['de']['directory'].url}nackt/"


def test_unpublished_profile_opens_nowhere(world: World, client: Client) -> None:
    unpublish(world.bare["member"])
    for code in ("fr", "de", "en"):
        assert client.get(f"{world.tree[code]['directory'].url}bare/").status_code == 404


def test_draft_translation_leaves_the_source_in_its_frame(world: World, client: Client) -> None:
    draft = world.bare["member"].copy_for_translation(world.tree["de"]["home"].locale)
    assert not draft.live
    response = client.get(f"{world.tree['de']['directory'].url}{world.bare['member'].slug}/")
    assert response.status_code == 200
    assert canonical(response) == f"{HOST}{world.bare['member'].url}"


def test_address_of_a_renamed_directory_is_used_at_once(world: World, client: Client) -> None:
    directory = world.tree["de"]["directory"]
    directory.refresh_from_db()
    client.get(world.bare["member"].url)
    directory.slug = "mitglieder"
    publish(directory)
    assert menu(client.get(world.bare["member"].url))["de"] == "/de/mitglieder/bare/"


def test_two_members_of_one_slug_in_two_languages_do_not_hide_each_other(world: World, client: Client) -> None:
    MemberPageFactory(parent=world.tree["de"]["directory"], slug="bare", title="Eine andere", subsectors=[])
    assert "Eine andere" in client.get(f"{world.tree['de']['directory'].url}bare/").content.decode()
    assert world.bare["member"].title in client.get(world.bare["member"].url).content.decode()
