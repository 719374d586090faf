"""The words that suggestions are looked up by: written with the entries, from the titles on their cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from .models import SearchEntry, SuggestionWord
from .starts import Start, starts

COLUMNS = ("word", "position", "languages", "shown_in", "doc_type", "audience")
Word = tuple[str, int, str, str, str, str]  # the values of these


def words_of(entry: SearchEntry) -> set[Word]:
    """What should be stored for an entry; nothing for one that is not listed."""
    if not entry.is_listed:
        return set()
    cards = entry.body.get("cards", {})
    found = {code: starts(str(card.get("title", ""))) for code, card in cards.items()}
    languages: dict[Start, list[str]] = {}
    for code in sorted(found):
        for start in found[code]:
            languages.setdefault(start, []).append(code)
    shown: dict[Start, list[str]] = {start: [] for start in languages}
    for reader, _label in settings.LANGUAGES:
        for start in found.get(shown_language(entry.body, reader), ()):
            shown[start].append(reader)
    return {
        (start.text, start.position, _listed(codes), _listed(shown[start]), entry.doc_type, str(entry.audience))
        for start, codes in languages.items()
    }


def shown_language(body: dict[str, Any], language: str) -> str:
    """Of the card that this reader gets, as search.listing.hit_from chooses it."""
    cards = body.get("cards", {})
    order = [language, body.get("source_language", ""), *dict(settings.LANGUAGES), *cards]
    return next((code for code in order if code in cards), language)


def _listed(codes: Sequence[str]) -> str:
    """With a space on either side of each, so that one can be asked for: " de fr "."""
    return f" {' '.join(codes)} "


def stored_words(entries: Sequence[SearchEntry]) -> dict[int, set[Word]]:
    """Entry id → its words. One query."""
    stored: dict[int, set[Word]] = {}
    rows = SuggestionWord.objects.filter(entry__in=entries)
    for entry_id, *word in rows.values_list("entry_id", *COLUMNS):
        stored.setdefault(entry_id, set()).add(tuple(word))
    return stored


def write_words(entries: Sequence[SearchEntry]) -> None:
    """Bring the words of these entries up to date, in the caller's transaction: a bounded number of queries.

    Asked for every entry that is recomputed, changed or not, so that words that are missing come by themselves.
    """
    stored = stored_words(entries)
    wanted = {entry.pk: words_of(entry) for entry in entries}
    changed = [pk for pk, words in wanted.items() if words != stored.get(pk, set())]
    if any(pk in stored for pk in changed):
        SuggestionWord.objects.filter(entry_id__in=changed).delete()
    rows = [
        SuggestionWord(entry_id=pk, **dict(zip(COLUMNS, word, strict=True)))
        for pk in changed
        for word in sorted(wanted[pk])
    ]
    if rows:
        SuggestionWord.objects.bulk_create(rows, batch_size=500)
