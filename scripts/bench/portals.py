"""One portal per size: its database, its index, the processes that serve it and those that work on it."""

from __future__ import annotations

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).parents[2]
LONGEST_START = 60.0  # seconds
# As in the Dockerfile.
GUNICORN = ("portal.wsgi", "--worker-class=gthread", "--threads=4", "--workers=2", "--preload", "--log-level=error")


@dataclass(frozen=True, kw_only=True)
class Portal:
    name: str  # of its database; the prefix of its indexes
    size: int
    folder: Path  # for files that go after the run

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "scripts"), str(ROOT)]),
            "DATABASE_URL": database_url(self.name),
            "SEARCH_INDEX_PREFIX": self.name.replace("_", "-"),
            "BENCH_STATIC": str(self.folder / "static"),
            "MEDIA_ROOT": str(self.folder / "media"),
            "SECRET_KEY": _SECRET,
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECURE_SSL_REDIRECT": "false",
            "EMAIL_URL": "consolemail://",
            "LOG_LEVEL": "ERROR",
        }

    def manage(self, *arguments: str) -> None:
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment, check=True)

    def do(self, task: str, **arguments: Any) -> Any:
        """A task of bench.tasks, in a process of its own. Raises CalledProcessError."""
        command = [sys.executable, "-m", "bench.tasks", task, json.dumps(arguments)]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True)
        return json.loads(done.stdout.splitlines()[-1])

    @contextmanager
    def served(self, port: int) -> Iterator[int]:
        command = [sys.executable, "-m", "gunicorn", *GUNICORN, f"--bind=127.0.0.1:{port}", "--config=/dev/null"]
        with (self.folder / f"{self.name}.log").open("w") as log:
            server = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
            try:
                _await_answer(port)
                yield port
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait(timeout=60)


_SECRET = secrets.token_urlsafe(60)


def database_url(name: str) -> str:
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def make_database(name: str, template: str = "template1") -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connected:
        connected.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def make_portals(sizes: list[int], folder: Path, seed: Path) -> list[Portal]:
    """Each with an index; the page tree and the vocabulary are made once and copied."""
    empty = Portal(name="bench", size=0, folder=folder)
    make_database(empty.name)
    empty.manage("migrate", "--verbosity=0")
    empty.manage("start_portal")
    empty.manage("collectstatic", "--noinput", "--verbosity=0")
    portals = [Portal(name=f"bench_{size}", size=size, folder=folder) for size in sizes]
    for portal in portals:
        begun = time.perf_counter()
        make_database(portal.name, template=empty.name)
        portal.do("fill", database=str(seed), number=portal.size)
        portal.do("index")
        print(f"  {portal.size:,} members written and indexed in {time.perf_counter() - begun:.0f} s", flush=True)
    return portals


def _await_answer(port: int) -> None:
    end = time.monotonic() + LONGEST_START
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST_START)
        try:
            connection.request("GET", "/fr/")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.2)
        finally:
            connection.close()
        if time.monotonic() > end:
            raise TimeoutError(f"The portal did not answer within {LONGEST_START:.0f} s")
