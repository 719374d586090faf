"""The language menu, canonical and alternate addresses, and the way from / into a language."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.factories.core import LANGUAGES
from tests.factories.news import NewsPageFactory
from tests.factories.pages import translate, unpublish
from tests.factories.worlds import World
from tests.markup import elements, only, total
from tests.portal.pages import BARE, IN_EVERY_LANGUAGE, Answer, page_named, search_address

HOST = "http://testserver"


def menu(response) -> dict[str, str]:
    """Language code → address in the language menu."""
    return {
        link.get("hreflang"): link.get("href")
        for link in elements(response, "a", hreflang=True)
        if "language-menu__link" in link.classes
    }


def notes(response) -> list[str]:
    """Languages of the menu that say the page is not there."""
    links = [link for link in elements(response, "a", hreflang=True) if "language-menu__link" in link.classes]
    marked = [element for element in elements(response) if "language-menu__note" in element.classes]
    return [link.get("hreflang") for link in links if any(link in note.ancestors for note in marked)]


def alternates(response) -> dict[str, str]:
    return {
        link.get("hreflang"): link.get("href") for link in elements(response, "link", rel="alternate", hreflang=True)
    }


def canonical(response) -> str:
    return only(response, "link", rel="canonical").get("href")


@pytest.mark.parametrize(
    ("accepted", "code"),
    [("de-LU,de;q=0.9,fr;q=0.5", "de"), ("en-GB", "en"), ("fr-FR", "fr"), ("lb,pt;q=0.8", "fr"), ("pt,de;q=0.3", "de")],
)
def test_root_leads_into_the_language_the_browser_asks_for(
    world: World, client: Client, accepted: str, code: str
) -> None:
    response = client.get("/", headers={"accept-language": accepted})
    assert response.status_code == 302
    assert response["Location"] == f"/{code}/"
    assert "Accept-Language" in response["Vary"]
    assert not response.cookies


@pytest.mark.parametrize("name", IN_EVERY_LANGUAGE)
def test_menu_leads_to_the_same_page_in_every_language(world: World, answer: Answer, name: str) -> None:
    kind = name.split("-")[0]
    response = answer(name)
    own = {code: page_named(world, f"{kind}-{code}").url for code in LANGUAGES}
    assert menu(response) == own
    assert notes(response) == []
    current = [link.get("hreflang") for link in elements(response, "a", aria_current="true", hreflang=True)]
    assert current == [name.split("-")[1]]


@pytest.mark.parametrize("name", IN_EVERY_LANGUAGE)
def test_canonical_is_the_page_itself_and_alternates_its_translations(world: World, answer: Answer, name: str) -> None:
    kind = name.split("-")[0]
    page = page_named(world, name)
    response = answer(name)
    assert canonical(response) == f"{HOST}{page.url}"
    assert alternates(response) == {code: f"{HOST}{page_named(world, f'{kind}-{code}').url}" for code in LANGUAGES}


@pytest.mark.parametrize("name", [name for name in BARE if name != "member-bare"])
def test_menu_says_so_where_a_page_is_not_translated(world: World, client: Client, name: str) -> None:
    page = page_named(world, name)
    response = client.get(page.url)
    above = {code: translation.url for code, translation in _translations(world, page.get_parent()).items()}
    assert menu(response) == {"fr": page.url, "de": above["de"], "en": above["en"]}
    assert notes(response) == ["de", "en"]
    assert alternates(response) == {"fr": f"{HOST}{page.url}"}


def _translations(world: World, page) -> dict[str, object]:
    return {other.locale.language_code: other for other in page.get_translations(inclusive=True)}


def test_menu_of_a_listing_keeps_what_was_chosen_and_alternates_do_not(world: World, client: Client) -> None:
    response = client.get(f"{world.tree['fr']['directory'].url}?subsector=design&area=luxembourg")
    assert menu(response)["de"] == f"{world.tree['de']['directory'].url}?subsector=design&area=luxembourg"
    assert canonical(response) == f"{HOST}{world.tree['fr']['directory'].url}"
    assert alternates(response)["de"] == f"{HOST}{world.tree['de']['directory'].url}"


def test_unpublished_translation_is_no_alternate(world: World, client: Client) -> None:
    unpublish(world.full["news"]["de"])
    response = client.get(world.full["news"]["fr"].url)
    assert set(alternates(response)) == {"fr", "en"}
    assert notes(response) == ["de"]
    assert client.get(world.full["news"]["de"].url).status_code == 404


def test_private_translation_is_not_mentioned(world: World, client: Client) -> None:
    private = world.full["news"]["de"]
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    response = client.get(world.full["news"]["fr"].url)
    assert private.url not in response.content.decode()
    assert set(alternates(response)) == {"fr", "en"}


def test_private_translation_of_a_member_is_not_mentioned(world: World, client: Client) -> None:
    private = world.full["member"]["de"]
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    response = client.get(world.full["member"]["fr"].url)
    assert set(alternates(response)) == {"fr", "en"}


def test_listing_shows_each_thing_once_in_the_readers_language(world: World, client: Client) -> None:
    for code in LANGUAGES:
        response = client.get(world.tree[code]["news"].url)
        assert total(response) == 2  # one in three languages, one in French only
        links = {link.get("href"): link.get("lang") for link in elements(response, "a") if "card__link" in link.classes}
        mark = "" if code == "fr" else "fr"
        assert links == {world.full["news"][code].url: "", world.bare["news"].url: mark}


def test_listing_marks_another_language_for_ears_too(world: World, client: Client) -> None:
    response = client.get(world.tree["en"]["news"].url)
    assert only(response, "span", class_="badge badge--language").text.strip().endswith("Text in French")


def test_private_page_appears_nowhere(world: World, client: Client) -> None:
    page = NewsPageFactory(parent=world.tree["fr"]["news"], title="Behind the door", slug="behind")
    translate(page, "de", title="Behind the door")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.PASSWORD, password="open")
    german = page.get_translations().get(locale__language_code="de")
    PageViewRestriction.objects.create(page=german, restriction_type=PageViewRestriction.LOGIN)
    addresses = [
        *(world.tree[code][name].url for code in LANGUAGES for name in ("home", "news")),
        *(f"/{code}/feeds/news.atom" for code in LANGUAGES),
        *(f"{search_address(code)}?q=behind+door" for code in LANGUAGES),
        "/sitemap.xml",
    ]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        content = response.content.decode()
        assert "Behind the door" not in content, address
        assert "/behind/" not in content, address


def test_restricted_page_asks_for_the_sign_in(world: World, client: Client) -> None:
    page = world.bare["news"]
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    response = client.get(page.url)
    assert response.status_code == 302
    assert response["Location"].startswith("/fr/account/login/")


def test_search_page_leads_to_itself_in_every_language(world: World, client: Client) -> None:
    response = client.get(f"{search_address('en')}?q=prize")
    addresses = menu(response)
    assert set(addresses) == set(LANGUAGES)
    for code, address in addresses.items():
        assert address.startswith(f"/{code}/") and address.endswith("?q=prize")
        found = client.get(address)
        assert found.status_code == 200
        assert only(found, "html").get("lang") == code
