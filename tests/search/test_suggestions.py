"""What a search field suggests: folded on both sides, to whom, in which order, and at what cost."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction

from core.models import Skill
from search import comparison
from search.documents import document_for
from search.entries import refresh
from search.models import SearchEntry, SuggestionWord
from search.starts import parts, starts, typed
from tests.factories.core import SkillFactory, SubsectorFactory, TopicFactory
from tests.factories.directory import MemberPageFactory
from tests.factories.guides import GuidePageFactory
from tests.factories.news import NewsPageFactory
from tests.factories.pages import publish, translate, unpublish
from tests.queries import counted

MOST_QUERIES = 3
LANGUAGES = ("fr", "de", "en")


@pytest.fixture
def directory(tree):
    return tree["fr"]["directory"]


def address(language: str = "fr") -> str:
    with translation.override(language):
        return reverse("search:suggestions")


def ask(query: str, *, language: str = "fr", listing: str = "", client: Client | None = None) -> dict:
    parameters = {"q": query, **({"listing": listing} if listing else {})}
    response = (client or Client()).get(address(language), parameters)
    assert response.status_code == 200
    return response.json()


def title(pieces: list) -> str:
    return "".join(text for text, _is_match in pieces)


def titles(query: str, **how) -> list[str]:
    return [title(item["parts"]) for item in ask(query, **how)["items"]]


FOUND = [
    ("Élan sonore", "elan"),
    ("Élan sonore", "ÉLA"),
    ("Elan sonore", "élan"),
    ("Élan sonore", "sonore"),
    ("Élan sonore", "élan son"),
    ("Élan sonore", "sono el"),
    ("L’Atelier d’Élise", "l'at"),
    ("L’Atelier d’Élise", "l’atelier"),
    ("L'Atelier d'Élise", "élise atel"),
    ("L’Atelier d’Élise", "d’eli"),
    ("Œuvres vives", "oeuv"),
    ("Oeuvres vives", "œuvres"),
    ("Straßentheater Groß", "strass"),
    ("Straßentheater Groß", "straß"),
    ("Grossmann", "groß"),
    ("Müller Grafik", "mull"),
    ("Müller Grafik", "muel"),
    ("Müller Grafik", "MÜL"),
    ("Mueller Grafik", "mül"),
    ("Mueller Grafik", "mull"),
    ("Cre\u0301mant", "crém"),
    ("De la Terre", "de la"),
    ("Bureau de Luc", "bureau de"),
    ("Bureau de Luc", "bureau de l"),
    ("Studio 57", "57"),
    ("100% Laine", "100%"),
]


@pytest.mark.parametrize(("name", "query"), FOUND)
def test_beginning_of_a_word_is_found_however_it_is_written(directory, name, query):
    MemberPageFactory(parent=directory, title=name)
    MemberPageFactory(parent=directory, title="Zzz")
    assert [item.replace("é", "e\u0301") for item in titles(query)] in ([name], [name.replace("é", "e\u0301")])


@pytest.mark.parametrize(("name", "query"), [("Poésie", "posi"), ("Élan", "lan"), ("Atelier", "at x"), ("Élan", "e")])
def test_what_does_not_begin_a_word_is_not_found(directory, name, query):
    MemberPageFactory(parent=directory, title=name)
    assert titles(query) == []


@pytest.mark.parametrize(
    ("name", "query", "marked"),
    [
        ("Élan sonore", "ela so", ["Éla", "so"]),
        ("Müller", "muel", ["Mül"]),
        ("Straße", "stras", ["Straß"]),
        ("L’œuvre", "oe", ["œ"]),
        ("<b>Élan</b>", "elan", ["Élan"]),
    ],
)
def test_what_was_typed_is_emphasised(name, query, marked):
    pieces = parts(name, typed(query))
    assert title(pieces) == name
    assert [text for text, is_match in pieces if is_match] == marked


def test_articles_do_not_count_before_a_name():
    assert dict(starts("L’Atelier de Luc")) == {"l atelier de luc": 0, "atelier de luc": 0, "luc": 1}


def test_names_that_begin_so_come_first_then_whole_words(directory):
    for name in ("Studio Elan", "Elandra", "Elan", "Elan Vital"):
        MemberPageFactory(parent=directory, title=name)
    assert titles("elan") == ["Elan", "Elan Vital", "Elandra", "Studio Elan"]


def test_words_in_the_typed_order_come_first(directory):
    for name in ("Studio Vert Anna", "Studio Anna"):
        MemberPageFactory(parent=directory, title=name)
    assert titles("studio ann") == ["Studio Anna", "Studio Vert Anna"]


def test_name_is_shown_in_the_readers_language_and_what_was_found_beside_it(directory):
    page = MemberPageFactory(parent=directory, title="Atelier du Nord", slug="nord")
    assert ask("atelier", language="de")["items"] == [
        {
            "parts": [["Atelier", True], [" du Nord", False]],
            "url": "/de/verzeichnis/nord/",
            "type": "Mitglieder",
            "lang": "fr",
        }
    ]
    translate(page, "de", title="Werkstatt Nord", slug="nord")
    (item,) = ask("atelier", language="de")["items"]
    assert title(item["parts"]) == "Werkstatt Nord"
    assert (title(item["note"]), item["note_lang"]) == ("Atelier du Nord", "fr")
    assert "lang" not in item


def test_title_in_the_readers_language_comes_before_one_in_another(tree):
    hidden = NewsPageFactory(parent=tree["fr"]["news"], title="Fonds ouverts")
    translate(hidden, "en", title="Open money")
    shown = NewsPageFactory(parent=tree["fr"]["news"], title="Argent")
    translate(shown, "en", title="The great fonds")
    assert titles("fonds", language="en") == ["The great fonds", "Open money"]


def test_skill_is_found_by_its_words_in_any_language_and_leads_to_the_directory(directory):
    skill = SkillFactory(slug="engraving", labels={"fr": "Gravure", "de": "Kupferstich", "en": "Engraving"})
    for label in skill.labels.all():
        label.synonyms = {"fr": "graveur, graveuse", "de": "Stecherin", "en": "etcher"}[label.language]
        label.save()
    Skill.drop_label_cache()
    MemberPageFactory(parent=directory, title="Un", skills=[skill])
    MemberPageFactory(parent=directory, title="Deux", skills=[skill])
    (item,) = ask("grav")["items"]
    assert (item["parts"], item["url"]) == ([["Grav", True], ["ure", False]], "/fr/annuaire/?skill=engraving")
    assert item["facet"] == ["skill", "engraving"]
    assert item["detail"].startswith("2 ")
    (item,) = ask("etch", language="de")["items"]
    assert (title(item["parts"]), item["url"]) == ("Kupferstich", "/de/verzeichnis/?skill=engraving")
    assert (item["note"], item["note_lang"]) == ([["etch", True], ["er", False]], "en")


def test_term_that_leads_to_nothing_is_not_suggested(directory):
    skill = SkillFactory(slug="engraving", labels={"fr": "Gravure"})
    assert titles("gravure") == []
    page = MemberPageFactory(parent=directory, title="Un", skills=[skill])
    cache.clear()  # counts are kept for a minute
    assert titles("gravure") == ["Gravure"]
    unpublish(page)
    cache.clear()
    assert titles("gravure") == []


def test_topic_leads_to_the_listing_that_has_most_of_it(tree):
    topic = TopicFactory(slug="tax", labels={"fr": "Fiscalité"})
    for number in range(3):
        GuidePageFactory(parent=tree["fr"]["guides"], title=f"Guide {number}", topics=[topic])
    NewsPageFactory(parent=tree["fr"]["news"], title="Une", topics=[topic])
    (item,) = ask("fisc")["items"]
    assert item["url"] == "/fr/guides/?topic=tax"
    (item,) = ask("fisc", listing="news")["items"]
    assert (item["url"], item["detail"][0]) == ("/fr/actualites/?topic=tax", "1")


def test_renamed_term_is_found_by_its_new_name(directory, django_capture_on_commit_callbacks):
    skill = SkillFactory(slug="engraving", labels={"fr": "Gravure"})
    MemberPageFactory(parent=directory, title="Un", skills=[skill])
    assert titles("grav") == ["Gravure"]
    with django_capture_on_commit_callbacks(execute=True):
        label = skill.labels.get(language="fr")
        label.label = "Taille-douce"
        skill.labels.add(label)
        skill.save()
    assert titles("grav") == []
    assert titles("douce") == ["Taille-douce"]


def test_listing_suggests_its_own_things_only(tree, directory):
    MemberPageFactory(parent=directory, title="Affiche Un")
    NewsPageFactory(parent=tree["fr"]["news"], title="Affiche Deux")
    assert titles("affiche") == ["Affiche Un", "Affiche Deux"]
    assert titles("affiche", listing="member") == ["Affiche Un"]
    assert titles("affiche", listing="news") == ["Affiche Deux"]
    assert titles("affiche", listing="nothing") == ["Affiche Un", "Affiche Deux"]


def test_many_of_a_kind_leave_room_for_others_and_the_list_is_short(tree, directory):
    for number in range(12):
        MemberPageFactory(parent=directory, title=f"Studio {number:02d}")
    assert len(titles("studio")) == 8
    NewsPageFactory(parent=tree["fr"]["news"], title="Un studio ouvre")
    found = titles("studio")
    assert len(found) == 8
    assert found[-1] == "Un studio ouvre"


def test_unpublished_drafted_and_deleted_things_are_not_suggested(directory, django_capture_on_commit_callbacks):
    page = MemberPageFactory(parent=directory, title="Avant")
    page.title = "Xylotypie"
    page.save_revision()
    assert titles("xylo") == []
    publish(page)
    assert (titles("xylo"), titles("avant")) == (["Xylotypie"], [])
    unpublish(page)
    assert titles("xylo") == []
    assert not SuggestionWord.objects.filter(entry__key=page.translation_key).exists()
    publish(page)
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert titles("xylo") == []


@pytest.mark.parametrize("kind", [PageViewRestriction.PASSWORD, PageViewRestriction.GROUPS])
def test_restricted_things_are_suggested_to_nobody(directory, kind, admin_client):
    page = MemberPageFactory(parent=directory, title="Secret")
    PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x")
    assert titles("secret") == titles("secret", client=admin_client) == []


def test_things_for_signed_in_people_are_suggested_to_them_only(directory, admin_client):
    skill = SkillFactory(slug="engraving", labels={"fr": "Gravure"})
    page = MemberPageFactory(parent=directory, title="Secret", skills=[skill])
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert titles("secret") == titles("gravure") == []
    assert titles("secret", client=admin_client) == ["Secret"]
    assert titles("gravure", client=admin_client) == ["Gravure"]


def test_answer_for_everybody_may_be_kept_and_one_for_somebody_may_not(directory, admin_client):
    response = Client().get(address(), {"q": "atelier"})
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Vary"] == "Cookie"
    assert not response.cookies
    signed_in = admin_client.get(address(), {"q": "atelier"})
    assert "private" in signed_in["Cache-Control"]
    assert "public" not in signed_in["Cache-Control"]
    assert "Cookie" in signed_in["Vary"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_last_item_searches_everywhere(tree, language):
    answer = ask("l’élan & co", language=language)
    with translation.override(language):
        assert answer["action"]["url"] == f"{reverse('search:site')}?q=l%E2%80%99%C3%A9lan+%26+co"
    assert "l’élan & co" in answer["action"]["title"]
    assert answer["items"] == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "a",
        "\0",
        "\0\0\0",
        "%",
        "__",
        "' OR 1=1 --",
        "\ud800x",
        "é" * 5000,
        "a b " * 500,
        "İİ",
        "日本",
        "😀😀",
        "*",
        "ﬁn",
    ],
)
@pytest.mark.parametrize("listing", ["", "member", "\0", "member,news", "'"])
def test_whatever_is_typed_is_answered(directory, query, listing):
    MemberPageFactory(parent=directory, title="Atelier")
    response = Client().get(address(), {"q": query.encode("utf-8", "surrogatepass"), "listing": listing})
    assert response.status_code == 200
    assert response.json()["items"] == []


def test_only_asking_is_allowed(tree):
    assert Client().get(address()).json() == {"items": []}
    assert Client().post(address(), {"q": "atelier"}).status_code == 405


def test_missing_words_come_back_with_the_entries(directory):
    page = MemberPageFactory(parent=directory, title="Atelier")
    SuggestionWord.objects.all().delete()
    document = document_for("member")
    assert comparison.check(document).outdated_entries == [str(page.translation_key)]
    refresh(document, [page.translation_key])
    assert titles("atelier") == ["Atelier"]
    assert not comparison.check(document)


def test_unchanged_words_are_not_written_again(directory):
    page = MemberPageFactory(parent=directory, title="Atelier")
    before = set(SuggestionWord.objects.values_list("pk", flat=True))
    page.summary = "Autre."
    publish(page)
    assert set(SuggestionWord.objects.values_list("pk", flat=True)) == before != set()


def test_same_name_in_several_languages_is_stored_once(directory):
    page = MemberPageFactory(parent=directory, title="Atelier")
    translate(page, "de")
    word = SuggestionWord.objects.get(entry=SearchEntry.objects.get(key=page.translation_key))
    assert (word.languages, word.shown_in) == (" de fr ", " fr de en ")


def test_suggestions_cost_the_same_however_much_there_is(tree, directory):
    skill = SkillFactory(slug="studio", labels={"fr": "Studio photo"}, subsector=SubsectorFactory())
    counts = []
    for _round in range(2):
        for _number in range(6):
            MemberPageFactory(parent=directory, title=f"Studio {_round}{_number}", skills=[skill])
            NewsPageFactory(parent=tree["fr"]["news"], title=f"Studio {_round}{_number}")
        cache.clear()
        ask("studio p")  # fills the caches
        for query in ("studio", "studio p 1"):
            with counted() as queries:
                ask(query)
            counts.append(len(queries))
            assert not queries.repeated()
    assert counts[:2] == counts[2:]
    assert max(counts) <= MOST_QUERIES
