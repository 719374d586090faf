"""What editors steer: searches without results, synonyms, pinned results, and what readers say is missing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError
from django.http import QueryDict
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import ModelLogEntry, PageViewRestriction

from core.models import SiteSettings
from directory.facets import DIRECTORY
from search import emptiness, lexicon, missing
from search.models import EmptySearch, MissingReport, PinnedResult
from search.pins import words_of
from search.steering import SteeringError, add_synonym, pin_page, set_synonyms
from tests.factories.accounts import UserFactory
from tests.factories.core import SkillFactory
from tests.factories.directory import MemberPageFactory
from tests.factories.pages import translate
from tests.queries import counted

LIST = "/fr/annuaire/"


@pytest.fixture
def skill(tree):
    made = SkillFactory(slug="ceramics", labels={"fr": "Céramique", "de": "Keramik", "en": "Ceramics"})
    MemberPageFactory(parent=tree["fr"]["directory"], title="Un", skills=[made], area="luxembourg")
    return made


def missing_address() -> str:
    with override("fr"):
        return reverse("search:missing")


def logged() -> list[tuple[str, str, int]]:
    return [(row.terms, row.filters, row.count) for row in EmptySearch.objects.order_by("terms", "filters")]


def answer(query: str, language: str = "fr", **more):
    return DIRECTORY.answer(QueryDict(query), path="/x/", language=language, **more)


# Searches without results


def test_a_search_that_finds_nothing_is_counted(skill, client: Client):
    for query in ("Tourneur", "tourneur", " TOURNEUR "):
        client.get(LIST, {"q": query, "area": ["saarland", "luxembourg"]})
    row = EmptySearch.objects.get()
    assert logged() == [("tourneur", "area=luxembourg&area=saarland", 3)]
    assert (row.listing, row.language, row.outcome, row.state) == ("member", "fr", "nothing", "open")
    assert row.first_at <= row.last_at


def test_one_with_fewer_words_is_counted_as_that(skill, client: Client):
    client.get(LIST, {"q": "céramique nirgendwo"})
    assert EmptySearch.objects.get().outcome == "fewer"


@pytest.mark.parametrize(
    "query",
    ["q=c%C3%A9ramique", "q=zzz&page=2", "q=zzz&exact=1", "", "q=jean%40exemple.lu", "q=621123456", "q=%2B352+621+12"]
    + ["q=zzz+" + "a" * 90],
)
def test_what_is_no_empty_search_or_looks_personal_is_not(skill, client: Client, query):
    assert client.get(f"{LIST}?{query}").status_code == 200
    assert logged() == []


@pytest.mark.parametrize(
    "headers", [{"Sec-Purpose": "prefetch"}, {"Purpose": "prefetch"}, {"User-Agent": "Mozilla (compatible; Abot/1)"}]
)
def test_pages_nobody_asked_for_are_not_counted(skill, client: Client, headers):
    client.get(LIST, {"q": "zzz"}, headers=headers)
    client.head(LIST, {"q": "zzz"})
    assert logged() == []


def test_nothing_is_counted_while_elasticsearch_is_down(skill, client: Client, settings):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    settings.SEARCH_DEADLINE = 0.2
    response = client.get(LIST, {"q": "zzz"})
    assert response.context["listing"].degraded
    assert logged() == []


def test_a_count_that_fails_breaks_no_page(skill, client: Client, monkeypatch, caplog):
    def fail(*args):
        raise DatabaseError("full")

    monkeypatch.setattr(emptiness, "_count", fail)
    assert client.get(LIST, {"q": "zzz"}).status_code == 200
    assert "could not be counted" in caplog.text


def test_robots_cannot_make_it_grow_for_ever(skill, client: Client, monkeypatch):
    monkeypatch.setattr(emptiness, "MOST_ROWS", 5)
    monkeypatch.setattr(emptiness, "SWEPT", 2)
    for _twice in range(2):
        client.get(LIST, {"q": "wanted"})
    for number in range(12):
        client.get(LIST, {"q": f"xx{number}"})
    assert EmptySearch.objects.count() <= 5
    assert EmptySearch.objects.filter(terms="wanted").exists(), "what is asked often stays"


def test_old_searches_and_addresses_are_forgotten(db, capsys):
    now = timezone.now()
    for days in (399, 401):
        at = now - timedelta(days=days)
        EmptySearch.objects.create(listing="member", terms=str(days), language="fr", first_at=at, last_at=at)
    for days in (364, 366):
        MissingReport.objects.create(
            key=uuid4(), language="fr", message="m", email="a@b.lu", created=now - timedelta(days=days)
        )
    call_command("tidy_search")
    assert [row.terms for row in EmptySearch.objects.all()] == ["399"]
    assert sorted(MissingReport.objects.values_list("email", flat=True)) == ["", "a@b.lu"]


# Synonyms


def test_a_synonym_holds_at_once_and_is_written_once(skill):
    user = UserFactory()
    assert answer("q=tourneur").total == 0
    given = {"concept": "skill:ceramics", "language": "fr", "word": " Tourneur  sur terre ", "user": user}
    assert not add_synonym(**given).was_there
    assert answer("q=tourneur sur terre").total == 1
    assert add_synonym(**given).was_there
    assert skill.labels.get(language="fr").synonyms.count("Tourneur") == 1
    entry = ModelLogEntry.objects.get(action="search.synonyms")
    assert (entry.user, entry.data["added"], entry.object_id) == (user, ["Tourneur sur terre"], str(skill.pk))
    assert "Tourneur sur terre" in entry.message


def test_its_search_leaves_the_list_and_comes_back_if_it_still_finds_nothing(skill, client: Client):
    client.get(LIST, {"q": "tourneur"})
    client.get(LIST, {"q": "tourneur", "area": "saarland"})
    add_synonym(concept="skill:ceramics", language="fr", word="tourneur", user=UserFactory())
    assert set(EmptySearch.objects.values_list("state", flat=True)) == {"solved"}
    client.get(LIST, {"q": "tourneur", "area": "saarland"})
    assert EmptySearch.objects.get(filters="area=saarland").state == "open"


@pytest.mark.parametrize(
    ("concept", "word"),
    [("skill:none", "x"), ("area:saarland", "x"), ("", "x"), ("skill:ceramics", " "), ("skill:ceramics", "a,b")]
    + [("skill:ceramics", "x" * 81)],
)
def test_what_is_no_synonym_or_no_term_is_refused_in_words(skill, concept, word):
    with pytest.raises(SteeringError, match=r"\w+ \w+"):
        add_synonym(concept=concept, language="fr", word=word, user=UserFactory())


def test_synonyms_can_be_replaced(skill):
    user = UserFactory()
    set_synonyms(concept="skill:ceramics", language="fr", words=["potier", "Potier", "tourneur"], user=user)
    assert skill.labels.get(language="fr").synonyms == "potier, tourneur"
    set_synonyms(concept="skill:ceramics", language="fr", words=[], user=user)
    assert answer("q=tourneur").total == 0


# Pinned results


@pytest.fixture
def pinned(skill, tree):
    here = tree["fr"]["directory"]
    return MemberPageFactory(parent=here, title="Zoé", summary="Des affiches.", area="saarland")


def titles(result) -> list[str]:
    return [hit.card["title"] for hit in result.hits]


def test_a_pinned_page_comes_first_and_says_so(pinned):
    assert titles(answer("q=céramique")) == ["Un"]
    pin_page(query="La Ceramique", language="", page=pinned, user=UserFactory())
    found = answer("q=céramique", "de")
    assert titles(found) == ["Zoé", "Un"]
    assert [reason.kind for reason in found.hits[0].why.reasons] == ["pinned"]
    assert found.total == 2
    assert titles(answer("q=céramique&area=luxembourg")) == ["Un"], "filters hold for it, too"


def test_it_holds_for_its_language_and_its_query_only(pinned):
    pin = pin_page(query="céramique", language="de", page=pinned, user=UserFactory())
    assert titles(answer("q=céramique")) == ["Un"]
    assert titles(answer("q=CERAMIQUE", "de")) == ["Zoé", "Un"]
    assert "Zoé" not in titles(answer("q=céramique atelier", "de"))
    assert titles(answer("q=céramique&exact=1", "de")) == []
    pin.delete()
    assert titles(answer("q=céramique", "de")) == ["Un"]


def test_it_costs_no_query(pinned):
    answer("q=céramique")
    with counted() as before:
        answer("q=céramique")
    pin_page(query="céramique", language="", page=pinned, user=UserFactory())
    for _time in range(2):  # the lexicon, then the labels are read again
        answer("q=céramique")
    with counted() as after:
        answer("q=céramique")
    assert len(after) == len(before)


def test_a_page_that_may_not_be_read_is_not_shown(pinned):
    pin_page(query="céramique", language="", page=pinned, user=UserFactory())
    PageViewRestriction.objects.create(page=pinned, restriction_type=PageViewRestriction.LOGIN)
    assert titles(answer("q=céramique", reader=AnonymousUser())) == ["Un"]
    assert titles(answer("q=céramique", reader=UserFactory())) == ["Zoé", "Un"]
    pinned.unpublish()
    assert titles(answer("q=céramique", reader=UserFactory())) == ["Un"]


def test_the_same_page_is_pinned_once_whatever_its_language_and_the_spelling(pinned):
    pin_page(query="céramique d'art", language="", page=pinned, user=UserFactory())
    other = translate(pinned, "de")
    with pytest.raises(SteeringError):
        pin_page(query="Art ceramique", language="de", page=other, user=UserFactory())
    with pytest.raises(ValidationError, match=r"word|mot|Wort"):
        PinnedResult(query=" - ", page=pinned).full_clean()
    assert words_of("L’Art de la Céramique") == "art ceramique"


def test_several_pins_keep_their_order(pinned, skill, tree):
    second = MemberPageFactory(parent=tree["fr"]["directory"], title="Anne")
    PinnedResult.objects.create(query="céramique", page=second, position=2)
    PinnedResult.objects.create(query="céramique", page=pinned, position=1)
    assert titles(answer("q=céramique")) == ["Zoé", "Anne", "Un"]
    changed = lexicon.current().with_pin(lexicon.Pin(words="ceramique", language="", key=str(second.translation_key)))
    assert titles(answer("q=céramique", lexicon=changed)) != []


# What is missing


def send(client: Client, **changes):
    form = {"q": "tatouage", "message": "Un tatoueur", "email": "", "list": "member", "key": str(uuid4()), **changes}
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(missing_address(), form), form


def test_the_form_knows_what_was_searched_for_and_is_kept_by_no_cache(tree, client: Client):
    response = client.get(missing_address(), {"q": "tatouage <b>", "list": "member"})
    assert response.context["form"]["q"].value() == "tatouage <b>"
    assert "no-store" in response["Cache-Control"]
    assert "<b>" not in response.content.decode().split("<main")[1].split("</main")[0]
    assert client.get(missing_address(), {"list": "nowhere"}).status_code == 200


def test_a_message_is_kept_and_mailed(tree, client: Client):
    SiteSettings.objects.create(contact_email="office@cluster.example")
    response, _form = send(client, message="Un tatoueur\r\nà Esch", email="moi@exemple.lu")
    assert response.status_code == 302
    assert client.get(response["Location"]).context["sent"]
    report = MissingReport.objects.get()
    assert (report.query, report.listing, report.language, report.message) == (
        "tatouage",
        "member",
        "fr",
        "Un tatoueur\nà Esch",
    )
    assert report.mailed
    assert (mail.outbox[0].to, mail.outbox[0].reply_to) == (["office@cluster.example"], ["moi@exemple.lu"])
    assert "tatouage" in mail.outbox[0].body


def test_sent_twice_it_is_one_message(tree, client: Client):
    SiteSettings.objects.create(contact_email="office@cluster.example")
    first, form = send(client)
    again, _form = send(client, **form)
    assert first["Location"] == again["Location"]
    assert (MissingReport.objects.count(), len(mail.outbox)) == (1, 1)


def test_nothing_is_lost_while_mail_is_down(tree, client: Client, monkeypatch):
    SiteSettings.objects.create(contact_email="office@cluster.example")

    def refuse(self, messages):
        raise ConnectionRefusedError

    with monkeypatch.context() as down:
        down.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        assert send(client)[0].status_code == 302
    assert not MissingReport.objects.get().mailed
    call_command("tidy_search")
    assert MissingReport.objects.get().mailed
    assert len(mail.outbox) == 1
    assert missing.mail_waiting() == 0


@pytest.mark.parametrize("changes", [{"message": ""}, {"message": "x" * 2001}, {"email": "nobody"}, {"q": "x" * 300}])
def test_mistakes_keep_what_was_typed(tree, client: Client, changes):
    response, form = send(client, **changes)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert response.context["form"]["message"].value() == form["message"]
    assert not MissingReport.objects.exists()


def test_robots_are_thanked_and_forgotten(tree, client: Client):
    response, _form = send(client, website="https://spam.example")
    assert response.status_code == 302
    assert not MissingReport.objects.exists()


@pytest.mark.parametrize(
    "odd", [{"key": "\x00"}, {"list": "x' OR 1"}, {"message": "a\x00b\u2028c"}, {"q": "\ud7ff\x00"}]
)
def test_odd_input_is_no_error(tree, client: Client, odd):
    assert send(client, **odd)[0].status_code in (200, 302)


def test_many_messages_from_one_place_are_slowed_down(tree, client: Client):
    cache.clear()
    answers = [send(client)[0] for _number in range(7)]
    assert [response.status_code for response in answers] == [302] * 6 + [429]
    assert answers[-1].context["form"]["message"].value() == "Un tatoueur"
    assert MissingReport.objects.count() == 6
