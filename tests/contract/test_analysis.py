"""Elasticsearch's analyzers and search/analysis_python.py make the same tokens of some thousand words per language."""

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
import wagtail

from search.analysis import CHAINS, index_analysis, lower, split_words
from search.analysis_python import tokens
from search.client import client
from search.folding import fold
from search.query import clean_text

pytestmark = pytest.mark.elasticsearch
WORD = re.compile(r"[^\W_]+")
DEMO = Path(__file__).parents[2] / "home" / "demo"
CHUNK = 2000
LEAST = 5000  # words per language


@pytest.fixture(scope="module")
def index(elasticsearch_url) -> Iterator[str]:
    from django.conf import settings
    from django.test import override_settings

    with override_settings(ELASTICSEARCH_URL=elasticsearch_url):
        name = f"{settings.SEARCH_INDEX_PREFIX}-analysis"
        client().indices.delete(index=name, ignore_unavailable=True)
        client().indices.create(index=name, settings={"analysis": index_analysis(), "number_of_replicas": 0})
        yield name
        client().indices.delete(index=name)


def vocabulary(language: str) -> list[str]:
    """Words of the catalogues of Django and Wagtail and of the demo: all of them in every language, on purpose."""
    words: set[str] = set()
    for package in (django, wagtail):
        for path in Path(package.__file__).parent.rglob(f"locale/{'fr' if language == 'en' else language}/**/*.mo"):
            with path.open("rb") as file:
                catalogue = gettext.GNUTranslations(file)._catalog
            for source, text in catalogue.items():
                words.update(WORD.findall((source if isinstance(source, str) else source[0]) + " " + str(text)))
    for path in DEMO.rglob("*.toml"):
        words.update(WORD.findall(path.read_text()))
    return sorted({lower(word) for word in words})


def analysed(index: str, analyzer: str, words: list[str]) -> list[list[str]]:
    found: dict[int, list[str]] = {}
    for item in client().indices.analyze(index=index, analyzer=analyzer, text=" ".join(words))["tokens"]:
        found.setdefault(item["position"], []).append(item["token"])
    return [found[position] for position in sorted(found)]


@pytest.mark.parametrize("language", CHAINS)
def test_tokens_agree_over_the_vocabulary(index, elasticsearch_url, settings, language):
    settings.ELASTICSEARCH_URL = elasticsearch_url
    words = vocabulary("de" if language == "lb" else language)
    assert len(words) > LEAST
    different = []
    for start in range(0, len(words), CHUNK):
        chunk = words[start : start + CHUNK]
        theirs = analysed(index, language, chunk)
        assert len(theirs) == len(chunk), "the two cut the text into different words"
        different += [
            (word, found, tokens(word, language))
            for word, found in zip(chunk, theirs, strict=True)
            if sorted(found) != sorted(tokens(word, language))
        ]
    assert different == []


def test_folding_agrees_for_every_latin_letter(index, elasticsearch_url, settings):
    settings.ELASTICSEARCH_URL = elasticsearch_url
    letters = [chr(code) for code in (*range(0xC0, 0x2B0), *range(0x1E00, 0x1F00)) if chr(code).isalpha()]
    letters = sorted({lower(letter) for letter in letters if clean_text(letter) == letter})
    theirs = analysed(index, "fold", letters)
    assert [(letter, found) for letter, found in zip(letters, theirs, strict=True) if found != [fold(letter)]] == []


@pytest.mark.parametrize(
    "text", ["l’élan d'Hollerich", "foo_bar-baz", "a1 2b", "日本語 テスト", "x²", "Ⅷ", "ﬁn", "a\u00adb"]
)
def test_texts_are_cut_into_the_same_words(index, elasticsearch_url, settings, text):
    settings.ELASTICSEARCH_URL = elasticsearch_url
    text = clean_text(text)
    assert [found[0] for found in analysed(index, "fold", [text])] == [fold(word) for word in split_words(text)]
