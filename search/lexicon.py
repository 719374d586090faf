"""The lexicon: what the cluster's terms are called in every language, looked up when somebody asks, never indexed.

An entry only says which concepts a thing carries ("skill:ceramics"). Labels and synonyms stand here, so that a renamed
term or a new synonym holds for the next question: nothing has to be indexed anew. Every change writes a new stamp into
the database; a process that sees another stamp than its own reads the lexicon again.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.models import Term

from .analysis import split_words
from .analysis_python import tokens
from .documents import all_documents
from .folding import fold
from .models import LexiconStamp, PinnedResult
from .thesaurus import keys_of, telling_words

LONGEST_PHRASE = 5  # words of a label or synonym; longer ones are found by their single words


@dataclass(frozen=True, kw_only=True)
class Concept:
    """One term. `words`: language → (label, synonym, …); the first is what people are shown."""

    id: str  # "skill:ceramics": the kind and the language-neutral slug
    kind_label: Any  # lazy: "Skill"
    words: Mapping[str, tuple[str, ...]]
    # Whether one word of a longer name counts in longer questions: not "rock" of "Red Rock region".
    in_parts: bool = True

    @property
    def kind(self) -> str:
        return self.id.partition(":")[0]

    @property
    def slug(self) -> str:
        return self.id.partition(":")[2]

    def label(self, language: str) -> str:
        """In this language, else in the first of the portal that has one, else the slug."""
        for code in (language, *dict(settings.LANGUAGES)):
            if found := self.words.get(code):
                return found[0]
        return self.slug


@dataclass(frozen=True)
class Phrase:
    """One label or synonym as a query may contain it."""

    concept: str
    language: str
    text: str
    words: tuple[str, ...]
    is_label: bool


@dataclass(frozen=True, kw_only=True)
class Pin:
    """A thing that an editor wants first for a query."""

    words: str  # pins.words_of(query)
    language: str  # "" for all
    key: str  # the translation key of the page
    position: int = 1


@dataclass(frozen=True)
class Lexicon:
    """Immutable; another one is made after every change, or for a preview of one."""

    concepts: Mapping[str, Concept] = field(default_factory=dict)
    pins: tuple[Pin, ...] = ()

    @cached_property
    def phrases(self) -> dict[tuple[str, ...], list[Phrase]]:
        """(language, token, token, …) → the labels and synonyms that are written so."""
        found: dict[tuple[str, ...], list[Phrase]] = {}
        for phrase in self.all_phrases:
            if len(phrase.words) <= LONGEST_PHRASE:
                for key in keys_of(phrase.words, phrase.language):
                    found.setdefault(key, []).append(phrase)
        return found

    @cached_property
    def all_phrases(self) -> list[Phrase]:
        return [
            Phrase(concept.id, language, text, words, number == 0)
            for concept in self.concepts.values()
            for language, texts in concept.words.items()
            for number, text in enumerate(texts)
            if (words := telling_words(text))
        ]

    @cached_property
    def by_token(self) -> dict[tuple[str, str], dict[str, Phrase]]:
        """(language, token) → concepts with a label or synonym of several words of which this is one."""
        found: dict[tuple[str, str], dict[str, Phrase]] = {}
        for phrase in self.all_phrases:
            if len(phrase.words) > 1 and self.concepts[phrase.concept].in_parts:
                for word in phrase.words:
                    for token in tokens(word, phrase.language):
                        found.setdefault((phrase.language, token), {}).setdefault(phrase.concept, phrase)
        return found

    @cached_property
    def phrases_of(self) -> dict[str, list[Phrase]]:
        found: dict[str, list[Phrase]] = {}
        for phrase in self.all_phrases:
            found.setdefault(phrase.concept, []).append(phrase)
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """Every single word of every label and synonym, lower case."""
        return frozenset(word for phrase in self.all_phrases for word in split_words(phrase.text))

    @cached_property
    def folded_words(self) -> frozenset[str]:
        return frozenset(fold(word) for word in self.words)

    def exactly(self, words: tuple[str, ...]) -> list[Phrase]:
        """Labels and synonyms that consist of exactly these words, in any language and inflection."""
        found: dict[Phrase, None] = {}
        for language, _name in settings.LANGUAGES:
            for key in keys_of(words[:LONGEST_PHRASE], language):
                found.update(dict.fromkeys(self.phrases.get(key, ())))
        return list(found)

    def containing(self, word: str) -> dict[str, Phrase]:
        """Concept → one of its labels or synonyms of several words that has this word."""
        found: dict[str, Phrase] = {}
        for language, _name in settings.LANGUAGES:
            for token in tokens(word, language):
                for concept, phrase in self.by_token.get((language, token), {}).items():
                    found.setdefault(concept, phrase)
        return found

    def with_words(self, concept: str, words: Mapping[str, Iterable[str]]) -> Lexicon:
        """Another lexicon in which this concept is called so: what a preview asks."""
        if concept not in self.concepts:
            return self
        old = self.concepts[concept]
        changed = replace(old, words={code: tuple(texts) for code, texts in words.items()})
        return Lexicon({**self.concepts, concept: changed}, self.pins)

    def with_pin(self, pin: Pin) -> Lexicon:
        """Another lexicon with one pin more (or at another place)."""
        others = [known for known in self.pins if (known.words, known.key) != (pin.words, pin.key)]
        return Lexicon(self.concepts, tuple(sorted([*others, pin], key=lambda known: known.position)))

    @cached_property
    def pins_of(self) -> dict[str, list[Pin]]:
        found: dict[str, list[Pin]] = {}
        for pin in self.pins:
            found.setdefault(pin.words, []).append(pin)
        return found


_remembered: tuple[str, Lexicon] | None = None


def current() -> Lexicon:
    """The lexicon as the database has it now: one small query, and those for the terms after a change."""
    global _remembered
    stamp = LexiconStamp.objects.values_list("stamp", flat=True).first() or ""
    if _remembered is None or _remembered[0] != stamp:
        for model in term_models():
            model.drop_label_cache()  # written by another process, it would hold for a minute
        _remembered = (stamp, Lexicon(read_concepts(), read_pins()))
    return _remembered[1]


def read_concepts() -> dict[str, Concept]:
    """All terms, and what the documents add: areas are words people search with, too."""
    found: dict[str, Concept] = {}
    for model in term_models():
        kind = model._meta.model_name or ""
        for slug, words in model.all_words().items():
            concept = Concept(
                id=f"{kind}:{slug}",
                kind_label=model._meta.verbose_name,
                words={code: tuple(texts) for code, texts in words.items()},
            )
            found[concept.id] = concept
    documents = all_documents()
    types = choices_as_concepts("type", _("Type"), [(document.doc_type, document.label) for document in documents])
    for concept in (*types, *(concept for document in documents for concept in document.more_concepts())):
        found[concept.id] = concept
    return found


def read_pins() -> tuple[Pin, ...]:
    rows = PinnedResult.objects.order_by("position", "pk").values_list("words", "language", "key", "position")
    return tuple(
        Pin(words=words, language=language, key=str(key), position=position) for words, language, key, position in rows
    )


def choices_as_concepts(kind: str, kind_label: Any, choices: Iterable[tuple[str, Any]]) -> list[Concept]:
    """Fixed choices with translated labels, as concepts."""
    by_value: dict[str, dict[str, tuple[str, ...]]] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            for value, label in choices:
                # "Luxembourg (canton)" is asked for as "Luxembourg", too.
                names = (str(label), str(label).partition(" (")[0])
                by_value.setdefault(value, {})[code] = tuple(dict.fromkeys(names))
    return [Concept(id=f"{kind}:{value}", kind_label=kind_label, words=words) for value, words in by_value.items()]


def term_models() -> list[type[Term]]:
    return [model for model in apps.get_models() if issubclass(model, Term)]


def changed() -> None:
    """A term has been written, in this transaction: the lexicon is another one from its commit on, in every process."""
    forget()
    LexiconStamp.objects.update_or_create(pk=1, defaults={"stamp": uuid.uuid4().hex})
    transaction.on_commit(forget)


def forget() -> None:
    global _remembered
    _remembered = None
