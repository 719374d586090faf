"""What holds for a page of every type, in every language, full of content and with none that is optional."""

import base64
import hashlib
import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Page, get_page_models

from core.models import CustomRendition
from tests.factories.core import LANGUAGES
from tests.factories.worlds import World
from tests.markup import elements, only
from tests.portal.pages import ALL, BARE, INDEXES, KINDS, Answer, page_named
from tests.queries import MOST_QUERIES, counted

OWN_HOST = "testserver"
LOADING = {"script": "src", "img": "src", "source": "src", "iframe": "src", "video": "src", "audio": "src"}
STYLES = ("stylesheet", "icon", "preload", "modulepreload", "manifest", "preconnect", "dns-prefetch")


def test_world_has_every_page_type(world: World) -> None:
    ours = {model for model in get_page_models() if model is not Page and "site-packages" not in model.__module__}
    assert {type(page) for page in world.every_page()} == {model for model in ours if not model._meta.abstract}
    assert {page_named(world, name).pk for name in ALL} == {page.pk for page in world.every_page()}


@pytest.mark.parametrize("name", ALL)
def test_page_is_served(world: World, answer: Answer, name: str) -> None:
    page = page_named(world, name)
    response = answer(name)
    assert response.status_code == 200
    assert response.wsgi_request.path == page.url
    assert only(response, "html").get("lang") == page.locale.language_code
    assert only(response, "h1").text.strip() == (page.hero_title if name.startswith("home") else page.title)


@pytest.mark.parametrize("name", [*BARE, "home-fr", "member-de", "news-en", "guide-de", "funding-en", "event-de"])
def test_preview_of_a_draft_shows_it(world: World, name: str) -> None:
    page = page_named(world, name).get_latest_revision_as_object()
    page.title = page.hero_title = "Not published yet"
    response = page.make_preview_request()
    assert response.status_code == 200
    assert only(response, "h1").text.strip() == "Not published yet"


@pytest.mark.parametrize("name", ALL)
def test_anonymous_reader_gets_no_cookie_and_a_page_that_caches_may_keep(answer: Answer, name: str) -> None:
    response = answer(name)
    assert not response.cookies
    assert "Set-Cookie" not in response.headers
    assert "public" in response["Cache-Control"]
    assert "private" not in response["Cache-Control"]
    assert response["ETag"]
    assert "csrfmiddlewaretoken" not in response.content.decode()


@pytest.mark.parametrize("name", ALL)
def test_policy_is_strict_and_the_page_keeps_it(answer: Answer, name: str) -> None:
    response = answer(name)
    policy = response["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "default-src 'none'" in policy
    assert not elements(response, "style")
    for script in elements(response, "script"):
        digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
        assert script.get("src") or f"'sha256-{digest}'" in policy
    for element in elements(response):
        assert "style" not in element.attributes, element
        assert not [attribute for attribute in element.attributes if attribute.startswith("on")], element


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_loaded_from_another_host(answer: Answer, name: str) -> None:
    response = answer(name)
    loaded = [element.get(LOADING[element.tag]) for element in elements(response) if element.tag in LOADING]
    loaded += [link.get("href") for link in elements(response, "link") if link.get("rel") in STYLES]
    for element in elements(response, srcset=True):
        loaded += [candidate.split()[0] for candidate in element.get("srcset").split(", ")]
    assert any(address.endswith(".css") for address in loaded)
    assert not [address for address in loaded if urlsplit(address).netloc not in ("", OWN_HOST)]


@pytest.mark.parametrize("name", ALL)
def test_page_asks_few_things_and_none_twice(world: World, client: Client, name: str) -> None:
    page = page_named(world, name)
    client.get(world.tree[page.locale.language_code]["home"].url)  # menus and labels are cached by whoever comes first
    client.get(page.url)
    with counted() as queries:
        assert client.get(page.url).status_code == 200
    assert len(queries) <= MOST_QUERIES, "\n".join(queries)
    assert not queries.repeated()


@pytest.mark.parametrize("name", ["home-fr", "member-fr", "news-fr", "guide-fr", "funding-fr", "event-fr", "page-fr"])
def test_no_rendition_is_made_for_a_visitor(world: World, client: Client, name: str) -> None:
    page = page_named(world, name)
    existing = CustomRendition.objects.count()
    assert elements(client.get(page.url), "img") or name == "guide-fr"
    world.image.renditions.all().delete()
    response = client.get(page.url)
    assert response.status_code == 200
    assert CustomRendition.objects.count() == 0 < existing


@pytest.mark.parametrize("name", ALL)
def test_pictures_say_how_large_they_are_and_what_they_show(answer: Answer, name: str) -> None:
    for picture in elements(answer(name), "img"):
        assert picture.get("width").isdigit(), picture
        assert picture.get("height").isdigit(), picture
        assert "alt" in picture.attributes, picture


@pytest.mark.parametrize("name", ALL)
def test_ids_are_unique_and_labels_lead_somewhere(answer: Answer, name: str) -> None:
    response = answer(name)
    ids = [element.get("id") for element in elements(response, id=True)]
    assert len(ids) == len(set(ids)), sorted(name for name in ids if ids.count(name) > 1)
    for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
        for element in elements(response):
            for target in element.get(attribute).split():
                assert target in ids, f"{attribute}={target}"


@pytest.mark.parametrize("name", [f"{kind}-{code}" for kind in KINDS for code in LANGUAGES])
def test_interface_speaks_the_language_of_the_page(answer: Answer, name: str) -> None:
    with translation.override(name.split("-")[1]):
        assert only(answer(name), "a", class_="skip-link").text == gettext("Skip to content")


@pytest.mark.parametrize("name", [f"{index}-{code}" for index in INDEXES for code in LANGUAGES])
def test_numbers_for_scripts_are_plain_digits(answer: Answer, name: str) -> None:
    response = answer(name)
    for attribute in ("data-count", "data-total"):
        values = [element.get(attribute) for element in elements(response) if attribute in element.attributes]
        assert values
        assert all(re.fullmatch(r"\d+", value) for value in values)
