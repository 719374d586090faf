"""What the facets of the directory mean: OR inside, AND between, counts without one's own choice."""

import uuid

import pytest
from django.test import Client

from directory.enums import Area
from directory.regions import ALL_CANTONS, CENTRE, EAST, NORTH, SOUTH
from home.services import Tree
from search import lexicon
from tests.factories.core import SkillFactory, SubsectorFactory
from tests.factories.directory import MemberPageFactory
from tests.factories.pages import translate
from tests.markup import card_keys, elements, facet_counts, only, total
from tests.worlds import index_everything

ADDRESS = "/fr/annuaire/"
# name: subsectors, skills, area, languages, size, open for work, open for collaboration
MEMBERS = {
    "Alpha": (["design"], ["branding"], "luxembourg", ["fr", "de"], "1", True, False),
    "Bravo": (["design", "music"], ["branding", "sound"], "luxembourg", ["fr"], "1", True, True),
    "Charlie": (["music"], ["sound"], "esch-sur-alzette", ["de"], "2-4", False, True),
    "Delta": (["film"], [], "saarland", ["de", "en"], "5-9", False, False),
    "Élan": (["film", "design"], ["branding"], "luxembourg", ["en"], "25+", True, False),
}
FACETS = ("subsector", "skill", "area", "language", "size", "available", "collaborates")


@pytest.fixture
def names(tree: Tree, engine: str) -> dict[str, str]:
    """Key → name of the five members; one of them also in German."""
    subsectors = {slug: SubsectorFactory(slug=slug) for slug in ("design", "music", "film")}
    skills = {slug: SkillFactory(slug=slug, subsector=subsectors["design"]) for slug in ("branding", "sound")}
    found = {}
    for name, (own, can, area, languages, size, works, joins) in MEMBERS.items():
        page = MemberPageFactory(
            parent=tree["fr"]["directory"],
            title=name,
            subsectors=[subsectors[slug] for slug in own],
            skills=[skills[slug] for slug in can],
            area=area,
            spoken_languages=languages,
            team_size=size,
            open_for_work=works,
            open_for_collaboration=joins,
        )
        found[str(page.translation_key)] = name
        if name == "Bravo":
            translate(page, "de")
    index_everything(engine)
    return found


def shown(client: Client, names: dict[str, str], query: str) -> list[str]:
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 200
    found = [names[key] for key in card_keys(response)]
    assert total(response) == len(found)
    return found


def test_everybody_is_listed_once_by_name(names: dict[str, str], client: Client) -> None:
    assert shown(client, names, "") == ["Alpha", "Bravo", "Charlie", "Delta", "Élan"]
    assert total(client.get("/de/verzeichnis/")) == 5


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("subsector=design", ["Alpha", "Bravo", "Élan"]),
        ("subsector=design&subsector=music", ["Alpha", "Bravo", "Charlie", "Élan"]),
        ("subsector=design&subsector=music&area=luxembourg", ["Alpha", "Bravo", "Élan"]),
        ("subsector=music&skill=branding", ["Bravo"]),
        ("language=de", ["Alpha", "Charlie", "Delta"]),
        ("language=de&language=en&subsector=film", ["Delta", "Élan"]),
        ("size=1&size=2-4", ["Alpha", "Bravo", "Charlie"]),
        ("size=25%2B", ["Élan"]),
        ("available=yes", ["Alpha", "Bravo", "Élan"]),
        ("available=yes&collaborates=yes", ["Bravo"]),
        ("area=saarland&area=esch-sur-alzette", ["Charlie", "Delta"]),
        ("area=saarland&subsector=music", []),
        ("q=elan", ["Élan"]),
        ("q=ELAN&subsector=film", ["Élan"]),
        ("q=elan&subsector=music", []),
    ],
)
def test_values_mean_or_and_facets_mean_and(
    names: dict[str, str], client: Client, query: str, expected: list[str]
) -> None:
    assert shown(client, names, query) == expected


def test_counts_of_everybody(names: dict[str, str], client: Client) -> None:
    response = client.get(ADDRESS)
    counts = {facet: facet_counts(response, facet) for facet in FACETS}
    assert counts == {
        "subsector": {"design": 3, "music": 2, "film": 2},
        "skill": {"branding": 3, "sound": 2},
        "area": {"luxembourg": 3, "esch-sur-alzette": 1, "saarland": 1},
        "language": {"fr": 2, "de": 3, "en": 2},
        "size": {"1": 2, "2-4": 1, "5-9": 1, "25+": 1},
        "available": {"yes": 3},
        "collaborates": {"yes": 2},
    }


def test_counts_leave_out_the_facets_own_choice(names: dict[str, str], client: Client) -> None:
    response = client.get(f"{ADDRESS}?subsector=music&area=luxembourg")
    assert facet_counts(response, "subsector") == {"design": 3, "music": 1, "film": 1}
    assert facet_counts(response, "area") == {"luxembourg": 1, "esch-sur-alzette": 1}
    assert facet_counts(response, "skill") == {"branding": 1, "sound": 1}


@pytest.mark.parametrize("facet", FACETS)
def test_count_says_what_one_gets(names: dict[str, str], client: Client, facet: str) -> None:
    for value, count in facet_counts(client.get(ADDRESS), facet).items():
        assert total(client.get(ADDRESS, {facet: value})) == count, value


def test_chosen_value_stays_visible_at_zero(names: dict[str, str], client: Client) -> None:
    response = client.get(f"{ADDRESS}?area=saarland&subsector=music")
    assert total(response) == 0
    assert facet_counts(response, "subsector")["music"] == 0
    assert facet_counts(response, "area")["saarland"] == 0
    assert facet_counts(response, "skill") == {}
    checked = {box.get("value") for box in elements(response, "input", type="checkbox") if "checked" in box.attributes}
    assert checked == {"saarland", "music"}


def test_tags_take_filters_away_one_by_one(names: dict[str, str], client: Client) -> None:
    response = client.get(f"{ADDRESS}?q=elan&subsector=film&subsector=design&sort=name")
    tags = [link.get("href") for link in elements(response, "a", class_="tag")]
    left = [frozenset(tag.split("?")[1].split("&")) - {"sort=name"} for tag in tags]
    assert len(left) == 3
    assert set(left) == {
        frozenset({"subsector=film", "subsector=design"}),
        frozenset({"q=elan", "subsector=design"}),
        frozenset({"q=elan", "subsector=film"}),
    }
    (clear,) = elements(response, "a", class_="tags__clear")
    assert "subsector" not in clear.get("href") and "q=" not in clear.get("href")


def test_cards_carry_their_keys(names: dict[str, str], client: Client) -> None:
    keys = card_keys(client.get(ADDRESS))
    assert [str(uuid.UUID(key)) for key in keys] == keys
    assert len(set(keys)) == len(keys)


def test_sorts(names: dict[str, str], client: Client) -> None:
    assert shown(client, names, "sort=newest") == ["Élan", "Delta", "Charlie", "Bravo", "Alpha"]


def test_pages_have_twenty_four_and_share_nobody(tree: Tree, engine: str, client: Client) -> None:
    for _number in range(26):
        MemberPageFactory(parent=tree["fr"]["directory"], subsectors=[])
    index_everything(engine)
    first, second = client.get(ADDRESS), client.get(f"{ADDRESS}?page=2")
    assert (len(card_keys(first)), len(card_keys(second))) == (24, 2)
    assert not set(card_keys(first)) & set(card_keys(second))
    assert total(first) == total(second) == 26
    assert only(first, "a", rel="next").get("href") == f"{ADDRESS}?page=2"
    assert only(second, "a", rel="prev").get("href") == ADDRESS


def test_htmx_gets_the_results_alone(names: dict[str, str], client: Client) -> None:
    whole = client.get(f"{ADDRESS}?subsector=music")
    part = client.get(f"{ADDRESS}?subsector=music", headers={"hx-request": "true"})
    assert not elements(part, "html") and elements(whole, "html")
    assert card_keys(part) == card_keys(whole)
    assert "HX-Request" in part["Vary"] and "HX-Request" in whole["Vary"]
    restored = client.get(ADDRESS, headers={"hx-request": "true", "hx-history-restore-request": "true"})
    assert elements(restored, "html")


REGIONS = {
    "Charlie": (
        "sud",
        "Süden",
        "South",
        "in the south of Luxembourg",
        "Minett",
        "Terres Rouges",
        "the Red Rock region",
    ),
    "Foxtrot": ("nord", "Norden", "Éislek", "eislek", "oesling", "Ösling"),
    "Golf": ("Moselle", "Mosel", "Osten", "miselerland"),
}


def test_region_is_a_word_for_its_cantons(names: dict[str, str], engine: str, tree: Tree, client: Client) -> None:
    for name, area in (("Foxtrot", "wiltz"), ("Golf", "remich")):
        page = MemberPageFactory(parent=tree["fr"]["directory"], title=name, area=area)
        names[str(page.translation_key)] = name
    index_everything(engine)
    for member, words in REGIONS.items():
        for word in words:
            assert shown(client, names, f"q={word}") == [member], word


def test_one_word_of_a_regions_name_is_not_the_region(db) -> None:
    known = lexicon.current()
    assert [phrase.concept for phrase in known.exactly(("red", "rock"))] == ["area:minett"]
    assert not known.containing("rock")
    assert "area:esch-sur-alzette" in known.containing("alzette")


def test_districts_leave_no_canton_out_and_have_none_twice() -> None:
    districts = (SOUTH, NORTH, EAST, CENTRE)
    cantons = [area for area in Area.values if any(area in district.areas for district in districts)]
    assert len(cantons) == sum(len(district.areas) for district in districts) == len(ALL_CANTONS) == 12
