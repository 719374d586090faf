import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from directory.facets import DIRECTORY
from search.checks import check_languages, check_page_types
from search.models import OutboxRow, SearchEntry
from search.views import site_search
from tests.factories.core import SubsectorFactory
from tests.factories.directory import MemberPageFactory

GARBAGE = [
    "q=%00", "q=%ff%fe", "q=%22", "q=%27%29%3B--", "q=%25%25", "q=" + "a+" * 1000, "q=" + "%F0%9F%8E%A8" * 500,
    "page=-1", "page=99999999999999999999", "page=%00", "page=2&page=x", "sort=%00", "sort=name&sort=relevance",
    "area=%00", "area=" + "&area=".join("x" * 50), "subsector=design&subsector=%22", "size=2-4&size[]=1", "&&&=",
    "type=member", "available=no", "available=yes&available=yes", "q=*%3A*", "q=%5C", "q=%EF%BC%87", "page=400",
]  # fmt: skip


@pytest.fixture
def members(tree):
    design, music = SubsectorFactory(slug="design"), SubsectorFactory(slug="music")
    parent = tree["fr"]["directory"]
    for number in range(30):
        MemberPageFactory(
            parent=parent,
            title=f"Member {number:02d}",
            subsectors=[design, music][: 1 + number % 2],
            area="luxembourg" if number % 3 else "saarland",
            open_for_work=number < 10,
        )


def listing(query: str = ""):
    return DIRECTORY.answer(QueryDict(query), path="/fr/annuaire/", language="fr")


def counts(result, facet: str) -> dict[str, int]:
    values = next(found for found in result.facets if found.name == facet).values
    return {value.value: value.count for value in values}


def test_no_input_raises(members):
    for query in GARBAGE:
        result = listing(query)
        assert 0 <= len(result.hits) <= 24, query
        assert site_search(RequestFactory().get(f"/fr/recherche/?{query}")).status_code == 200, query


def test_facets_are_or_inside_and_and_between(members):
    assert listing("subsector=music").total == 15
    assert listing("subsector=music&subsector=design").total == 30
    assert listing("subsector=music&area=saarland").total == 5
    assert listing("subsector=music&area=saarland&available=yes").total == 2


def test_counts_leave_out_the_facets_own_selection(members):
    result = listing("area=saarland&subsector=music")
    assert counts(result, "area") == {"luxembourg": 10, "saarland": 5}
    assert counts(result, "subsector") == {"design": 10, "music": 5}


def test_tags_remove_one_filter_each(members):
    result = listing("q=member&area=saarland&subsector=music")
    assert [(tag.facet, tag.value) for tag in result.tags] == [
        ("q", "member"),
        ("subsector", "music"),
        ("area", "saarland"),
    ]
    assert result.tags[1].url == "/fr/annuaire/?q=member&area=saarland"
    assert result.tags[0].url == "/fr/annuaire/?subsector=music&area=saarland"
    assert result.clear_url == "/fr/annuaire/"


def test_page_beyond_the_end_is_the_last_page(members):
    result = listing("page=999")
    assert (result.page, result.page_count, len(result.hits)) == (2, 2, 6)
    assert (result.first, result.last) == (25, 30)
    assert (result.next_url, result.previous_url) == ("", "/fr/annuaire/")


def test_a_listing_costs_two_queries_whatever_is_chosen_and_a_third_with_words(members):
    listing("q=member&area=saarland")  # labels and the lexicon are remembered from here on
    for query, cost in (
        ("", 2),
        ("area=saarland&subsector=music&available=yes", 2),
        ("q=member", 3),  # is the lexicon still the same?
        ("q=member&area=saarland&subsector=music&sort=newest&page=2", 3),
    ):
        with CaptureQueriesContext(connection) as captured:
            listing(query)
        assert len(captured) == cost, [row["sql"][:150] for row in captured]


def test_name_sorts_accents_and_cases_together(tree):
    for title in ("Zoo", "élan", "Eland", "Ángel", "angle", "Œuvre", "über"):
        MemberPageFactory(parent=tree["fr"]["directory"], title=title)
    shown = [hit.card["title"] for hit in listing("sort=name").hits]
    assert shown == ["Ángel", "angle", "élan", "Eland", "Œuvre", "über", "Zoo"]


def test_relevance_puts_the_name_first(tree):
    parent = tree["fr"]["directory"]
    MemberPageFactory(parent=parent, title="Aaa", summary="Nous imprimons des affiches.")
    MemberPageFactory(parent=parent, title="Zzz Affiche", summary="Atelier.")
    assert [hit.card["title"] for hit in listing("q=affiches").hits] == ["Zzz Affiche", "Aaa"]


def test_every_word_must_match(members):
    assert listing("q=member+05").total == 1
    assert listing("q=member+xyzzy&exact=1").total == 0
    assert listing("q=member+xyzzy&area=saarland").total == 0, "filtered: what is too much is not guessed"
    widened = listing("q=member+xyzzy")
    assert (widened.total, [found.kind for found in widened.widened]) == (30, ["term", "fewer"])


def test_contact_details_are_in_no_entry(tree):
    MemberPageFactory(
        parent=tree["fr"]["directory"],
        contact_name="Planted Person",
        contact_email="p@x.example",
        contact_phone="555 987",
    )
    entry = SearchEntry.objects.get(doc_type="member")
    stored = f"{entry.body}{entry.texts}{entry.terms}{list(entry.values.values_list('value'))}"
    assert not any(marker in stored for marker in ("Planted", "p@x.example", "555 987", "planted"))


def test_site_search_asks_before_it_answers(members):
    request = RequestFactory().get("/fr/recherche/")
    response = site_search(request)
    assert response.context_data["listing"] is None
    assert "HX-Request" in response["Vary"]
    found = site_search(RequestFactory().get("/fr/recherche/?q=member&type=member"))
    assert found.context_data["listing"].total == 30
    assert counts(found.context_data["listing"], "type")["member"] == 30
    assert found.template_name == "search/search.html"
    partial = site_search(RequestFactory().get("/fr/recherche/?q=member", headers={"HX-Request": "true"}))
    assert partial.template_name == "components/listing_results.html"


def test_without_elasticsearch_nothing_piles_up_in_the_outbox(members):
    assert not OutboxRow.objects.exists()


def test_check_and_update_commands(members, capsys):
    call_command("search_index", "check")
    entry = SearchEntry.objects.filter(doc_type="member").first()
    SearchEntry.objects.filter(pk=entry.pk).update(is_listed=False)
    with pytest.raises(CommandError):
        call_command("search_index", "check")
    assert f"member: not in entries: {entry.key}" in capsys.readouterr().out
    call_command("search_index", "update")
    call_command("search_index", "check", types=["member"])
    call_command("search_index", "rebuild", entries=True)
    with pytest.raises(CommandError, match="Unknown types: nothing"):
        call_command("search_index", "check", types=["nothing"])


def test_every_page_type_says_whether_it_is_searched():
    assert check_page_types(None) == []


def test_page_type_without_a_word_about_search_is_named(monkeypatch):
    from home.models import HomePage

    monkeypatch.delattr(HomePage, "search_document")
    assert [message.id for message in check_page_types(None)] == ["search.E001"]
    monkeypatch.setattr(HomePage, "search_document", "nothing", raising=False)
    assert [message.id for message in check_page_types(None)] == ["search.E002"]


def test_language_without_analyzer_is_named(settings):
    assert check_languages(None) == []
    settings.LANGUAGES = [*settings.LANGUAGES, ("pt", "Portuguese")]
    assert [message.id for message in check_languages(None)] == ["search.W001"]
