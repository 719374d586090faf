"""The lookup the database engine searches with: does a column of space-separated terms have one of these?"""

from __future__ import annotations

from typing import Any

from django.db.models import Lookup, TextField


@TextField.register_lookup
class HasAny(Lookup):
    """`filter(terms__has_any=["fr:affich", "=skill:printing"])`. Whole terms only.

    On PostgreSQL an overlap of arrays, for which search/migrations has a GIN index; elsewhere the column is read.
    """

    lookup_name = "has_any"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        if not self.rhs:
            return "1 = 0", ()
        parts = " OR ".join([f"instr({column}, %s) > 0"] * len(self.rhs))
        return f"({parts})", tuple(item for term in self.rhs for item in (*params, f" {term} "))

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"search_terms({column}) && %s::text[]", (*params, list(self.rhs))
