"""Why a thing was found: the terms it carries that were asked for, and the passages that have the words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .analysis import split_words
from .analysis_python import tokens
from .compounds import compound_in
from .conditions import Carries, Word, leaves
from .interpretation import Interpretation
from .lexicon import Lexicon
from .query import MARK_END, MARK_START

MAX_TERMS, MAX_PASSAGES = 3, 2


@dataclass(frozen=True, kw_only=True)
class Reason:
    kind: str  # "pinned"; "skill", "subsector", "topic", "area", …; "works"; "text"
    label: str  # of the kind, in the reader's language: "Skill"
    html: SafeString  # escaped; matches in <mark>; "" for "pinned"
    via: str = ""  # the label or synonym that was asked for, where it reads differently: "graphiste"
    language: str = ""  # of the passage


@dataclass(frozen=True, kw_only=True)
class Why:
    reasons: tuple[Reason, ...] = ()
    title: SafeString | str = ""  # the card's name with its matches marked; "" when it has none
    summary: SafeString | str = ""  # likewise


def why(
    body: Mapping[str, Any],
    fragments: Mapping[str, Mapping[str, str]],
    interpretation: Interpretation,
    lexicon: Lexicon,
    *,
    language: str,
    shown: str,
) -> Why:
    """`language`: the reader's; `shown`: the card's, whose passages come first."""
    reached = interpretation.phrases()
    typed = typed_tokens(interpretation)
    carried = [concept for concept in reached if concept in set(body.get("concepts", ()))]
    terms = [_term(concept, reached[concept].text, lexicon, language) for concept in carried[:MAX_TERMS]]
    order = list(dict.fromkeys([shown, language, body.get("source_language", "")]))
    passages = [
        reason
        for name, label in (("works", _("Work")), ("text", _("Text")))
        if (reason := _passage(name, label, fragments.get(name, {}), order, typed, only_typed=bool(terms)))
    ]
    if not terms and not passages and not fragments.get("title") and (compound := _compound(fragments)):
        passages.append(compound)
    if not terms and not passages:
        terms = _near(body, interpretation, lexicon, language)
    title, summary = (
        only_marked(passage, shown, typed) or ("" if terms else passage)
        for passage in (fragments.get(name, {}).get(shown, "") for name in ("title", "summary"))
    )
    return Why(
        reasons=(*terms, *passages[:MAX_PASSAGES]),
        title=marked(title) if title else "",
        summary=marked(summary) if summary else "",
    )


def recommended() -> Reason:
    """An editor has pinned it for this query."""
    return Reason(kind="pinned", label=_("Recommended"), html=SafeString(""))  # "" is safe: nothing is in it


def _term(concept_id: str, asked: str, lexicon: Lexicon, language: str) -> Reason:
    concept = lexicon.concepts[concept_id]
    label = concept.label(language)
    via = asked if asked.casefold() != label.casefold() else ""
    return Reason(kind=concept.kind, label=str(concept.kind_label), html=escape(label), via=via)


def _near(body: Mapping[str, Any], interpretation: Interpretation, lexicon: Lexicon, language: str) -> list[Reason]:
    """The term that led here though it was not named: a skill whose members do what was asked for."""
    carried = {leaf.concept: leaf.weight for leaf in leaves(interpretation.condition) if isinstance(leaf, Carries)}
    there = [concept for concept in body.get("concepts", ()) if concept in carried and concept in lexicon.concepts]
    best = sorted(there, key=lambda concept: -carried[concept])
    return [_term(concept, "", lexicon, language) for concept in best[:1]]


def _passage(
    name: str,
    label: str,
    passages: Mapping[str, str],
    order: Sequence[str],
    typed: Set[tuple[str, str]],
    *,
    only_typed: bool,
) -> Reason | None:
    """The first passage with a word that was typed; without one (unless `only_typed`) any with another name of it."""
    available = [language for language in dict.fromkeys([*order, *passages]) if passages.get(language)]
    for language in available:
        if passage := only_marked(passages[language], language, typed):
            return Reason(kind=name, label=label, html=marked(passage), language=language)
    if available and not only_typed:
        return Reason(kind=name, label=label, html=marked(passages[available[0]]), language=available[0])
    return None


def _compound(fragments: Mapping[str, Mapping[str, str]]) -> Reason | None:
    """Found by a piece of a compound only: the compound."""
    for language, passage in fragments.get("parts", {}).items():
        if word := compound_in(passage, MARK_START):
            return Reason(kind="text", label=_("Text"), html=marked(f"{MARK_START}{word}{MARK_END}"), language=language)
    return None


def typed_tokens(interpretation: Interpretation) -> set[tuple[str, str]]:
    """(language, token) of every word that was typed, of its pieces and of what it was respelt as."""
    words = [leaf.text for leaf in leaves(interpretation.condition) if isinstance(leaf, Word) and not leaf.languages]
    return {(code, token) for code, _name in settings.LANGUAGES for word in words for token in tokens(word, code)}


_MARKED = re.compile(f"{MARK_START}([^{MARK_END}]*){MARK_END}")


def only_marked(passage: str, language: str, wanted: Set[tuple[str, str]]) -> str:
    """The passage with no other marks than those of the wanted words; "" when none is left."""

    def keep(match: re.Match[str]) -> str:
        found = any((language, token) in wanted for word in split_words(match[1]) for token in tokens(word, language))
        return match[0] if found else match[1]

    passage = _MARKED.sub(keep, passage)
    return passage if MARK_START in passage else ""


def marked(passage: str) -> SafeString:
    """Escaped, and the matches in <mark>."""
    html = escape(passage).replace(MARK_START, "<mark>").replace(MARK_END, "</mark>")
    return mark_safe(html)  # noqa: S308  (escaped just above; the two marks are ours and nobody else can write them)
