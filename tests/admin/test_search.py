"""Editors see what was searched for in vain and change what the search knows, as far as they may change the terms."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.services import Tree
from search import lexicon
from search.models import EmptySearch, MissingReport, PinnedResult
from tests.admin.conftest import client_of
from tests.factories.core import SkillFactory
from tests.factories.directory import MemberPageFactory
from tests.queries import counted

REPORT = "/admin/search/without-results/"
TRIAL = "/admin/search/try/"
PINS = "/admin/snippets/search/pinnedresult/"
REPORTS = "/admin/snippets/search/missingreport/"
STAFF = {"editor", "moderator", "administrator"}


@pytest.fixture
def skill(tree: Tree):
    made = SkillFactory(slug="ceramics", labels={"fr": "Céramique", "de": "Keramik", "en": "Ceramics"})
    MemberPageFactory(parent=tree["fr"]["directory"], title="Un", skills=[made])
    cache.clear()
    return made


def empty_search(terms: str = "keramikkurs", **changes) -> EmptySearch:
    now = timezone.now()
    given = {"listing": "member", "language": "fr", "first_at": now, "last_at": now, "terms": terms, **changes}
    return EmptySearch.objects.create(**given)


def opens(response) -> bool:
    """Refused: the sign-in page, or the admin's own front page with a word about it."""
    if response.status_code == 302:
        assert response["Location"] == "/admin/" or "/login/" in response["Location"]
    return response.status_code == 200


@pytest.mark.parametrize("role", ["anonymous", "member", "editor", "moderator", "administrator"])
def test_every_page_opens_to_whom_it_should(role: str, skill, tree: Tree) -> None:
    client = client_of(role)
    row = empty_search()
    message = MissingReport.objects.create(key=uuid4(), language="fr", message="Un tatoueur")
    addresses = [REPORT, f"{REPORT}results/", TRIAL, f"{TRIAL}?q=x", PINS, f"{PINS}add/", REPORTS]
    addresses += [f"{REPORTS}edit/{message.pk}/", f"{REPORT}?export=csv"]
    assert {path: opens(client.get(path)) for path in addresses} == dict.fromkeys(addresses, role in STAFF)
    # Readers write the messages, and only moderators take them away.
    assert not opens(client.get(f"{REPORTS}add/")) or role == "administrator"
    assert opens(client.get(f"{REPORTS}delete/{message.pk}/")) == (role in {"moderator", "administrator"})
    if role not in STAFF:
        client.post(f"{REPORT}{row.pk}/synonym/", {"concept": "skill:ceramics"})
        client.post(f"{REPORT}{row.pk}/dismiss/")
        client.post(TRIAL, {"q": "x", "language": "fr", "listing": "member", "concept": "skill:ceramics"})
        assert EmptySearch.objects.get().state == "open"
        assert skill.labels.get(language="fr").synonyms == ""


def test_a_click_makes_a_synonym_and_leads_to_the_search(skill, editor: Client) -> None:
    row = empty_search()
    page = editor.get(REPORT)
    assert 'value="skill:ceramics"' in page.content.decode()
    response = editor.post(
        f"{REPORT}{row.pk}/synonym/", {"concept": "skill:ceramics", "next": f"{REPORT}?p=1"}, follow=True
    )
    assert response.redirect_chain[0][0] == f"{REPORT}?p=1"
    text = response.content.decode()
    assert "/fr/annuaire/?q=keramikkurs" in text
    assert "keramikkurs" in skill.labels.get(language="fr").synonyms
    assert not response.context["object_list"]
    assert editor.get("/fr/annuaire/?q=keramikkurs").context["listing"].total == 1


def test_another_term_and_another_word_may_be_chosen(skill, editor: Client) -> None:
    row = empty_search("cherche tourneur")
    editor.post(f"{REPORT}{row.pk}/synonym/", {"concept": "other", "other": "skill:ceramics", "word": "tourneur"})
    assert skill.labels.get(language="fr").synonyms == "tourneur"
    assert EmptySearch.objects.get().state == "solved"
    solved = editor.get(f"{REPORT}?state=solved").context["object_list"]
    assert [found.terms for found in solved] == ["cherche tourneur"]


@pytest.mark.parametrize("given", [{}, {"concept": "other"}, {"concept": "skill:ceramics", "word": "a, b"}])
def test_mistakes_are_said_and_change_nothing(skill, editor: Client, given: dict) -> None:
    row = empty_search()
    response = editor.post(f"{REPORT}{row.pk}/synonym/", {**given, "next": "https://elsewhere.example/"}, follow=True)
    assert response.redirect_chain[0][0] == REPORT
    assert response.status_code == 200
    assert EmptySearch.objects.get().state == "open"


def test_without_the_right_on_the_terms_there_are_no_buttons(skill, tree: Tree) -> None:
    Group.objects.get(name="Editors").permissions.remove(Permission.objects.get(codename="change_skill"))
    client = client_of("editor")
    row = empty_search()
    assert 'value="skill:ceramics"' not in client.get(REPORT).content.decode()
    assert not opens(client.post(f"{REPORT}{row.pk}/synonym/", {"concept": "skill:ceramics"}))
    given = {"q": "x", "language": "fr", "listing": "member", "concept": "skill:ceramics", "synonyms": "x"}
    shown = client.get(TRIAL, given)
    assert shown.context["found"] is not None
    assert not shown.context["may_save"]
    assert not opens(client.post(TRIAL, given))
    assert not opens(client.post(f"{REPORT}{row.pk}/synonym/", {"concept": "area:saarland"}))
    assert skill.labels.get(language="fr").synonyms == ""


def test_a_search_can_be_dismissed(skill, editor: Client) -> None:
    row = empty_search()
    assert editor.get(f"{REPORT}{row.pk}/dismiss/").status_code == 405
    editor.post(f"{REPORT}{row.pk}/dismiss/")
    assert EmptySearch.objects.get().state == "dismissed"
    assert not editor.get(REPORT).context["object_list"]


def test_the_list_sorts_and_filters(skill, editor: Client) -> None:
    empty_search("often", count=9)
    empty_search("seldom", language="de", filters="area=saarland&skill=ceramics")
    empty_search("elsewhere", listing="site", count=2)

    def terms(query: str) -> list[str]:
        return [row.terms for row in editor.get(f"{REPORT}{query}").context["object_list"]]

    assert terms("") == ["often", "elsewhere", "seldom"]
    assert terms("?ordering=count") == ["seldom", "elsewhere", "often"]
    assert terms("?language=de") == ["seldom"]
    assert terms("?listing=site") == ["elsewhere"]
    assert terms("?q=oft") == ["often"]
    assert "Céramique" in editor.get(f"{REPORT}?language=de").content.decode()


def test_the_list_costs_the_same_however_long_it_is(skill, editor: Client) -> None:
    counts = []
    for round_number in range(2):
        for number in range(5):
            empty_search(f"keramik{round_number}{number}", filters="skill=ceramics")
        editor.get(REPORT)
        with counted() as queries:
            assert editor.get(REPORT).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Trying a search


def trial(client: Client, **changes):
    given = {"q": "tourneur", "language": "fr", "listing": "member", "concept": "skill:ceramics", **changes}
    return client.get(TRIAL, given)


def test_a_trial_shows_before_and_after_and_changes_nothing(skill, editor: Client) -> None:
    response = trial(editor, synonyms="potier, tourneur")
    found = response.context["found"]
    assert (found.before.total, found.after.total) == (0, 1)
    assert [row.move for row in found.rows_after] == ["new"]
    assert editor.get("/fr/annuaire/?q=tourneur").context["listing"].total == 0


def test_it_fills_in_the_synonyms_of_the_chosen_term(skill, editor: Client) -> None:
    skill.labels.filter(language="de").update(synonyms="Töpfer, Dreher")
    cache.clear()
    lexicon.changed()
    assert trial(editor, language="de").context["form"]["synonyms"].value() == "Töpfer, Dreher"
    other = trial(editor, language="de", synonyms="x", synonyms_of="skill:ceramics fr")
    assert other.context["form"]["synonyms"].value() == "Töpfer, Dreher"
    same = trial(editor, language="de", synonyms="x", synonyms_of="skill:ceramics de")
    assert same.context["form"]["synonyms"].value() == "x"


def test_what_was_tried_can_be_saved(skill, editor: Client) -> None:
    given = {"q": "tourneur", "language": "fr", "listing": "member", "concept": "skill:ceramics"}
    given["synonyms"] = "tourneur"
    empty_search("tourneur")
    response = editor.post(TRIAL, given, follow=True)
    assert "/fr/annuaire/?q=tourneur" in response.content.decode()
    assert response.context["found"].before.total == 1
    assert EmptySearch.objects.get().state == "solved"


def test_a_page_is_tried_in_first_place_and_pinned(skill, tree: Tree, editor: Client) -> None:
    page = MemberPageFactory(parent=tree["fr"]["directory"], title="Zoé")
    found = trial(editor, q="céramique", concept="", page=page.pk).context["found"]
    assert [(row.hit.card["title"], row.move, row.was) for row in found.rows_after] == [
        ("Zoé", "new", 0),
        ("Un", "down", 1),
    ]
    given = {"q": "céramique", "language": "fr", "listing": "member", "page": page.pk}
    editor.post(TRIAL, given)
    assert PinnedResult.objects.get().page_id == page.pk
    again = editor.post(TRIAL, given, follow=True)
    assert PinnedResult.objects.count() == 1
    assert again.status_code == 200


@pytest.mark.parametrize("odd", [{"q": ""}, {"listing": "x"}, {"language": "xx"}, {"concept": "x:y"}, {"page": "x"}])
def test_odd_trials_are_no_error(skill, editor: Client, odd: dict) -> None:
    assert trial(editor, **odd).status_code == 200


def test_a_terms_form_is_tried_before_it_is_saved(skill, editor: Client) -> None:
    rows = list(skill.labels.order_by("pk"))
    form = {}
    for number, row in enumerate(rows):
        form |= {f"labels-{number}-id": row.pk, f"labels-{number}-label": row.label}
        form[f"labels-{number}-synonyms"] = "Dreher" if row.language == "de" else ""
    response = editor.post(reverse("search_trial:term", args=["skill:ceramics"]), form)
    assert "language=de" in response["Location"]
    found = editor.get(response["Location"]).context["found"]
    assert (found.before.total, found.after.total) == (0, 1)
    assert "formaction" in editor.get(f"/admin/snippets/core/skill/edit/{skill.pk}/").content.decode()
    assert editor.get(reverse("search_trial:term", args=["skill:none"])).status_code == 404


# Pinned results and messages


def test_the_same_pin_is_refused_in_words(skill, tree: Tree, editor: Client) -> None:
    page = MemberPageFactory(parent=tree["fr"]["directory"])
    given = {"query": "Céramique d’art", "language": "", "page": page.pk, "position": 1}
    assert editor.post(f"{PINS}add/", given).status_code == 302
    response = editor.post(f"{PINS}add/", {**given, "query": "art ceramique", "language": "de"})
    assert response.status_code == 200
    assert response.context["form"].errors["page"]
    assert PinnedResult.objects.count() == 1


def test_a_message_is_read_and_ticked_off(tree: Tree, editor: Client) -> None:
    message = MissingReport.objects.create(key=uuid4(), language="fr", message="Un <b>tatoueur</b>\nà Esch")
    address = f"{REPORTS}edit/{message.pk}/"
    text = editor.get(address).content.decode()
    assert "Un &lt;b&gt;tatoueur&lt;/b&gt;<br>à Esch" in text
    editor.post(address, {"done": "on", "message": "changed"})
    message.refresh_from_db()
    assert (message.done, message.message) == (True, "Un <b>tatoueur</b>\nà Esch")
