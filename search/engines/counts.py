"""Totals and facet counts in one statement and one pass, however many facets are chosen.

A count leaves out its own facet's choice. So a thing that has all that is chosen counts for every facet; one that
misses the choice of a single facet counts for that facet alone; whatever misses two counts nowhere. The statement finds
once what the words find, works out which choices each thing misses, and counts. Plain SQL, because the ORM has no
WITH; SQLite and PostgreSQL read it alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from search.facets import DateFacet
from search.models import SearchEntryValue

TOTAL = ""  # the facet and the value under which the total comes
VALUES = SearchEntryValue._meta.db_table


def column_of(facet: DateFacet, value: str) -> str:
    """The column in which the base says whether a thing is in that range."""
    return f"in_{facet.name}_{value}".replace("-", "_")


def count(
    base: QuerySet[Any, Any],
    *,
    chosen: Mapping[str, Sequence[str]],
    stored: Sequence[str],
    dates: Mapping[str, Mapping[str, str]],
) -> list[tuple[str, str, int]]:
    """(facet, value, number) rows, the total among them.

    `base`: entries as (pk, one column per value of a date facet), no facet applied. `stored`: facets whose values are
    stored; `dates`: date facet → value → its column.
    """
    found, parameters = base.query.sql_with_params()
    columns = [column for by_value in dates.values() for column in by_value.values()]
    parts: list[str] = []
    params: list[Any] = [*parameters]
    missed, missed_params = _missed(chosen, dates)
    params += missed_params
    # S608 here and below: names of columns made of facets' names, and marks; every value is a parameter.
    sql = f"WITH base ({', '.join(['id', *columns])}) AS MATERIALIZED ({found}), "
    sql += f"judged AS MATERIALIZED (SELECT base.*, {missed} FROM base), "  # noqa: S608
    sql += f"matched AS MATERIALIZED (SELECT * FROM judged WHERE {_number_missed(chosen)} <= 1) "  # noqa: S608
    parts.append(f"SELECT '{TOTAL}', '{TOTAL}', COUNT(*) FROM matched WHERE {_number_missed(chosen)} = 0")  # noqa: S608
    if stored:
        parts.append(_stored_counts(chosen, stored))
        params += stored
        params += [name for name in chosen if name in stored]
    for name, by_value in dates.items():
        for value, column in by_value.items():
            others = _number_missed({key: () for key in chosen if key != name})
            parts.append(f"SELECT %s, %s, COUNT(*) FROM matched WHERE {column} = 1 AND {others} = 0")  # noqa: S608
            params += [name, value]
    with connection.cursor() as cursor:
        cursor.execute(sql + " UNION ALL ".join(parts), params)
        return cursor.fetchall()


def _column(facet: str) -> str:
    return connection.ops.quote_name(f"misses_{facet}")


def _number_missed(chosen: Mapping[str, Sequence[str]]) -> str:
    return " + ".join(map(_column, chosen)) or "0"


def _missed(chosen: Mapping[str, Sequence[str]], dates: Mapping[str, Mapping[str, str]]) -> tuple[str, list[Any]]:
    """One column per chosen facet: 1 where the thing has none of the values."""
    columns, params = [], []
    for name, values in chosen.items():
        if name in dates:
            has = " OR ".join(f"{dates[name][value]} = 1" for value in values)
        else:
            marks = ", ".join(["%s"] * len(values))
            has = f"id IN (SELECT entry_id FROM {VALUES} WHERE facet = %s AND value IN ({marks}))"  # noqa: S608
            params += [name, *values]
        columns.append(f"CASE WHEN {has} THEN 0 ELSE 1 END AS {_column(name)}")
    return ", ".join(columns) or "0 AS misses_nothing", params


def _stored_counts(chosen: Mapping[str, Sequence[str]], stored: Sequence[str]) -> str:
    marks = ", ".join(["%s"] * len(stored))
    counts_here = [f"{_number_missed(chosen)} = 0"]
    counts_here += [f"(facet = %s AND {_column(name)} = 1)" for name in chosen if name in stored]
    return (
        f"SELECT facet, value, COUNT(*) FROM matched JOIN {VALUES} ON entry_id = matched.id "  # noqa: S608
        f"WHERE facet IN ({marks}) AND ({' OR '.join(counts_here)}) GROUP BY facet, value"
    )
