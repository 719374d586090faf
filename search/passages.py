"""Passages with a match, cut out and marked: what Elasticsearch's highlighter does, for the database engine."""

from __future__ import annotations

import re
from collections.abc import Set

from .analysis import lower
from .analysis_python import tokens
from .query import MARK_END, MARK_START

FIELDS = ("title", "summary", "works", "text", "parts")
WHOLE = ("title", "summary", "parts")  # not cut
LENGTH = 140  # characters of a passage, more or less
_WORD = re.compile(r"[^\W_]+")
Texts = dict[str, dict[str, str]]


def passages(texts: Texts, wanted: Set[str]) -> Texts:
    """Field → language → passage, for every text that has one of the wanted terms ("fr:affich")."""
    found: Texts = {}
    tokens_in: dict[str, set[str]] = {}
    for term in wanted:
        language, _colon, token = term.partition(":")
        tokens_in.setdefault(language, set()).add(token)
    for name in FIELDS:
        for language, text in texts.get(name, {}).items():
            if language in tokens_in and (
                passage := _passage(text, language, tokens_in[language], whole=name in WHOLE)
            ):
                found.setdefault(name, {})[language] = passage
    return found


def _passage(text: str, language: str, wanted: Set[str], *, whole: bool) -> str:
    """Around the first match; the matches in it marked. "" when there is none."""
    spans = [match.span() for match in _WORD.finditer(text) if not wanted.isdisjoint(tokens(lower(match[0]), language))]
    if not spans:
        return ""
    start, end = (0, len(text)) if whole else _window(text, spans[0])
    parts, position = [], start
    for first, last in spans:
        if start <= first and last <= end:
            parts += [text[position:first], MARK_START, text[first:last], MARK_END]
            position = last
    return "".join([*parts, text[position:end]]).strip()


def _window(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """From the beginning of the match's sentence when that is near, cut at spaces."""
    start = max(0, span[0] - LENGTH // 2)
    if start:
        sentence = max(text.rfind(mark, start, span[0]) for mark in (". ", "! ", "? "))
        start = sentence + 2 if sentence >= 0 else text.find(" ", start, span[0]) + 1 or span[0]
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = max(text.rfind(" ", span[1], end), span[1])
    return start, end
