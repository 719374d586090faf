"""Keeping the entries in step with what is published: recompute, mark, settle.

An entry is written in the transaction of the change. Its outbox rows come after its row is locked, so their ids are
ordered per thing and the last one is its version in Elasticsearch.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from threading import local
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from . import spelling
from .analysis_python import prefixed
from .compounds import Dictionary, dictionary, is_piece, normal, parts_of
from .documents import TEXT_FIELDS, Prepared, SearchDocument, all_documents, day_start
from .models import Audience, OutboxRow, SearchEntry, SearchEntryValue
from .prominence import steps_of
from .query import clean_text
from .suggestion_words import write_words

logger = logging.getLogger(__name__)
BATCH = 200
COLUMNS = (
    "audience", "is_listed", "languages", "source_language", "body", "texts", "sort_name", "sort_date", "axis_date",
    "title_terms", "terms",
)  # fmt: skip
KNOWN_FIELDS = ("title", "summary", "works", "text")
_pause = local()
Document = type[SearchDocument]


def refresh(document: Document, keys: Iterable[UUID], *, force: bool = False) -> int:
    """Recompute the entries of these things; returns how many changed. Delivery follows on commit.

    A bounded number of queries per BATCH keys. `force` sends unchanged entries to Elasticsearch too.
    """
    wanted = sorted(set(keys))
    if _collected(document, wanted):
        return 0
    known = dictionary() if wanted else frozenset()
    changed = 0
    for start in range(0, len(wanted), BATCH):
        with transaction.atomic():
            changed += _refresh_batch(document, wanted[start : start + BATCH], known, force)
    return changed


def _refresh_batch(document: Document, keys: Sequence[UUID], known: Dictionary, force: bool) -> int:
    locked = _lock(document, keys)
    # Read after locking: whoever held the lock before has committed what we read now.
    loaded = document.load(keys)
    changed: list[SearchEntry] = []
    values: dict[int, dict[str, list[str]]] = {}
    before = stored_values(locked)
    for entry in locked:
        old = [getattr(entry, name) for name in COLUMNS]
        wanted = fill(document, entry, loaded.get(entry.key), known)
        if force or old != [getattr(entry, name) for name in COLUMNS] or before.get(entry.pk, set()) != pairs(wanted):
            changed.append(entry)
            values[entry.pk] = wanted
    SearchEntry.objects.filter(pk__in=[entry.pk for entry in locked], is_stale=True).update(is_stale=False)
    _store(document, changed, values)
    write_words(locked)
    return len(changed)


def _lock(document: Document, keys: Sequence[UUID]) -> list[SearchEntry]:
    """The entries of these keys, made where missing, locked in the order of their keys so that nobody deadlocks."""
    here = set(SearchEntry.objects.filter(doc_type=document.doc_type, key__in=keys).values_list("key", flat=True))
    missing = [SearchEntry(doc_type=document.doc_type, key=key) for key in keys if key not in here]
    if missing:
        SearchEntry.objects.bulk_create(missing, ignore_conflicts=True)
    entries = SearchEntry.objects.select_for_update().filter(doc_type=document.doc_type, key__in=keys)
    return list(entries.order_by("key"))


def fill(
    document: Document, entry: SearchEntry, loaded: tuple[list[Any], str] | None, known: Dictionary
) -> dict[str, list[str]]:
    """Write one thing's content into its (unsaved) entry; returns its facet values."""
    prepared: Prepared | None = None
    if loaded:
        try:
            prepared = document.prepare(loaded[0])
        except Exception:  # one broken page must not keep others from being published
            logger.exception("%s.prepare() failed for %s", document.__name__, entry.key)
    if prepared is None or not prepared.cards:
        _empty(entry)
        return {}
    assert loaded is not None  # noqa: S101  (for the type checker: prepared comes from it)
    spoken = [code for code, _label in settings.LANGUAGES]
    cards = {code: card for code, card in prepared.cards.items() if code in spoken}
    source = prepared.source_language or getattr(loaded[0][0], "language", "") or next(iter(cards), "")
    entry.is_listed, entry.audience = True, loaded[1]
    entry.languages = [code for code in spoken if code in cards]
    entry.source_language = source
    entry.texts = _texts(prepared, spoken, known)
    entry.title_terms = prefixed(entry.texts, ["title"])
    concepts = sorted({*prepared.concepts, f"type:{document.doc_type}"})
    entry.terms = _terms(entry.texts, concepts)
    name = prepared.sort_name or prepared.title.get(source, "") or next(iter(prepared.title.values()), "")
    entry.sort_name = normal(clean_text(name).strip().lower())[:255]
    entry.sort_date, entry.axis_date = _moment(prepared.sort_date), _moment(prepared.axis_date)
    entry.body = {
        "key": str(entry.key),
        "type": document.doc_type,
        "languages": entry.languages,
        "source_language": source,
        "concepts": concepts,
        "prominence": steps_of(entry.texts, concepts),
        "cards": cards,
    }
    return {**_declared(document, prepared.values), "type": [document.doc_type]}


def _declared(document: Document, values: dict[str, list[str]]) -> dict[str, list[str]]:
    allowed = {facet.name for facet in document.facets if facet.stores_values}
    if unknown := set(values) - allowed:
        raise ValueError(f"{document.__name__}.prepare() gives values for {sorted(unknown)}, which are not its facets")
    return {name: [str(value) for value in dict.fromkeys(chosen)] for name, chosen in values.items() if chosen}


def _texts(prepared: Prepared, spoken: Sequence[str], known: Dictionary) -> dict[str, dict[str, str]]:
    given = {"title": prepared.title, "summary": prepared.summary, "works": prepared.works, "text": prepared.text}
    texts = {
        name: {code: clean_text(text) for code, text in by_language.items() if text and code in spoken}
        for name, by_language in given.items()
    }
    texts["parts"] = _parts(texts, known)
    return texts


def _parts(texts: dict[str, dict[str, str]], known: Dictionary) -> dict[str, str]:
    german = " ".join(texts[name].get("de", "") for name in KNOWN_FIELDS if name in texts)
    found = parts_of(german, known)
    return {"de": found} if found else {}


def _terms(texts: dict[str, dict[str, str]], concepts: Iterable[str]) -> str:
    carried = " ".join(f"={concept}" for concept in concepts)
    return f" {carried}{prefixed(texts, TEXT_FIELDS)}" if carried else prefixed(texts, TEXT_FIELDS)


def _empty(entry: SearchEntry) -> None:
    entry.is_listed, entry.audience = False, Audience.PUBLIC.value
    entry.languages, entry.body, entry.texts = [], {}, {}
    entry.source_language = entry.sort_name = entry.title_terms = entry.terms = ""
    entry.sort_date = entry.axis_date = None


def _moment(value: datetime | date | None) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    return day_start(value)


def pairs(values: dict[str, list[str]]) -> set[tuple[str, str]]:
    return {(facet, value) for facet, chosen in values.items() for value in chosen}


def stored_values(entries: Sequence[SearchEntry]) -> dict[int, set[tuple[str, str]]]:
    stored: dict[int, set[tuple[str, str]]] = {}
    rows = SearchEntryValue.objects.filter(entry__in=entries).values_list("entry_id", "facet", "value")
    for entry_id, facet, value in rows:
        stored.setdefault(entry_id, set()).add((facet, value))
    return stored


def _store(document: Document, entries: list[SearchEntry], values: dict[int, dict[str, list[str]]]) -> None:
    """Entries, values and outbox rows of this batch; every entry's version is the id of its new outbox row."""
    if not entries:
        return
    rows = OutboxRow.objects.bulk_create([OutboxRow(doc_type=document.doc_type, key=entry.key) for entry in entries])
    for entry, row in zip(entries, rows, strict=True):
        entry.version = row.pk
    SearchEntry.objects.bulk_update(entries, [*COLUMNS, "version"], batch_size=50)
    public = [entry for entry in entries if entry.is_listed and entry.audience == Audience.PUBLIC.value]
    spelling.remember(text for entry in public for name in KNOWN_FIELDS for text in entry.texts[name].values())
    SearchEntryValue.objects.filter(entry__in=entries).delete()
    SearchEntryValue.objects.bulk_create(
        [
            SearchEntryValue(entry_id=entry_id, facet=facet, value=value)
            for entry_id, by_facet in values.items()
            for facet, value in sorted(pairs(by_facet))
        ]
    )
    _deliver_on_commit()


def _deliver_on_commit() -> None:
    """One delivery per transaction, however many entries it changed."""
    from .delivery import deliver_after_commit  # needs this module for settling

    deliver_after_commit()


def entries_without(document: Document, keys: Iterable[UUID], concept: str) -> list[UUID]:
    """Those of these keys whose entry does not carry the concept: their term has another slug than before."""
    entries = SearchEntry.objects.filter(doc_type=document.doc_type, key__in=list(keys))
    return list(entries.exclude(terms__contains=f" ={concept} ").values_list("key", flat=True))


def mark_stale(document: Document, keys: Iterable[UUID]) -> None:
    """Note, in the transaction of the change, that these entries must be recomputed; done once, after the commit.

    For what is not finished when its signal comes: terms, whose labels are written after them.
    """
    wanted = sorted(set(keys))
    if not wanted or _collected(document, wanted):
        return
    with transaction.atomic():
        _make_missing(document, wanted)
        for start in range(0, len(wanted), BATCH):
            part = wanted[start : start + BATCH]
            SearchEntry.objects.filter(doc_type=document.doc_type, key__in=part).update(is_stale=True)
        _deliver_on_commit()


def _make_missing(document: Document, keys: Sequence[UUID]) -> None:
    rows = [SearchEntry(doc_type=document.doc_type, key=key) for key in keys]
    SearchEntry.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)


def settle() -> int:
    """Recompute all entries marked as stale; returns how many changed."""
    changed = 0
    stale: dict[str, list[UUID]] = {}
    for doc_type, key in SearchEntry.objects.stale().values_list("doc_type", "key"):
        stale.setdefault(doc_type, []).append(key)
    for document in all_documents():
        if document.doc_type in stale:
            changed += refresh(document, stale[document.doc_type])
    return changed


def take_apart_again(words: Iterable[str]) -> int:
    """After a term got or lost these words: recompute the pieces of German compounds that have them inside; returns how
    many entries changed. Only the pieces: nothing is read from the pages."""
    pieces = {piece for word in words if is_piece(piece := normal(word))}
    changed = 0
    known = dictionary() if pieces else frozenset()
    for document in all_documents() if pieces else ():
        with transaction.atomic():
            changed += _take_apart(document, pieces, known)
    return changed


def _take_apart(document: Document, pieces: Iterable[str], known: Dictionary) -> int:
    inside = Q()
    for piece in pieces:
        inside |= Q(terms__contains=piece)
    # Only a longer word can have a piece inside it: most entries that have the word have it by itself.
    compound = re.compile("|".join(rf" de:(?:\w{{3,}}{piece}|{piece}\w{{3,}})" for piece in map(re.escape, pieces)))
    entries = SearchEntry.objects.filter(inside, doc_type=document.doc_type, is_listed=True).order_by("key")
    changed = []
    for entry in entries.select_for_update():
        parts = _parts(entry.texts, known) if compound.search(entry.terms) else entry.texts["parts"]
        if parts != entry.texts["parts"]:
            entry.texts["parts"] = parts
            entry.terms = _terms(entry.texts, entry.body["concepts"])
            changed.append(entry)
    if changed:
        rows = OutboxRow.objects.bulk_create([OutboxRow(doc_type=document.doc_type, key=e.key) for e in changed])
        for entry, row in zip(changed, rows, strict=True):
            entry.version = row.pk
        SearchEntry.objects.bulk_update(changed, ["texts", "terms", "version"], batch_size=50)
        _deliver_on_commit()
    return len(changed)


@contextmanager
def collected() -> Iterator[None]:
    """For imports and the demo: changes made in this block are indexed together, once, at its end.

    Entries stay as they were until then; after a crash inside the block run `search_index update`.
    """
    if getattr(_pause, "keys", None) is not None:
        yield
        return
    _pause.keys = {}
    try:
        yield
    finally:
        waiting, _pause.keys = _pause.keys, None
        by_type = {document.doc_type: document for document in all_documents()}
        for doc_type, keys in waiting.items():
            refresh(by_type[doc_type], keys)


def _collected(document: Document, keys: Iterable[UUID]) -> bool:
    """Inside `collected()`: remember instead of doing."""
    waiting: dict[str, set[UUID]] | None = getattr(_pause, "keys", None)
    if waiting is None:
        return False
    waiting.setdefault(document.doc_type, set()).update(keys)
    return True
