"""What is not a page: feed, sitemap, robots.txt, calendar files, documents, error pages."""

import io
import xml.etree.ElementTree as ElementTree

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar
from wagtail.models import PageViewRestriction

from search.feeds import FEED_LENGTH
from tests.factories.core import LANGUAGES
from tests.factories.news import NewsPageFactory
from tests.factories.worlds import World
from tests.markup import elements, only
from tests.portal.pages import search_address
from tests.queries import MOST_QUERIES, counted

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
HOST = "http://testserver"


def feed(client: Client, code: str) -> ElementTree.Element:
    response = client.get(f"/{code}/feeds/news.atom")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    assert not response.cookies
    return ElementTree.fromstring(response.content)


def test_feed_has_the_news_of_its_language(world: World, client: Client) -> None:
    addresses = {
        code: [entry.find(f"{ATOM}link").get("href") for entry in feed(client, code).iter(f"{ATOM}entry")]
        for code in LANGUAGES
    }
    # What exists in another language only is there too, as in the listing, and says its language.
    assert set(addresses["de"]) == {f"{HOST}{page.url}" for page in (world.full["news"]["de"], world.bare["news"])}
    assert set(addresses["fr"]) == {f"{HOST}{page.url}" for page in (world.full["news"]["fr"], world.bare["news"])}


@pytest.mark.parametrize("code", LANGUAGES)
def test_feed_says_its_language_and_is_dated(world: World, client: Client, code: str) -> None:
    root = feed(client, code)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == code
    assert root.find(f"{ATOM}updated").text
    assert root.find(f"{ATOM}title").text
    for entry in root.iter(f"{ATOM}entry"):
        assert entry.find(f"{ATOM}id").text.startswith("urn:uuid:")
        assert entry.find(f"{ATOM}published").text.startswith("2026-03-02")


def test_feed_of_every_page_is_announced(world: World, client: Client) -> None:
    response = client.get(world.tree["de"]["home"].url)
    assert only(response, "link", type="application/atom+xml").get("href") == "/de/feeds/news.atom"


def test_feed_costs_the_same_however_much_there_is(world: World, client: Client) -> None:
    counts = []
    for _round in range(2):
        for _item in range(3):
            NewsPageFactory(parent=world.tree["fr"]["news"], topics=[world.topic])
        client.get("/fr/feeds/news.atom")
        with counted() as queries:
            client.get("/fr/feeds/news.atom")
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= MOST_QUERIES


def test_feed_ends_somewhere(world: World, client: Client) -> None:
    for _item in range(FEED_LENGTH):
        NewsPageFactory(parent=world.tree["fr"]["news"])
    assert len(list(feed(client, "fr").iter(f"{ATOM}entry"))) == FEED_LENGTH


def sitemap(client: Client) -> dict[str, dict[str, str]]:
    """Address → its alternates (language → address)."""
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{SITEMAP}urlset"
    return {
        url.find(f"{SITEMAP}loc").text: {link.get("hreflang"): link.get("href") for link in url.iter(f"{XHTML}link")}
        for url in root.iter(f"{SITEMAP}url")
    }


def test_sitemap_has_every_public_page_with_its_translations(world: World, client: Client) -> None:
    found = sitemap(client)
    assert {f"{HOST}{page.url}" for page in world.every_page()} <= set(found)
    assert all(address.startswith(f"{HOST}/") for address in found)
    guide = {code: f"{HOST}{page.url}" for code, page in world.full["guide"].items()}
    assert all(found[address] == guide for address in guide.values())
    assert found[f"{HOST}{world.bare['guide'].url}"] == {}


def test_sitemap_leaves_out_drafts_and_restricted_pages(world: World, client: Client) -> None:
    draft = NewsPageFactory(parent=world.tree["fr"]["news"], published=False)
    PageViewRestriction.objects.create(page=world.full["news"]["de"], restriction_type=PageViewRestriction.LOGIN)
    found = sitemap(client)
    addresses = {*found, *(address for alternates in found.values() for address in alternates.values())}
    assert f"{HOST}{draft.url}" not in addresses
    assert f"{HOST}{world.full['news']['de'].url}" not in addresses
    assert f"{HOST}{world.full['news']['fr'].url}" in addresses


def test_sitemap_costs_the_same_however_much_there_is(world: World, client: Client) -> None:
    counts = []
    for _round in range(2):
        for _item in range(3):
            NewsPageFactory(parent=world.tree["fr"]["news"])
        client.get("/sitemap.xml")
        with counted() as queries:
            client.get("/sitemap.xml")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES


def test_robots_txt_names_the_sitemap_and_keeps_searches_out(world: World, client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert f"Sitemap: {HOST}/sitemap.xml" in lines
    assert "Disallow: /admin/" in lines
    for code in LANGUAGES:
        assert f"Disallow: /{code}/account/" in lines
        assert f"Disallow: {search_address(code)}" in lines
        assert search_address(code) in _search_forms(client, code)


def _search_forms(client: Client, code: str) -> list[str]:
    return [form.get("action") for form in elements(client.get(f"/{code}/"), "form")]


@pytest.mark.parametrize("code", LANGUAGES)
def test_calendar_file_of_an_event(world: World, client: Client, code: str) -> None:
    event = world.full["event"][code]
    response = client.get(f"{event.url}calendar.ics")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    assert response["Content-Disposition"].startswith("attachment")
    calendar = Calendar.from_ical(response.content)
    (entry,) = calendar.walk("VEVENT")
    assert entry.decoded("dtstart") == event.starts_at.replace(microsecond=0)
    assert entry.decoded("dtend") == event.ends_at.replace(microsecond=0)
    assert entry["dtstart"].params["TZID"] == "Europe/Luxembourg"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Luxembourg"]
    assert entry["summary"] == event.title
    assert entry["location"] == "Rotondes, 3, place des Rotondes"
    assert entry["url"] == f"{HOST}{event.url}"


def test_calendar_button_leads_to_the_file(world: World, client: Client) -> None:
    event = world.full["event"]["en"]
    (link,) = elements(client.get(event.url), "a", download=True)
    assert link.get("href") == f"{event.url}calendar.ics"


def test_document_is_an_attachment_that_no_browser_opens_here(world: World, client: Client) -> None:
    response = client.get(world.document.url)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert io.BytesIO(b"".join(response.streaming_content)).read().startswith(b"%PDF")
    assert not response.cookies


@pytest.mark.parametrize(("code", "way_home"), [("fr", "/fr/"), ("de", "/de/"), ("en", "/en/")], ids=["fr", "de", "en"])
@pytest.mark.parametrize("path", ["nowhere/", "nowhere/at/all/", "nowhere.html"])
def test_missing_page_speaks_the_readers_language(
    world: World, client: Client, code: str, way_home: str, path: str
) -> None:
    response = client.get(f"/{code}/{path}")
    assert response.status_code == 404
    assert only(response, "html").get("lang") == code
    assert only(response, "meta", name="robots").get("content") == "noindex"
    assert way_home in [link.get("href") for link in elements(response, "a")]
    assert not response.cookies
    menu = elements(response, "a", hreflang=True)
    # What is missing here is missing there too: the languages begin at their front pages.
    assert {link.get("hreflang"): link.get("href") for link in menu} == {other: f"/{other}/" for other in LANGUAGES}


@pytest.mark.parametrize("code", LANGUAGES)
def test_failure_speaks_the_readers_language_without_asking_anything(
    world: World, client: Client, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args, **kwargs):
        raise RuntimeError("planted")

    monkeypatch.setattr("home.models.HomePage.get_context", fail)
    client.raise_request_exception = False
    response = client.get(f"/{code}/")
    assert response.status_code == 500
    assert only(response, "html").get("lang") == code
    assert "planted" not in response.content.decode()
    assert only(response, "h1").text.strip()
    assert not response.cookies


def test_addresses_of_the_admin_are_never_cached_in_public(world: World, client: Client) -> None:
    response = client.get(reverse("wagtailadmin_home"), follow=True)
    assert response.status_code == 200
    assert "public" not in response["Cache-Control"]
