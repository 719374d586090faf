"""Readers: processes of their own that send requests over connections they keep, and say how long each took."""

from __future__ import annotations

import json
import multiprocessing
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any, Self

TIMEOUT = 60.0  # seconds


@dataclass(frozen=True, kw_only=True)
class Request:
    """`decode`: read the answer as JSON, as whoever asks Elasticsearch has to."""

    port: int
    path: str
    body: bytes | None = None
    decode: bool = False
    expected: bytes = b""  # what a right answer has in it


class Readers:
    """Started once for a whole run, so that starting them is in no figure."""

    def __init__(self, number: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipes: list[Any] = []
        self._processes: list[Any] = []
        for _reader in range(number):
            ours, theirs = context.Pipe()
            process = context.Process(target=_read, args=(theirs,), daemon=True)
            process.start()
            self._pipes.append(ours)
            self._processes.append(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        for pipe, process in zip(self._pipes, self._processes, strict=True):
            pipe.send(None)
            process.join(10)

    def send(self, requests: Sequence[Request], *, clients: int, each: int) -> tuple[list[float], int]:
        """`clients` at the same time send `each` requests one after the other, going round in `requests`, each
        beginning elsewhere. Returns seconds of every request, and how many answers were not as expected."""
        for number, pipe in enumerate(self._pipes[:clients]):
            start = number * len(requests) // clients
            pipe.send([requests[(start + place) % len(requests)] for place in range(each)])
        answers = [pipe.recv() for pipe in self._pipes[:clients]]
        return [seconds for times, _wrong in answers for seconds in times], sum(wrong for _times, wrong in answers)


def _read(pipe: Any) -> None:
    connections: dict[int, HTTPConnection] = {}
    while (requests := pipe.recv()) is not None:
        times, wrong = [], 0
        _fetch(connections, requests[0])  # the connection is open, and nobody's first request is measured
        for request in requests:
            started = time.perf_counter()
            status, body = _fetch(connections, request)
            times.append(time.perf_counter() - started)
            wrong += status != 200 or request.expected not in body
        pipe.send((times, wrong))
    for connection in connections.values():
        connection.close()


def _fetch(connections: dict[int, HTTPConnection], request: Request) -> tuple[int, bytes]:
    for attempt in (1, 2):
        if request.port not in connections:
            connections[request.port] = HTTPConnection("127.0.0.1", request.port, timeout=TIMEOUT)
        connection = connections[request.port]
        try:
            headers = {"Content-Type": "application/json"} if request.body else {}
            connection.request("POST" if request.body else "GET", request.path, request.body, headers)
            response = connection.getresponse()
            body = response.read()
            break
        except OSError:  # the server closes connections that were idle for a while
            connections.pop(request.port).close()
            if attempt == 2:
                raise
    if request.decode:
        json.loads(body)
    return response.status, body
