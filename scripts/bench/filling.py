"""Writes the synthetic members into the database as the portal itself would have them: entries, values, known words.

No pages: a listing is answered from the entries and the index alone. What `search.entries.fill` makes of a member is
computed by it; only the writing is done in bulk.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.db import connection

from directory.facets import DIRECTORY_FACETS
from search import lexicon, spelling
from search.compounds import Dictionary, dictionary
from search.documents import Prepared
from search.entries import COLUMNS, fill, pairs
from search.models import Audience, OutboxRow, SearchEntry, SearchEntryValue

from .synthetic import Demo, chunks, members, read_demo

CHUNK = 1000
NAMESPACE = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
ENTRY_COLUMNS = ("id", "doc_type", "key", "is_stale", "version", *COLUMNS)


class SyntheticDocument:
    """Stands in for directory.documents.MemberDocument: what there is was prepared already."""

    doc_type = "member"
    facets = DIRECTORY_FACETS

    @staticmethod
    def prepare(things: list[Prepared]) -> Prepared:
        return things[0]


def write_members(database: Path, number: int) -> None:
    """`database`: of the seeded demo. The database of this process has no members yet."""
    demo = read_demo(database)
    known = dictionary(lexicon.current())
    written = 0
    for chunk in chunks(members(demo, number), CHUNK):
        _write_chunk(chunk, written, known)
        written += len(chunk)
    _remember_words(demo)
    with connection.cursor() as cursor:
        for model in (SearchEntry, SearchEntryValue, OutboxRow):
            table = model._meta.db_table
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "  # noqa: S608  (names of our own tables)
                f"GREATEST({number}, (SELECT COALESCE(MAX(id), 1) FROM {table})))"
            )
        cursor.execute("VACUUM ANALYZE")


def _write_chunk(chunk: Sequence[Prepared], before: int, known: Dictionary) -> None:
    entries: list[SearchEntry] = []
    values: list[tuple[int, str, str]] = []
    for position, prepared in enumerate(chunk, before + 1):
        entry = SearchEntry(pk=position, doc_type="member", key=uuid5(NAMESPACE, str(position)), version=position)
        chosen = fill(SyntheticDocument, entry, ([prepared], Audience.PUBLIC.value), known)  # type: ignore[arg-type]
        entries.append(entry)
        values += [(position, facet, value) for facet, value in sorted(pairs(chosen))]
    with connection.cursor() as cursor:
        _copy(
            cursor, SearchEntry, ENTRY_COLUMNS, [[_column(entry, name) for name in ENTRY_COLUMNS] for entry in entries]
        )
        _copy(cursor, SearchEntryValue, ("entry_id", "facet", "value"), values)


def _column(entry: SearchEntry, name: str) -> Any:
    value = getattr(entry, name)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _copy(cursor: Any, model: Any, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    with cursor.copy(f"COPY {model._meta.db_table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _remember_words(demo: Demo) -> None:
    spelling.remember(sentence for sentences in demo.sentences.values() for sentence in sentences)
