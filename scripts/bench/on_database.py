"""The database engine's own time, without a page around it."""

from __future__ import annotations

import time
from typing import Any
from unittest import mock

from django.http import QueryDict
from django.test import override_settings
from django.utils.translation import override

from directory.facets import DIRECTORY
from search.engines import database


def measure_database(*, paths: list[str], rounds: int) -> list[float]:
    """Seconds of the engine for each of these addresses, `rounds` times each."""
    times: list[float] = []
    real = database.ask

    def timed(question: Any) -> Any:
        begun = time.perf_counter()
        answer = real(question)
        times.append(time.perf_counter() - begun)
        return answer

    with override_settings(ELASTICSEARCH_URL=""), override("fr"), mock.patch.object(database, "ask", timed):
        for _round in range(rounds + 1):
            if _round == 1:
                times.clear()  # the first one reads what is then in memory
            for path in paths:
                DIRECTORY.answer(QueryDict(path.partition("?")[2]), path="/", language="fr")
    return times
