"""What a query is taken for: terms of any name and language, pieces of compounds, other spellings, fewer words; and
what the reader is told about it. Database search here; that Elasticsearch finds the same is in tests/contract."""

import pytest
from django.http import QueryDict

from directory.facets import DIRECTORY
from search import lexicon
from search.analysis import split_words
from search.conditions import Carries, leaves
from search.english import other_spellings
from search.interpretation import CARRIES_ALL, CARRIES_PART, interpret
from search.models import KnownWord
from search.query import parse_query
from search.spelling import Vocabulary, mistakes
from search.thesaurus import Thesaurus, parse_group, thesaurus
from tests.factories.core import SkillFactory, SubsectorFactory
from tests.factories.directory import MemberPageFactory

GRAPHIC = {
    "fr": ("Design graphique", "graphiste, infographiste, mise en page"),
    "de": ("Grafikdesign", "Grafiker, Grafikerin, Grafikdesigner"),
    "en": ("Graphic design", "graphic designer, layout artist"),
}


@pytest.fixture
def skill(tree):
    made = SkillFactory(slug="graphic-design", subsector=SubsectorFactory(slug="design"))
    for row in made.labels.all():
        row.label, row.synonyms = GRAPHIC[row.language]
        row.save()
    return made


@pytest.fixture
def members(tree, skill):
    french, german = tree["fr"]["directory"], tree["de"]["directory"]
    MemberPageFactory(parent=french, title="Atelier Un", summary="Des affiches.", skills=[skill])
    MemberPageFactory(parent=german, title="Zwei", summary="Grafikdesigner aus Wiltz.")
    MemberPageFactory(parent=german, title="Drei", summary="Fotografie für Hochzeiten.")
    MemberPageFactory(parent=german, title="Vier", summary="Keramik und Glas.")


def answer(query: str, language: str = "fr"):
    return DIRECTORY.answer(QueryDict(query), path="/x/", language=language)


def titles(result) -> set[str]:
    return {hit.card["title"] for hit in result.hits}


@pytest.mark.parametrize("language", ["fr", "de", "en"])
@pytest.mark.parametrize(
    "query", ["graphiste", "graphistes", "Grafikdesigner", "graphic designers", "Layout artist", "mise en page"]
)
def test_every_name_of_a_term_finds_the_same(members, query, language):
    assert titles(answer(f"q={query}", language)) == {"Atelier Un", "Zwei"}


def test_exact_search_finds_the_word_itself_only(members):
    assert titles(answer("q=Grafikdesigner&exact=1")) == {"Zwei"}
    assert titles(answer("q=graphiste&exact=1")) == set()


def test_page_says_what_else_was_searched_for_and_leads_back(members):
    widened = answer("q=graphiste&area=luxembourg")
    assert [(found.kind, found.typed, found.found) for found in widened.widened] == [
        ("term", "graphiste", ("Design graphique",))
    ]
    assert widened.exact_url == "/x/?q=graphiste&area=luxembourg&exact=1"
    exact = answer("q=graphiste&area=luxembourg&exact=1")
    assert (exact.widened, exact.exact_url) == ([], "")
    assert exact.widen_url == "/x/?q=graphiste&area=luxembourg"


def test_label_of_the_readers_language_is_no_widening(members):
    assert answer("q=Design graphique").widened == []


def test_hit_says_which_term_was_meant_and_by_which_name(members):
    hit = next(hit for hit in answer("q=Grafikdesigner").hits if hit.card["title"] == "Atelier Un")
    reason = hit.why.reasons[0]
    assert (reason.kind, reason.html, reason.via) == ("skill", "Design graphique", "Grafikdesigner")
    mentioned = next(hit for hit in answer("q=Grafikdesigner").hits if hit.card["title"] == "Zwei")
    assert mentioned.why.summary == "<mark>Grafikdesigner</mark> aus Wiltz."


def test_hit_says_by_which_skill_it_was_found_when_nobody_named_the_skill(tree, skill):
    page = MemberPageFactory(parent=tree["fr"]["directory"], title="Un", summary="Atelier.", skills=[skill])
    group = next(group for group in thesaurus().groups if group.concepts == ("skill:graphic-design",))
    word = next(text for language, text in group.words if language == "de" and " " not in text)
    hit = next(hit for hit in answer(f"q={word}", "de").hits if hit.key == str(page.translation_key))
    assert [(reason.kind, reason.via) for reason in hit.why.reasons] == [("skill", "")]


def test_compound_finds_its_pieces_apart(members):
    assert "Drei" in titles(answer("q=Hochzeitsfotografie"))
    assert "Vier" not in titles(answer("q=Hochzeitsfotografie"))


def test_piece_finds_the_compound_and_shows_it(tree):
    MemberPageFactory(parent=tree["de"]["directory"], title="Weiß", summary="Ihr Bauingenieurbüro.")
    hit = answer("q=Ingenieur", "de").hits[0]
    assert [(reason.html, reason.language) for reason in hit.why.reasons] == [("<mark>Bauingenieurbüro</mark>", "de")]


def test_passages_are_escaped(tree):
    MemberPageFactory(parent=tree["fr"]["directory"], title="A <b>& Co", summary="<script>affiche</script> & « ‹")
    hit = answer("q=affiche").hits[0]
    assert hit.why.summary == "&lt;script&gt;<mark>affiche</mark>&lt;/script&gt; &amp; « ‹"
    assert answer("q=co").hits[0].why.title == "A &lt;b&gt;&amp; <mark>Co</mark>"


@pytest.mark.parametrize(
    ("typo", "meant"),
    [
        ("keramk", "Vier"),  # one missing of six
        ("kermaik", "Vier"),  # two swapped
        ("keeramik", "Vier"),
        ("fotgraffie", "Drei"),  # two of ten
        ("grafikdesinger", "Zwei"),
        ("graphsite", "Atelier Un"),  # in a synonym, in no text
    ],
)
def test_misspelt_word_finds_what_was_meant_and_the_page_says_so(members, typo, meant):
    found = answer(f"q={typo}")
    assert meant in titles(found)
    assert found.widened[0].kind == "spelling"
    assert found.exact_url.endswith("exact=1")


@pytest.mark.parametrize("typo", ["veramik", "kexxmik", "gls", "gals"])
def test_too_many_mistakes_or_another_first_letter_find_nothing(members, typo):
    found = answer(f"q={typo}")
    assert found.total == (1 if typo == "gals" else 0), "four letters: one swap is forgiven"


@pytest.mark.parametrize(("word", "allowed"), [("art", 0), ("kuns", 1), ("keramik", 1), ("keramike", 2), ("a1b2c3", 0)])
def test_mistakes(word, allowed):
    assert mistakes(word) == allowed


def test_exact_spelling_wins_and_another_is_offered_when_it_finds_more(tree):
    for number in range(4):
        MemberPageFactory(parent=tree["fr"]["directory"], title=f"Verre {number}", summary="Gravure.")
    MemberPageFactory(parent=tree["fr"]["directory"], title="Typo", summary="Gravvure.")
    found = answer("q=gravvure")
    assert titles(found) == {"Typo"}
    assert (found.did_you_mean.query, found.did_you_mean.total) == ("gravure", 4)
    assert found.did_you_mean_url == "/x/?q=gravure"
    assert answer("q=gravure").did_you_mean is None


def test_words_of_private_things_are_never_offered(tree, admin_user):
    from wagtail.models import PageViewRestriction

    here = tree["fr"]["directory"]
    page = MemberPageFactory(parent=here, title="Un", summary="Projet Zorblaxite.")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    found = answer("q=zorblaxit")
    assert (found.total, found.widened, found.did_you_mean) == (0, [], None)


def test_questions_are_understood_without_their_beginning(members):
    assert titles(answer("q=je cherche un graphiste")) == {"Atelier Un", "Zwei"}
    assert titles(answer("q=Wer macht Keramik?", "de")) == {"Vier"}
    assert titles(answer("q=I need a graphic designer", "en")) == {"Atelier Un", "Zwei"}


def test_word_that_holds_a_question_together_elsewhere_keeps_its_meaning_in_the_language_of_the_reader(members):
    known = lexicon.current()

    def asked(query: str, language: str) -> tuple[str, ...]:
        return interpret(parse_query(query), known, language=language).words

    assert asked("hat maker", "en") == ("hat", "maker"), "not the German „hat“"
    assert asked("wer hat Hüte", "de") == ("hüte",)
    assert asked("who owns AI images", "en") == ("owns", "ai", "images"), "not the French « ai »"
    assert asked("j’ai besoin d’images", "fr") == ("images",)
    assert asked("I need images", "fr") == ("images",), "who reads French may ask in English"


def test_compound_of_everyday_words_is_asked_for_by_its_pieces(tree):
    MemberPageFactory(parent=tree["de"]["directory"], title="Un", summary="Treppen und Geländer aus Stahl.")
    MemberPageFactory(parent=tree["de"]["directory"], title="Deux", summary="Geländer aus Holz.")
    assert [hit.card["title"] for hit in answer("q=Stahltreppe", "de").hits] == ["Un"]


def test_compound_nobody_knows_also_finds_what_its_last_piece_means_after_what_has_all_of_it(tree):
    MemberPageFactory(parent=tree["de"]["directory"], title="Un", summary="Eine Treppe für jedes Haus.")
    MemberPageFactory(parent=tree["de"]["directory"], title="Deux", summary="Treppen und Geländer aus Stahl.")
    MemberPageFactory(parent=tree["fr"]["directory"], title="Trois", summary="Stahl.")
    assert [hit.card["title"] for hit in answer("q=Stahltreppe", "de").hits] == ["Deux", "Un"]


@pytest.mark.parametrize(
    ("compound", "text"), [("Strickpullover", "Pullover, selbst zu stricken"), ("Gästebank", "Eine Bank für Gäste")]
)
def test_compound_begins_with_the_stem_of_a_verb_or_has_a_joint_of_its_own(tree, compound, text):
    MemberPageFactory(parent=tree["de"]["directory"], title="Un", summary=text)
    assert titles(answer(f"q={compound}", "de")) == {"Un"}


def test_when_not_all_words_are_found_together_some_are_and_the_page_says_so(members):
    found = answer("q=Keramik Glas Xylophon")
    assert titles(found) == {"Vier"}
    assert "fewer" in [widening.kind for widening in found.widened]
    assert answer("q=Keramik Glas Xylophon&exact=1").total == 0


def test_longest_label_wins_and_single_words_of_it_count_in_longer_questions(members):
    known = lexicon.current()
    whole = interpret(split_words("graphic design"), known)
    assert [clause.words for clause in whole.clauses] == [("graphic", "design")]
    assert _carried(whole) == {"skill:graphic-design": CARRIES_ALL}
    apart = interpret(["artist", "zwirbel"], known)
    assert [clause.words for clause in apart.clauses] == [("artist",), ("zwirbel",)]
    assert _carried(apart)["skill:graphic-design"] == CARRIES_PART


def _carried(meaning) -> dict[str, float]:
    return {leaf.concept: leaf.weight for leaf in leaves(meaning.condition) if isinstance(leaf, Carries)}


def test_thesaurus_finds_a_text_of_another_language_and_the_page_says_how(tree):
    MemberPageFactory(parent=tree["fr"]["directory"], title="Un", summary="Alliances en or recyclé.")
    found = answer("q=Eheringe", "de")
    assert titles(found) == {"Un"}
    assert [(widening.kind, widening.typed) for widening in found.widened] == [("words", "Eheringe")]
    assert "alliance" in found.widened[0].found
    assert "<mark>Alliances</mark>" in found.hits[0].why.summary


def test_lexicon_with_other_words_is_another_lexicon(members):
    known = lexicon.current()
    tried = known.with_words("skill:graphic-design", {"de": ["Grafikdesign", "Zwirbelsetzer"]})
    assert DIRECTORY.answer(QueryDict("q=Zwirbelsetzer"), path="/", language="de").total == 0
    assert DIRECTORY.answer(QueryDict("q=Zwirbelsetzer"), path="/", language="de", lexicon=tried).total >= 1


def test_another_process_sees_the_change_with_its_next_question(members, skill, monkeypatch):
    answer("q=graphiste")
    remembered = lexicon._remembered
    row = skill.labels.get(language="fr")
    row.synonyms = "affichiste"
    row.save()
    monkeypatch.setattr(lexicon, "_remembered", remembered)  # as it stands in the other process
    assert "Atelier Un" in titles(answer("q=affichiste"))


def test_word_is_taken_for_another_of_its_stem_only_when_no_group_has_it():
    lines = ["fr: étable | en: cowshed", "fr: établi | en: workbench", "fr: illustrateur | en: illustrator"]
    words = Thesaurus(map(parse_group, lines))
    assert [group.others(("établi",)) for group in words.exactly(("établi",), ("fr",))] == [["workbench"]]
    assert [group.others(("étables",)) for group in words.exactly(("étables",), ("fr",))] == [["cowshed"]]
    assert words.exactly(("illustratrice",), ("fr",)), "nothing nearer"


def test_a_phrase_finds_words_of_the_same_meaning_in_another_language(tree):
    MemberPageFactory(parent=tree["fr"]["directory"], title="Un", summary="Musiciens pour tous vos mariages.")
    MemberPageFactory(parent=tree["fr"]["directory"], title="Deux", summary="Musiciens de studio.")
    assert titles(answer("q=wedding+musician", "en")) == {"Un"}


def test_word_of_the_thesaurus_is_no_mistake(tree):
    for number in range(3):
        MemberPageFactory(parent=tree["fr"]["directory"], title=f"Un {number}", summary="Photographie digitale.")
    assert answer("q=digitise").widened[0].kind == "words"
    assert answer("q=digitised zwirbel").widened[0].kind == "words"
    assert answer("q=digtiale").widened[0].kind == "spelling"


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("colour", ["color"]),
        ("watercolors", ["watercolours"]),
        ("digitise", ["digitize"]),
        ("organization", ["organisation"]),
        ("analysing", ["analyzing"]),
        ("theater", ["theatre"]),
        ("fibreglass", ["fiberglass"]),
        ("catalogue", ["catalog"]),
        ("grey", ["gray"]),
        ("jewelry", ["jewellery"]),
        ("colorized", ["colourized", "colorised", "colourised"]),
        ("modelling", []),  # the stemmer's business
        ("literature", []),
        ("size", []),
        ("älteren", []),
    ],
)
def test_english_word_has_another_spelling(word, others):
    assert other_spellings(word) == others


@pytest.mark.parametrize(("typed", "written"), [("color", "colours"), ("centre", "centers"), ("gray", "grey")])
def test_both_spellings_of_english_find_one_another(tree, typed, written):
    MemberPageFactory(parent=tree["en"]["directory"], title="One", summary=f"Old {written} for you.")
    found = answer(f"q={typed}", "en")
    assert titles(found) == {"One"}
    assert f"<mark>{written}</mark>" in found.hits[0].why.summary
    assert answer(f"q={typed}&exact=1", "en").total == 0


def test_name_of_a_term_is_the_same_in_both_spellings(tree):
    skill = SkillFactory(slug="grading", subsector=SubsectorFactory(slug="film"))
    skill.labels.filter(language="en").update(label="Colour grading", synonyms="")
    lexicon.changed()
    MemberPageFactory(parent=tree["fr"]["directory"], title="Un", skills=[skill])
    assert titles(answer("q=color grading", "en")) == {"Un"}


def test_vocabulary_reads_new_words_and_forgets_none(db):
    words = Vocabulary()
    KnownWord.objects.create(word="gravure")
    words.read()
    assert words.close_to("gravvure") == ["gravure"]
    KnownWord.objects.create(word="reliure")
    words.read()
    assert words.close_to("relure") == ["reliure"]
    KnownWord.objects.all().delete()
    words.read()
    assert words.close_to("relure") == []
