"""A listing's things in other forms: an Atom feed and a table, of any filter set, for everybody alike."""

import csv
import io
import uuid
from urllib.parse import quote_plus
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.test import Client
from wagtail.models import PageViewRestriction

from search import export
from search.feeds import FEED_LENGTH
from tests.factories.accounts import UserFactory
from tests.factories.core import LANGUAGES
from tests.factories.directory import MemberPageFactory
from tests.factories.worlds import World
from tests.markup import card_keys, elements, only, total
from tests.portal.pages import INDEXES, search_address
from tests.portal.test_growth import add_members
from tests.queries import MOST_QUERIES, counted
from tests.worlds import index_everything

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
COPIES = ("feed.atom", "export.csv")
ODD = (
    *("q=%00", "q=%ff%fe", "q=%EF%BF%BE%EF%BF%BF", "q=%0B%1F", "q=%3Cb%3E%26", "area=%00", "page=-1", "page=9999999"),
    *("sort=%00", "q=" + "a+" * 1000, "q=%25%28total%29s", "q=%F0%9F%8E%A8", "&&&=", "subsector=design&subsector=x"),
)
DELIMITERS = {"fr": ";", "de": ";", "en": ","}


def rows(response: HttpResponse, code: str) -> list[list[str]]:
    assert response.status_code == 200
    text = response.content.decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=DELIMITERS[code]))


def entries(response: HttpResponse) -> list[ElementTree.Element]:
    assert response.status_code == 200
    return list(ElementTree.fromstring(response.content).iter(f"{ATOM}entry"))


def addresses(world: World, code: str) -> list[str]:
    return [*(world.tree[code][name].url for name in INDEXES.values()), search_address(code)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_listing_is_a_feed_and_a_table_too(world: World, engine: str, client: Client, code: str) -> None:
    index_everything(engine)
    for address in addresses(world, code):
        feed, table = client.get(f"{address}feed.atom"), client.get(f"{address}export.csv")
        root = ElementTree.fromstring(feed.content)
        assert feed["Content-Type"].startswith("application/atom+xml"), address
        assert table["Content-Type"].startswith("text/csv"), address
        assert root.get(XML_LANGUAGE) == code
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        assert links["alternate"] == f"http://testserver{address}"
        assert links["self"] == f"http://testserver{address}feed.atom"
        assert len({entry.find(f"{ATOM}id").text for entry in entries(feed)}) == len(rows(table, code)) - 1 > 0, address
        if address != search_address(code):  # which shows nothing until it is asked for something
            assert len(entries(feed)) == total(client.get(address))


@pytest.mark.parametrize("form", COPIES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_copies_bring_no_cookie_and_may_be_kept_by_caches(world: World, client: Client, form: str, code: str) -> None:
    for address in addresses(world, code):
        response = client.get(f"{address}{form}")
        assert not response.cookies
        assert "public" in response["Cache-Control"]
        assert response["ETag"]
        again = client.get(f"{address}{form}", headers={"if-none-match": response["ETag"]})
        assert again.status_code == 304


def test_copies_hold_what_the_filters_leave(world: World, client: Client) -> None:
    MemberPageFactory(parent=world.tree["fr"]["directory"], title="Elsewhere", area="saarland")
    query = "?area=saarland&sort=newest&page=7"
    (entry,) = entries(client.get(f"/de/verzeichnis/feed.atom{query}"))
    assert entry.find(f"{ATOM}title").text == "Elsewhere"
    # Its text is French, and is read inside the German directory.
    assert entry.get(XML_LANGUAGE) == "fr"
    assert entry.find(f"{ATOM}link").get("href").startswith("http://testserver/de/verzeichnis/")
    table = rows(client.get(f"/de/verzeichnis/export.csv{query}"), "de")
    assert [row[0] for row in table] == ["Name", "Elsewhere"]
    feed = ElementTree.fromstring(client.get(f"/de/verzeichnis/feed.atom{query}").content)
    assert feed.find(f"{ATOM}title").text == "1 Studio im Saarland – Testnetz"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == "http://testserver/de/verzeichnis/feed.atom?area=saarland"
    assert links["alternate"] == "http://testserver/de/verzeichnis/?area=saarland"


def test_listing_leads_to_its_copies(world: World, client: Client) -> None:
    response = client.get("/fr/annuaire/?subsector=design&sort=newest")
    assert only(response, "a", id="copy-feed").get("href") == "/fr/annuaire/feed.atom?subsector=design"
    assert only(response, "a", id="copy-table").get("href") == "/fr/annuaire/export.csv?subsector=design"
    announced = [link.get("href") for link in elements(response, "link", type="application/atom+xml")]
    assert announced == ["/fr/feeds/news.atom", "/fr/annuaire/feed.atom?subsector=design"]


def test_sentence_is_title_heading_and_announcement(world: World, client: Client) -> None:
    response = client.get("/fr/annuaire/?area=luxembourg&available=yes")
    sentence = only(response, "h2", id="results-title").text.strip()
    assert "dans le canton de Luxembourg, disponible" in sentence
    assert only(response, "title").text == f"{sentence} – Testnetz"
    assert only(response, id="results").get("data-announcement") == sentence
    assert only(response, id="results").get("data-title") == f"{sentence} – Testnetz"
    untouched = client.get("/fr/annuaire/")
    assert only(untouched, "title").text == f"{world.tree['fr']['directory'].title} – Testnetz"


def test_later_page_is_named_in_the_title(world: World, client: Client) -> None:
    for number in range(30):
        MemberPageFactory(parent=world.tree["en"]["directory"], title=f"Member {number}", area="saarland")
    assert only(client.get("/en/directory/?area=saarland&page=2"), "title").text == (
        "30 studios in Saarland – page 2 of 2 – Testnetz"
    )
    response = client.get("/en/directory/?area=saarland")
    assert only(response, "title").text == "30 studios in Saarland – Testnetz"
    assert only(response, id="results").get("data-announcement") == "30 studios in Saarland – page 1 of 2"


def test_table_is_written_for_spreadsheets_in_the_readers_language(world: World, client: Client) -> None:
    response = client.get("/de/verzeichnis/export.csv")
    head, *_rest = rows(response, "de")
    assert head[:3] == ["Name", "Branche", "Kompetenz"]
    assert 'filename="verzeichnis-' in response["Content-Disposition"]
    assert response["Content-Disposition"].startswith("attachment")


def test_table_of_members_has_what_the_public_profile_shows(world: World, client: Client) -> None:
    MemberPageFactory(
        parent=world.tree["fr"]["directory"],
        title="Complete",
        area="saarland",
        website="https://complete.example/",
        spoken_languages=["fr", "de"],
    )
    MemberPageFactory(parent=world.tree["fr"]["directory"], title="Sparse", area="saarland")
    head, complete, sparse = rows(client.get("/de/verzeichnis/export.csv?area=saarland"), "de")
    complete, sparse = dict(zip(head, complete, strict=True)), dict(zip(head, sparse, strict=True))
    assert (complete["Website"], complete["Arbeitssprachen"]) == ("https://complete.example/", "Französisch, Deutsch")
    assert (sparse["Name"], sparse["Website"]) == ("Sparse", "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "＝"])
def test_nothing_in_a_table_is_a_formula(world: World, client: Client, start: str) -> None:
    title = f"{start}HYPERLINK(A1)"
    MemberPageFactory(parent=world.tree["fr"]["directory"], title=title, slug="formula", area="saarland")
    table = rows(client.get("/fr/annuaire/export.csv?area=saarland"), "fr")
    assert table[1][0] == f"'{title}"


def test_table_has_all_matches_however_many_it_asks_for_at_once(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "ROWS_AT_ONCE", 3)
    add_members(world)
    add_members(world)
    shown = card_keys(client.get("/fr/annuaire/"))
    table = rows(client.get("/fr/annuaire/export.csv"), "fr")[1:]
    assert len(table) == len(shown) > 9
    assert len({row[-1] for row in table}) == len(table)


def test_feed_ends_somewhere_and_is_ordered_by_date(world: World, client: Client) -> None:
    for number in range(FEED_LENGTH + 2):
        MemberPageFactory(parent=world.tree["fr"]["directory"], joined_on=f"20{number % 25:02d}-01-05")
    found = entries(client.get("/fr/annuaire/feed.atom?sort=name"))
    dates = [entry.find(f"{ATOM}published").text for entry in found]
    assert len(found) == FEED_LENGTH
    assert dates == sorted(dates, reverse=True)


def test_entry_keeps_its_id_and_says_when_it_changed(world: World, client: Client) -> None:
    page = world.full["member"]["fr"]
    address = f"/fr/annuaire/feed.atom?q={quote_plus(page.title)}"
    before = entries(client.get(address))[0]
    page.title += " & Co"
    page.save_revision().publish()
    after = entries(client.get(address))[0]
    assert before.find(f"{ATOM}id").text == after.find(f"{ATOM}id").text
    assert uuid.UUID(after.find(f"{ATOM}id").text.removeprefix("urn:uuid:"))
    assert before.find(f"{ATOM}updated").text < after.find(f"{ATOM}updated").text


@pytest.mark.parametrize("form", COPIES)
def test_copies_cost_the_same_however_much_they_hold(world: World, client: Client, form: str) -> None:
    counts = []
    for _round in range(2):
        add_members(world)
        client.get(f"/fr/annuaire/{form}")
        with counted() as queries:
            client.get(f"/fr/annuaire/{form}")
        counts.append(len(queries))
        assert not queries.repeated()
    assert counts[0] == counts[1] <= MOST_QUERIES


@pytest.mark.parametrize("form", COPIES)
def test_copies_of_a_restricted_listing_are_restricted(world: World, client: Client, form: str) -> None:
    index = world.tree["fr"]["directory"]
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    response = client.get(f"{index.url}{form}")
    assert response.status_code == 302
    assert response["Location"].startswith("/fr/account/login/")


@pytest.mark.parametrize("form", COPIES)
def test_copies_hold_public_things_only_whoever_is_signed_in(world: World, form: str) -> None:
    page = MemberPageFactory(parent=world.tree["fr"]["directory"], title="Behind the door")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    client = Client()
    client.force_login(UserFactory(group="Members"))
    assert "Behind the door" in client.get("/fr/annuaire/").content.decode()
    assert "Behind the door" not in client.get(f"/fr/annuaire/{form}").content.decode()


@pytest.mark.parametrize("form", COPIES)
def test_odd_input_makes_no_copy_fail(world: World, client: Client, form: str) -> None:
    for address in ("/fr/annuaire/", search_address("de")):
        for query in ODD:
            response = client.get(f"{address}{form}?{query}")
            assert response.status_code == 200, query
            if form == "feed.atom":
                ElementTree.fromstring(response.content)


def test_address_of_a_copy_that_is_none_is_not_found(world: World, client: Client) -> None:
    plain = world.tree["fr"]["home"].url
    for address in (f"{plain}feed.atom", f"{plain}export.csv", "/fr/annuaire/feed.atom/", "/fr/annuaire/other.csv"):
        assert client.get(address).status_code == 404, address
