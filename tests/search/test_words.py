"""Analysis in Python, folding and compounds; that Elasticsearch agrees is in tests/contract/test_analysis.py."""

import threading

import pytest

from search.analysis_python import tokens, tokens_of
from search.compounds import TRADE_WORDS, normal, pieces
from search.folding import fold, fold_german

KNOWN = frozenset(normal(word) for word in TRADE_WORDS)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fr", "illustrations", "illustration"),
        ("fr", "élan", "elan"),
        ("fr", "musée", "musee"),
        ("fr", "œuvres", "oeuvre"),
        ("fr", "créées", "créé"),
        ("de", "straße", "strasse"),
        ("de", "müller", "mueller"),
        ("de", "häuser", "haus"),
        ("de", "fotografien", "fotografie"),
        ("en", "designers", "designer"),
        ("en", "naïve", "naive"),
        ("xx", "élan", "elan"),
    ],
)
def test_two_forms_of_a_word_meet(language, one, other):
    assert set(tokens(one, language)) & set(tokens(other, language))


def test_apostrophes_separate_in_every_language():
    assert tokens_of("l’affiche d'auteur", "fr") >= set(tokens("affiche", "fr"))
    assert tokens_of("the designer's", "en") >= set(tokens("designer", "en"))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Bauingenieurbüro", {"bau", "ingenieur", "buro", "bauingenieur"}),
        ("Hochzeitsfotografin", {"hochzeit", "fotografin", "fotograf"}),
        ("Fotografinnen", {"fotograf"}),
        ("Werbefotografie", {"werbe", "fotografie"}),
        ("Spielentwicklung", {"spiel", "entwicklung"}),
        ("Ausstellungsgestaltung", {"ausstellung", "gestaltung"}),
    ],
)
def test_compounds_come_apart(word, expected):
    assert expected <= pieces(normal(word.lower()), KNOWN)


@pytest.mark.parametrize(
    "word", ["Ausbildung", "Bildung", "Zukunft", "Unternehmen", "Ausschreibung", "Plakate", "Kunst"]
)
def test_words_that_only_look_like_compounds_stay_whole(word):
    assert not pieces(normal(word.lower()), KNOWN)


def test_folding():
    assert fold("crème brûlée, øl, œuf, ﬀ, Ж") == "creme brulee, ol, oeuf, ff, Ж"
    assert [fold_german(word) for word in ("größe", "groesse", "neue", "quelle")] == [
        "grosse",
        "grosse",
        "neue",
        "quelle",
    ]


def test_stemmers_are_safe_in_many_threads():
    words = [f"illustration{number}s" for number in range(300)]
    expected = {word: tokens(word, "fr") for word in words}
    wrong: list[str] = []

    def work() -> None:
        tokens.cache_clear()
        wrong.extend(word for word in words if tokens(word, "fr") != expected[word])

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
