"""What a reader does: save, confirm, change, unsubscribe; and every link that leads nowhere."""

from datetime import timedelta

import pytest
from django.core import mail as outgoing
from django.core import signing
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from alerts.forms import MOST_SEARCHES
from alerts.models import AlertMail, SavedSearch
from alerts.services import forget_old
from alerts.tokens import Purpose, make_token
from alerts.wording import Wording
from tests.alerts.conftest import MONDAY_NOON, READER, Cluster
from tests.factories.accounts import UserFactory
from tests.factories.core import LANGUAGES
from tests.factories.worlds import LONG_WORD
from tests.markup import elements, only
from tests.queries import MOST_QUERIES, counted

QUERY = "listing=directory&subsector=design"


def address(name: str, *args: str, language: str = "fr") -> str:
    with translation.override(language):
        return reverse(f"alerts:{name}", args=args)


def link(search: SavedSearch, purpose: Purpose, language: str = "fr") -> str:
    return address(purpose.name.lower(), make_token(search.code, purpose), language=language)


@pytest.fixture
def post(django_capture_on_commit_callbacks):
    """Sends a form; what is to happen after the commit happens."""

    def send(client: Client, url: str, data: dict | None = None, **extra) -> HttpResponse:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(url, data or {}, **extra)

    return send


def form(**changes: str) -> dict[str, str]:
    return {"email": READER, "frequency": "daily", "language": "fr", **changes}


# The way from a listing


def test_listing_leads_to_the_form_without_a_cookie_or_a_token(cluster: Cluster, client: Client) -> None:
    response = client.get("/fr/annuaire/?subsector=design&sort=newest&page=1")
    (offer,) = [a for a in elements(response, "a") if a.get("href").startswith(address("new"))]
    assert offer.get("href") == f"{address('new')}?{QUERY}"
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_listing_offers_nothing_while_nothing_is_chosen(cluster: Cluster, client: Client) -> None:
    assert address("new") not in client.get("/fr/annuaire/").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_form_says_what_is_saved(cluster: Cluster, client: Client, language: str) -> None:
    response = client.get(f"{address('new', language=language)}?{QUERY}&q={LONG_WORD}")
    assert response.status_code == 200
    text = only(response, "main").text
    assert f"design-{language}" in text
    assert LONG_WORD in text
    assert only(response, "option", selected=True).get("value") == language
    assert "no-store" in response["Cache-Control"]
    assert only(response, "meta", name="robots").get("content") == "noindex"


def test_typing_error_is_put_right_before_it_is_saved(cluster: Cluster, client: Client) -> None:
    cluster.join("Delta", cluster.design, summary="Sérigraphie artisanale.")
    response = client.get(f"{address('new')}?listing=directory&q=serigrahpie&subsector=design")
    assert response.status_code == 302
    assert "serigrahpie" not in response.url
    assert "subsector=design" in response.url
    assert client.get(response.url).status_code == 200


@pytest.mark.parametrize("query", ["", "listing=nowhere", "listing=site", "listing=%00", "q=a&listing="])
def test_nothing_to_save_is_said(cluster: Cluster, client: Client, query: str) -> None:
    assert client.get(f"{address('new')}?{query}").status_code == 404


def test_markup_in_a_search_is_shown_as_text(cluster: Cluster, client: Client) -> None:
    response = client.get(f"{address('new')}?listing=directory&q=<script>alert(1)</script>")
    assert "<script>alert" not in response.content.decode()


# With an address


def test_address_is_written_to_and_confirmed_with_a_button(cluster: Cluster, client: Client, post) -> None:
    response = post(client, f"{address('new')}?{QUERY}", form())
    assert response.url == address("sent")
    assert client.get(response.url).status_code == 200
    (message,) = outgoing.outbox
    assert message.to == [READER]
    search = SavedSearch.objects.get()
    way = link(search, Purpose.CONFIRM)
    assert way.rsplit(":", 2)[0] in message.body
    fresh = Client(enforce_csrf_checks=True)
    response = fresh.get(way)
    assert response.status_code == 200
    assert not response.cookies
    search.refresh_from_db()
    assert search.confirmed_at is None  # a scanner that opens links confirms nothing
    response = fresh.post(way)
    assert response.status_code == 302
    search.refresh_from_db()
    assert search.confirmed_at
    assert not fresh.get(way).cookies


def test_used_confirmation_says_that_the_alert_is_active(cluster: Cluster, client: Client, save) -> None:
    way = link(save(), Purpose.CONFIRM)
    client.post(way)
    response = client.get(way)
    assert response.status_code == 200
    with translation.override("fr"):
        assert only(response, "h1").text == gettext("This alert is active")


def test_form_sent_twice_leads_to_one_search_and_one_mail(cluster: Cluster, client: Client, post) -> None:
    url = f"{address('new')}?{QUERY}"
    answers = [post(client, url, form(email=email)) for email in (READER, READER.upper())]
    assert {answer.url for answer in answers} == {address("sent")}
    assert SavedSearch.objects.count() == len(outgoing.outbox) == 1


def test_known_address_gets_the_same_answer_and_its_owner_a_mail(cluster: Cluster, client: Client, save, post) -> None:
    save()
    response = post(client, f"{address('new')}?{QUERY}", form(frequency="weekly"))
    assert response.url == address("sent")
    (message,) = outgoing.outbox
    with translation.override("fr"):
        assert message.subject.startswith(gettext("You have this alert already – %(what)s").partition("–")[0])
    assert SavedSearch.objects.get().frequency == "daily"  # whoever sent the form may be somebody else


def test_same_search_in_another_language_is_another_alert(cluster: Cluster, client: Client, save, post) -> None:
    save()
    post(client, f"{address('new')}?{QUERY}", form(language="de"))
    assert sorted(SavedSearch.objects.values_list("language", flat=True)) == ["de", "fr"]


@pytest.mark.parametrize(
    "changes",
    [
        {"email": ""},
        {"email": "nobody"},
        {"email": f"{'a' * 300}@example.test"},
        {"frequency": "hourly"},
        {"language": "xx"},
    ],
)
def test_bad_input_is_named_beside_its_field(cluster: Cluster, client: Client, changes: dict[str, str]) -> None:
    response = client.post(f"{address('new')}?{QUERY}", form(**changes))
    assert response.status_code == 200
    assert only(response, "div", role="alert")
    assert not SavedSearch.objects.exists()


def test_limit_per_address_is_said_and_nothing_is_saved(cluster: Cluster, client: Client, post) -> None:
    for number in range(6):
        response = post(client, f"{address('new')}?{QUERY}&q=word{number}", form(), REMOTE_ADDR=f"192.0.2.{number}")
    assert response.status_code == 429
    with translation.override("fr"):
        assert only(response, "h1").text == gettext("Too many alerts at once")
    assert SavedSearch.objects.count() == len(outgoing.outbox) == 5


def test_limit_per_connection_counts_all_addresses(cluster: Cluster, client: Client) -> None:
    statuses = [
        client.post(f"{address('new')}?{QUERY}", form(email=f"reader{number}@example.test")).status_code
        for number in range(21)
    ]
    assert statuses == [302] * 20 + [429]


def test_mail_server_that_is_down_delays_the_confirmation(cluster: Cluster, client: Client, post, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert post(client, f"{address('new')}?{QUERY}", form()).url == address("sent")
    assert AlertMail.objects.get().state == "pending"


def test_nobody_confirms_so_the_address_is_forgotten(cluster: Cluster, client: Client) -> None:
    client.post(f"{address('new')}?{QUERY}", form())
    forget_old(at=timezone.now() + timedelta(days=6, hours=23))
    assert SavedSearch.objects.count() == 1
    forget_old(at=timezone.now() + timedelta(days=7, hours=1))
    assert not SavedSearch.objects.exists()


# Ending it


def test_one_click_unsubscribes_without_session_token_or_redirect(cluster: Cluster, save) -> None:
    search = save()
    way = link(search, Purpose.UNSUBSCRIBE)
    response = Client(enforce_csrf_checks=True).post(way, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not response.cookies
    assert not SavedSearch.objects.exists()
    assert Client().post(way, {"List-Unsubscribe": "One-Click"}).status_code == 410


def test_opening_the_link_does_not_unsubscribe(cluster: Cluster, client: Client, save) -> None:
    response = client.get(link(save(), Purpose.UNSUBSCRIBE, "de"))
    assert response.status_code == 200
    assert only(response, "html").get("lang") == "de"
    assert SavedSearch.objects.exists()


# Links that lead nowhere


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["confirm", "unsubscribe", "manage"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_malformed_link_is_explained(cluster: Cluster, client: Client, language: str, name: str, method: str) -> None:
    for token in ("x", "a:b:c", signing.dumps("1", salt="other"), signing.dumps([1], salt=f"alerts.{name}")):
        response = getattr(client, method)(address(name, token, language=language))
        assert response.status_code == 404
        with translation.override(language):
            assert only(response, "h1").text == gettext("This link is not complete")


def test_link_for_one_purpose_serves_no_other(cluster: Cluster, client: Client, save) -> None:
    token = make_token(save().code, Purpose.UNSUBSCRIBE)
    assert client.get(address("manage", token)).status_code == 404
    assert client.post(address("confirm", token)).status_code == 404


@pytest.mark.parametrize("purpose", Purpose)
def test_link_of_a_deleted_search_says_so(cluster: Cluster, client: Client, save, purpose: Purpose) -> None:
    search = save()
    search.delete()
    response = client.get(link(search, purpose))
    assert response.status_code == 410
    with translation.override("fr"):
        assert only(response, "h1").text == gettext("This alert no longer exists")


def test_confirmation_is_good_for_seven_days(cluster: Cluster, client: Client, save, time_machine) -> None:
    search = save()
    way = link(search, Purpose.CONFIRM)
    time_machine.move_to(timezone.now() + timedelta(days=7, minutes=1))
    assert client.post(way).status_code == 410


def test_signed_out_reader_is_led_to_sign_in(cluster: Cluster, client: Client) -> None:
    response = client.get(address("list"))
    assert response.status_code == 200
    assert f"next={address('list')}" in response.content.decode()
    assert not response.cookies
    response = client.post(address("list"), {"action": "delete"})
    assert response.status_code == 403
    with translation.override("fr"):
        assert only(response, "h1").text == gettext("You are no longer signed in")


# With an account


@pytest.fixture
def member(client: Client):
    user = UserFactory()
    client.force_login(user)
    return user


def test_member_saves_at_once_and_sees_it_in_the_list(cluster: Cluster, client: Client, member, post) -> None:
    response = post(client, f"{address('new')}?{QUERY}", form(frequency="weekly", email="other@example.test"))
    search = SavedSearch.objects.get()
    assert (search.user, search.email, search.frequency) == (member, "", "weekly")
    assert search.confirmed_at
    assert outgoing.outbox == []
    response = client.get(response.url)
    assert "/fr/annuaire/?subsector=design" in [a.get("href") for a in elements(response, "a")]
    assert only(response, role="status").text


def test_member_who_saves_again_changes_the_frequency(cluster: Cluster, client: Client, member, save) -> None:
    save(user=member)
    client.post(f"{address('new')}?{QUERY}", form(frequency="weekly"))
    assert SavedSearch.objects.get().frequency == "weekly"


def test_member_changes_and_deletes_only_their_own(cluster: Cluster, client: Client, member, save) -> None:
    own, other = save(user=member), save(user=UserFactory())
    change = {"alert": own.code, "action": "save", "frequency": "weekly"}
    assert client.post(address("list"), change).url.endswith("news=changed")
    own.refresh_from_db()
    assert own.frequency == "weekly"
    for foreign in ({"alert": other.code}, {"alert": "nonsense"}, {}):
        assert client.post(address("list"), {**foreign, "action": "delete"}).url.endswith("news=gone")
    assert client.post(address("list"), {**change, "frequency": "hourly"}).url.endswith("news=gone")
    assert client.post(address("list"), {**change, "action": "delete"}).url.endswith("news=deleted")
    assert list(SavedSearch.objects.all()) == [other]


def test_member_has_only_so_many(cluster: Cluster, client: Client, member) -> None:
    SavedSearch.objects.bulk_create(
        SavedSearch(listing="news", query=f"q={number}", fingerprint=str(number), user=member)
        for number in range(MOST_SEARCHES)
    )
    response = client.post(f"{address('new')}?{QUERY}", form())
    assert response.status_code == 200
    assert str(MOST_SEARCHES) in only(response, "div", role="alert").text


def test_list_costs_the_same_however_long_it_is(cluster: Cluster, client: Client, member, save) -> None:
    counts = []
    for first in (0, 4):
        for number in range(first, first + 4):
            save(f"subsector=design&q=w{number}", user=member)
            save(f"q=w{number}", listing="site", user=member)
        client.get(address("list"))
        with counted() as queries:
            response = client.get(address("list"))
        assert len(elements(response, "li", class_="alert-list__item")) == 2 * (first + 4)
        counts.append(len(queries))
        assert not queries.repeated()
    assert counts[0] == counts[1] <= MOST_QUERIES


# The list of an address


def test_key_from_a_mail_opens_the_list_of_its_address(cluster: Cluster, save) -> None:
    search, other = save(), save("subsector=music")
    foreign = save(email="other@example.test")
    client = Client(enforce_csrf_checks=True)
    way = link(search, Purpose.MANAGE)
    response = client.get(way)
    codes = [field.get("value") for field in elements(response, "input", name="alert")]
    assert sorted(codes) == sorted([str(search.code), str(other.code)])
    assert not response.cookies
    assert client.post(way, {"alert": foreign.code, "action": "delete"}).url.endswith("news=gone")
    answer = client.post(way, {"alert": search.code, "action": "delete"})
    assert client.get(answer.url).status_code == 200  # by the other one's key
    assert client.post(answer.url, {"alert": other.code, "action": "delete"}).status_code == 200
    assert list(SavedSearch.objects.all()) == [foreign]


def test_key_of_a_member_needs_the_session(cluster: Cluster, client: Client, save) -> None:
    assert client.get(link(save(user=UserFactory()), Purpose.MANAGE)).url == address("list")


# In words, and in the admin


def test_search_is_described_in_any_language(cluster: Cluster, save) -> None:
    with translation.override("fr"):
        german = Wording("de").describe("directory", "q=plakat&subsector=design&available=yes")
    with translation.override("de"):
        available = gettext("Open for work")
        words = gettext("“%(words)s”") % {"words": "plakat"}
        everything = gettext("Upcoming")
    assert len(Wording("de").describe("directory", "q=plakat&exact=1").choices) == 2
    assert str(german) == f"Directory de: {words}, design-de, {available}"
    assert german.newest_url == "/de/verzeichnis/?q=plakat&subsector=design&available=yes&sort=newest"
    assert [choice.label for choice in Wording("de").describe("events", "").choices] == [everything]
    assert str(Wording("de").describe("gone", "q=x")) == "gone"


def test_report_counts_alerts_and_names_nobody(cluster: Cluster, client: Client, save) -> None:
    save()
    save(email="other@example.test", frequency="weekly")
    client.force_login(UserFactory(group="Moderators"))
    response = client.get(reverse("alerts_report"))
    assert response.status_code == 200
    page = response.content.decode()
    assert "design-" in page
    assert READER not in page
    assert READER not in client.get(f"{reverse('alerts_report')}?export=csv").getvalue().decode()
    client.force_login(UserFactory(group="Editors"))
    assert client.get(reverse("alerts_report")).status_code in (302, 403)


def test_saving_does_not_depend_on_the_moment_of_confirmation(cluster: Cluster, save) -> None:
    assert save().last_run == MONDAY_NOON
