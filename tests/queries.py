"""Counting what a request asks of the database."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

MOST_QUERIES = 12
NUMBERS = re.compile(r"\b\d+\b")
LISTS = re.compile(r"\(\?(?:, \?)*\)")


class Queries(list[str]):
    """Statements without the tests' own savepoints."""

    def repeated(self) -> list[str]:
        """Those that were asked more than once, whatever the keys they were asked with."""
        counts = Counter(LISTS.sub("(…)", NUMBERS.sub("?", statement)) for statement in self)
        return [f"{number} × {statement}" for statement, number in counts.items() if number > 1]


@contextmanager
def counted() -> Iterator[Queries]:
    """Filled when the block ends."""
    queries = Queries()
    with CaptureQueriesContext(connection) as captured:
        yield queries
    statements = [query["sql"] for query in captured.captured_queries]
    queries += [sql for sql in statements if not sql.startswith(("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO"))]
