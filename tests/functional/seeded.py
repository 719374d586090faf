"""A real portal for browsers: seeded once, copied for whoever writes, served by a process of its own."""

import fcntl
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_START = 120  # seconds; a machine busy with other tests is slow
WRITE_ADDRESSES = "from tests.functional.addresses import write; write()"


@dataclass(frozen=True)
class Portal:
    """A folder with a database, uploaded files and the addresses of one page of every type."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """For `manage.py`: this portal on SQLite with database search, nothing taken from the caller's own settings."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.functional.settings",
            "DATABASE_URL": f"sqlite:///{self.folder / 'portal.sqlite3'}",
            "MEDIA_ROOT": str(self.folder / "media"),
            "ELASTICSEARCH_URL": "",
            "REDIS_URL": "",
            "DEMO_PASSWORD": "",
            "ADDRESSES": str(self.folder / "addresses.json"),
        }

    @property
    def addresses(self) -> dict[str, dict[str, str]]:
        """Language → kind of page → path."""
        return json.loads((self.folder / "addresses.json").read_text(encoding="utf-8"))

    def copy(self, folder: Path) -> "Portal":
        """The same portal to write in. Uploads are linked: the portal adds and removes files, it changes none."""
        folder.mkdir(parents=True)
        source, target = (sqlite3.connect(place / "portal.sqlite3") for place in (self.folder, folder))
        with closing(source), closing(target):
            source.backup(target)
        shutil.copytree(self.folder / "media", folder / "media", copy_function=os.link)
        shutil.copy(self.folder / "addresses.json", folder)
        return Portal(folder)


def manage(environment: dict[str, str], *arguments: str) -> None:
    """Run `manage.py`; an AssertionError with what it said where it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, f"manage.py {' '.join(arguments)}\n{done.stdout[-2000:]}\n{done.stderr[-6000:]}"


def seed(folder: Path) -> Portal:
    """The demo in that folder, loaded by whoever comes first; the others wait for it.

    A folder given in FUNCTIONAL_SEED is kept from run to run: for whoever is writing journeys.
    """
    folder = Path(os.environ.get("FUNCTIONAL_SEED") or folder)
    folder.mkdir(parents=True, exist_ok=True)
    portal = Portal(folder)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "addresses.json").exists():
            (folder / "portal.sqlite3").unlink(missing_ok=True)
            (folder / "media").mkdir(exist_ok=True)
            manage(portal.environment, "migrate", "--verbosity=0")
            manage(portal.environment, "seed_demo")
            manage(portal.environment, "shell", "--no-imports", "--command", WRITE_ADDRESSES)
    return portal


@contextmanager
def serve(environment: dict[str, str], log: Path) -> Iterator[str]:
    """A server of that portal on a free port; yields its address, without a slash at the end."""
    port = free_port()
    command = [sys.executable, "manage.py", "runserver", "--noreload", "--skip-checks", f"127.0.0.1:{port}"]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        _await_answer(process, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)
    said = log.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in said, f"The server failed:\n{said[said.index('Traceback') :][:6000]}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _await_answer(process: subprocess.Popen, port: int, log: Path) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        assert process.poll() is None, f"The server stopped:\n{log.read_text(encoding='utf-8')[-4000:]}"
        with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
            try:
                connection.request("GET", "/robots.txt")
                if connection.getresponse().status == 200:
                    return
            except (OSError, HTTPException):
                time.sleep(0.2)
    raise AssertionError(f"The server did not answer within {LONGEST_START} s.")
