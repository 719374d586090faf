"""What is listed, in one sentence and three languages: none, one, two, many; one, two, three values; words; all."""

import pytest
from django.utils import timezone, translation

from directory.facets import DIRECTORY
from events.facets import EVENTS
from funding.facets import FUNDING
from guides.facets import GUIDES
from news.facets import NEWS
from search.facets import FacetResult, FacetValue, FlagFacet
from search.listing import Listing
from search.sentence import Sentence, inside, with_page
from search.views import SITE_SEARCH

LISTINGS = {
    "directory": DIRECTORY, "events": EVENTS, "funding": FUNDING, "guides": GUIDES, "news": NEWS, "site": SITE_SEARCH,
}  # fmt: skip
# Labels as the editors wrote them: phrases must be right with any of these.
LABELS = {
    "fr": {"design": "Design", "gaming": "Jeux vidéo", "visual-arts": "Arts visuels", "film": "Film et audiovisuel",
           "illustration": "Illustration", "ux": "UX et interfaces", "poetry": "Poésie", "copyright": "Droit d’auteur",
           "contracts": "Contrats", "news": "Actualités", "guide": "Guides"},
    "de": {"design": "Design", "gaming": "Games", "visual-arts": "Bildende Kunst", "film": "Film",
           "illustration": "Illustration", "ux": "UX-Design", "poetry": "Lyrik", "copyright": "Urheberrecht",
           "contracts": "Verträge", "news": "Aktuelles", "guide": "Rechtsratgeber"},
    "en": {"design": "Design", "gaming": "Gaming", "visual-arts": "Visual arts", "film": "Film and audiovisual",
           "illustration": "Illustration", "ux": "UX design", "poetry": "Poetry", "copyright": "Copyright",
           "contracts": "Contracts", "news": "News", "guide": "Guides"},
}  # fmt: skip


def say(language: str, listing: str, total: int, query: str = "", /, **chosen: str) -> str:
    """`chosen`: facet → values with a space between them."""
    declared = LISTINGS[listing]
    with translation.override(language):
        facets = [_result(facet, chosen.get(facet.name, "").split(), language) for facet in declared.facets]
        return declared.sentence.write(total=total, query=query, facets=facets)


def _result(facet, values: list[str], language: str) -> FacetResult:
    known = {} if facet.name in ("subsector", "skill", "topic", "type") else facet.labels(timezone.now())
    labels = {value: str(known.get(value) or LABELS[language].get(value, value)) for value in values}
    return FacetResult(
        name=facet.name,
        label=str(facet.label),
        kind=facet.kind,
        values=[FacetValue(value=v, label=label, count=1, selected=True, url="") for v, label in labels.items()],
    )


DIRECTORY_SAID = [
    (0, "", {}, "Aucun studio", "Keine Studios", "No studios"),
    (1, "", {}, "1 studio", "1 Studio", "1 studio"),
    (2, "", {}, "2 studios", "2 Studios", "2 studios"),
    (
        12, "", {"subsector": "design gaming", "area": "esch-sur-alzette", "available": "yes", "language": "de"},
        "12 studios de design et de jeux vidéo dans le canton d’Esch-sur-Alzette, disponibles, parlant allemand",
        "12 Studios in den Bereichen Design und Games im Kanton Esch, frei für Aufträge, mit Arbeitssprache Deutsch",
        "12 design and gaming studios in the canton of Esch-sur-Alzette, open for work, speaking German",
    ),
    (
        1, "", {"subsector": "design gaming", "available": "yes", "collaborates": "yes"},
        "1 studio de design ou de jeux vidéo, disponible, ouvert aux collaborations",
        "1 Studio in den Bereichen Design oder Games, frei für Aufträge, offen für Zusammenarbeit",
        "1 design or gaming studio, open for work, open for collaboration",
    ),
    (
        0, "", {"subsector": "design gaming visual-arts", "available": "yes"},
        "Aucun studio de design, de jeux vidéo ou d’arts visuels, disponible",
        "Keine Studios in den Bereichen Design, Games oder Bildende Kunst, frei für Aufträge",
        "No design, gaming or visual arts studios, open for work",
    ),
    (
        3, "", {"subsector": "visual-arts"},
        "3 studios d’arts visuels", "3 Studios im Bereich Bildende Kunst", "3 visual arts studios",
    ),
    (
        9, "", {"area": "esch-sur-alzette luxembourg lorraine saarland", "size": "2-4 25+"},
        "9 studios de 2 à 4 personnes ou de 25 personnes ou plus dans les cantons d’Esch-sur-Alzette ou de Luxembourg, "
        "en Lorraine ou en Sarre",
        "9 Studios mit 2 bis 4 Personen oder mit 25 oder mehr Personen in den Kantonen Esch oder Luxemburg, "
        "in Lothringen oder im Saarland",
        "9 studios of 2 to 4 people or of 25 people or more in the cantons of Esch-sur-Alzette or Luxembourg, "
        "in Lorraine or in Saarland",
    ),
    (
        12, "", {"subsector": "design gaming", "area": "capellen esch-sur-alzette", "available": "yes",
                 "language": "de"},
        "12 studios de design et de jeux vidéo dans le sud, disponibles, parlant allemand",
        "12 Studios in den Bereichen Design und Games im Süden, frei für Aufträge, mit Arbeitssprache Deutsch",
        "12 design and gaming studios in the south, open for work, speaking German",
    ),
    (
        4, "", {"area": "clervaux diekirch redange vianden wiltz remich"},
        "4 studios dans le nord ou dans le canton de Remich",
        "4 Studios im Norden oder im Kanton Remich",
        "4 studios in the north or in the canton of Remich",
    ),
    (
        4, "", {"area": "luxembourg mersch echternach grevenmacher remich lorraine"},
        "4 studios dans le centre du pays, dans l’est ou en Lorraine",
        "4 Studios im Zentrum des Landes, im Osten oder in Lothringen",
        "4 studios in the centre of the country, in the east or in Lorraine",
    ),
    (
        200, "", {"area": "capellen clervaux diekirch echternach esch-sur-alzette grevenmacher luxembourg mersch "
                          "redange remich vianden wiltz"},
        "200 studios au Luxembourg", "200 Studios in Luxemburg", "200 studios in Luxembourg",
    ),
    (
        5, "illustration", {"area": "wallonie", "skill": "illustration ux"},
        "5 studios pour « illustration » en Wallonie, avec les compétences illustration ou UX et interfaces",
        "5 Studios für „illustration“ in Wallonien, mit den Kompetenzen Illustration oder UX-Design",
        "5 studios for “illustration” in Wallonia, offering illustration or UX design",
    ),
    (
        1, "", {"skill": "poetry", "language": "lb fr de"},
        "1 studio, avec la compétence poésie, parlant luxembourgeois, français ou allemand",
        "1 Studio, mit der Kompetenz Lyrik, mit Arbeitssprache Luxemburgisch, Französisch oder Deutsch",
        "1 studio, offering poetry, speaking Luxembourgish, French or German",
    ),
    (
        120, "", {"language": "lb fr de en pt"},
        "120 studios, parlant luxembourgeois, français, allemand ou 2 autres",
        "120 Studios, mit Arbeitssprache Luxemburgisch, Französisch, Deutsch oder 2 weitere",
        "120 studios, speaking Luxembourgish, French, German or 2 more",
    ),
    (
        4, "logo", {"subsector": "design", "size": "1", "area": "remich", "skill": "ux", "available": "yes",
                    "collaborates": "yes", "language": "en"},
        "4 studios de design d’une personne pour « logo » dans le canton de Remich, avec la compétence "
        "UX et interfaces, disponibles, ouverts aux collaborations, parlant anglais",
        "4 Studios im Bereich Design mit einer Person für „logo“ im Kanton Remich, mit der Kompetenz UX-Design, "
        "frei für Aufträge, offen für Zusammenarbeit, mit Arbeitssprache Englisch",
        "4 design studios of one person for “logo” in the canton of Remich, offering UX design, open for work, "
        "open for collaboration, speaking English",
    ),
]  # fmt: skip
OTHERS_SAID = [
    ("news", 0, "", {}, "Aucune actualité", "Keine Meldungen", "No news"),
    (
        "news", 1, "", {"year": "2025", "topic": "copyright"},
        "1 actualité de 2025, sur le thème droit d’auteur",
        "1 Meldung aus dem Jahr 2025, zum Thema Urheberrecht",
        "1 news item from 2025, filed under copyright",
    ),
    (
        "news", 7, "", {"year": "2024 2025", "subsector": "design visual-arts"},
        "7 actualités de 2024 ou 2025 dans les secteurs design ou arts visuels",
        "7 Meldungen aus den Jahren 2024 oder 2025 in den Bereichen Design oder Bildende Kunst",
        "7 news items from 2024 or 2025 in the design or visual arts sectors",
    ),
    (
        "funding", 3, "", {"topic": "copyright", "status": "open"},
        "3 aides, sur le thème droit d’auteur, ouvertes",
        "3 Förderprogramme, zum Thema Urheberrecht, offen",
        "3 funding schemes, filed under copyright, open",
    ),
    (
        "funding", 1, "", {"kind": "grant", "applicant": "freelancer", "status": "open closing"},
        "1 aide sous forme de subvention pour les freelances, ouverte ou bientôt clôturée",
        "1 Förderprogramm in Form von Zuschüssen für Freischaffende, offen oder bald endend",
        "1 funding scheme in the form of grants for freelancers, open or closing soon",
    ),
    ("events", 0, "", {"when": "upcoming"}, "Aucun événement à venir", "Keine kommenden Veranstaltungen",
     "No upcoming events"),
    ("events", 1, "", {"when": "past"}, "1 événement passé", "1 vergangene Veranstaltung", "1 past event"),
    (
        "events", 4, "atelier", {"when": "upcoming", "place": "online", "subsector": "design"},
        "4 événements à venir pour « atelier » dans le secteur design, en ligne",
        "4 kommende Veranstaltungen für „atelier“ im Bereich Design, online",
        "4 upcoming events for “atelier” in the design sector, online",
    ),
    (
        "events", 2, "", {"when": "upcoming past"},
        "2 événements, à venir ou passés", "2 Veranstaltungen, kommende oder vergangene", "2 events, upcoming or past",
    ),
    (
        "guides", 2, "", {"topic": "contracts copyright", "skill": "illustration"},
        "2 guides, sur les thèmes contrats ou droit d’auteur, pour la compétence illustration",
        "2 Ratgeber, zu den Themen Verträge oder Urheberrecht, für die Kompetenz Illustration",
        "2 guides, filed under contracts or copyright, useful for illustration",
    ),
    (
        "site", 8, "contrat", {"type": "news guide"},
        "8 résultats pour « contrat » dans les rubriques actualités ou guides",
        "8 Ergebnisse für „contrat“ in den Rubriken Aktuelles oder Rechtsratgeber",
        "8 results for “contrat” in news or guides",
    ),
    ("site", 0, "xyzzy", {}, "Aucun résultat pour « xyzzy »", "Keine Ergebnisse für „xyzzy“", "No results for “xyzzy”"),
]  # fmt: skip
CASES = [("directory", *case) for case in DIRECTORY_SAID] + OTHERS_SAID


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}: {case[-1]}")
def test_sentence_is_grammatical_in_every_language(case: tuple) -> None:
    listing, total, query, chosen, *expected = case
    said = [say(language, listing, total, query, **chosen) for language in ("fr", "de", "en")]
    # French puts no-break spaces inside its quotation marks.
    assert [text.replace("« ", "«\N{NO-BREAK SPACE}").replace(" »", "\N{NO-BREAK SPACE}»") for text in expected] == said


def test_label_that_says_and_is_joined_by_or() -> None:
    assert say("en", "directory", 8, subsector="film gaming") == "8 film and audiovisual or gaming studios"
    assert say("fr", "directory", 8, subsector="film gaming") == "8 studios de film et audiovisuel ou de jeux vidéo"
    assert say("de", "directory", 8, subsector="film gaming") == "8 Studios in den Bereichen Film und Games"


@pytest.mark.parametrize("name", LISTINGS)
@pytest.mark.parametrize("language", LABELS)
def test_every_choice_leaves_a_sentence_without_gaps(name: str, language: str) -> None:
    """Every value of every facet alone, and all facets together, with every number there is a form for."""
    listing = LISTINGS[name]
    with translation.override(language):
        values = {facet.name: list(facet.labels(timezone.now())) for facet in listing.facets if facet.name not in TERMS}
    values |= {facet.name: ["design"] for facet in listing.facets if facet.name in TERMS}
    choices = [{facet: value} for facet, mine in values.items() for value in mine]
    choices += [{facet: " ".join(mine) for facet, mine in values.items()}]
    for chosen in choices:
        for total in (0, 1, 2, 4321):
            said = say(language, name, total, "50 % “off” %(count)s", **chosen)
            assert "  " not in said
            assert " ," not in said
            assert said == said.strip()
            assert "50 % “off” %(count)s" in said
            assert "%(" not in said.replace("%(count)s", "", 1)


TERMS = ("subsector", "skill", "topic", "type")


def test_every_facet_of_every_listing_has_words_of_its_own() -> None:
    for listing in LISTINGS.values():
        sentence = listing.sentence
        said = {*sentence.phrases, *(facet for facet, _value in sentence.heads)}
        said |= {sentence.kinds.facet} if sentence.kinds else set()
        assert {facet.name for facet in listing.facets} <= said


def test_listing_without_words_of_its_own_says_labels() -> None:
    facet = FacetResult(
        name="remote",
        label="Remote",
        kind=FlagFacet.kind,
        values=[FacetValue(value="yes", label="Yes", count=1, selected=True, url="")],
    )
    with translation.override("en"):
        assert Sentence().write(total=2, query="", facets=[facet]) == "2 results, remote"
    assert Listing().sentence == Sentence()


def test_labels_lose_their_capital_only_where_the_language_says_so() -> None:
    with translation.override("fr"):
        assert [inside(label) for label in ("Arts visuels", "UX", "3D", "Écriture", "")] == [
            "arts visuels", "UX", "3D", "écriture", "",
        ]  # fmt: skip
    with translation.override("de"):
        assert inside("Bildende Kunst") == "Bildende Kunst"


def test_page_is_said_behind_the_sentence() -> None:
    with translation.override("de"):
        assert with_page("12 Studios", 2, 3) == "12 Studios – Seite 2 von 3"
