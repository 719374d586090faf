"""What a hanging Elasticsearch costs: pages without search, publishing, moving; and how soon it is trusted again.

Usage: bench_hang.py [--rounds 5] [--readers 50] [--think 10]
Serves the demo (FUNCTIONAL_SEED, else var/bench) as production does, with gunicorn, 2 workers of 4 threads, behind
a proxy in front of ELASTICSEARCH_URL that hangs on command. Rounds are interleaved in one run: quiet; readers who
search a server that is well; the same readers searching one that hangs. Each reader asks, reads for `think` seconds,
asks again. Times are those of a page without search, from the moment the state begins. Ratios compare medians.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.contract.proxy import Proxy  # noqa: E402  (needs the path)
from tests.functional.seeded import Portal, free_port, seed  # noqa: E402

SECONDS = 8.0  # of measuring per state and round
PAUSE = 0.1  # seconds between two requests for the page that is measured
STATES = ("quiet", "well", "hanging")
WORDS = ("graphiste", "illustration", "Fotograf", "musique", "design", "son", "architecte", "Spiele", "video")


def main() -> int:
    options = _options()
    if options.act_as_readers:
        read_for_ever(options)
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        folder = Path(name)
        portal = seed(ROOT / "var" / "bench").copy(folder / "portal")
        with Proxy(os.environ["ELASTICSEARCH_URL"]) as proxy:
            os.environ.update(portal.environment)
            os.environ.update(ELASTICSEARCH_URL=proxy.url, SEARCH_INDEX_PREFIX=f"bench{os.getpid()}")
            with indexes():
                report_editors(proxy)
                with served(folder) as port:
                    report_readers(proxy, port, portal, options)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--think", type=float, default=10.0)
    parser.add_argument("--act-as-readers", metavar="PORT PATHS", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


@contextmanager
def indexes() -> Iterator[None]:
    """Django in this process, and the demo's indexes on the real server."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.functional.settings"
    import django

    django.setup()
    from search.documents import all_documents
    from search.indexing import drop_indexes, rebuild

    for document in all_documents():
        rebuild(document)
    try:
        yield
    finally:
        for document in all_documents():
            drop_indexes(document)


@contextmanager
def served(folder: Path) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi", f"--bind=127.0.0.1:{port}", "--worker-class=gthread"]
    command += ["--threads=4", "--workers=2", "--preload", "--log-level=warning", f"--config={os.devnull}"]
    with (folder / "gunicorn.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)
        try:
            until(lambda: fetch(port, "/fr/")[0] == 200, 60)
            yield port
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)


def fetch(port: int, path: str, seconds: float = 30.0) -> tuple[int, float, str]:
    """(status or 0, seconds, body)"""
    started = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=seconds)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, time.perf_counter() - started, response.read().decode()
    except (OSError, HTTPException):
        return 0, time.perf_counter() - started, ""
    finally:
        connection.close()


def until(condition: Callable[[], bool], seconds: float) -> float:
    """Waits for it; returns how long it took. Raises TimeoutError."""
    started = time.perf_counter()
    while not condition():
        if time.perf_counter() - started > seconds:
            raise TimeoutError(f"not within {seconds} s")
        time.sleep(0.1)
    return time.perf_counter() - started


def report_readers(proxy: Proxy, port: int, portal: Portal, options: argparse.Namespace) -> None:
    addresses = portal.addresses
    searched = [addresses[code]["directory"] for code in ("fr", "de", "en")]
    page = addresses["fr"]["guide"]
    for path in [page, *searched, *searched]:
        fetch(port, path)
    times: dict[str, list[float]] = {state: [] for state in STATES}
    ratios: list[float] = []
    closed: list[float] = []
    print(f"\nA page without search ({page}), {options.readers} readers, load before {os.getloadavg()[0]:.1f}")
    for number in range(options.rounds):
        medians = {}
        for state in STATES:
            with reading(port, searched, options) if state != "quiet" else nobody():
                if state != "quiet":
                    time.sleep(1.0)
                proxy.mode = "hang" if state == "hanging" else "forward"
                measured = measure(port, page)
            times[state] += measured
            medians[state] = statistics.median(measured)
        proxy.mode = "forward"
        closed.append(until(lambda: all(not is_degraded(port, searched[0]) for _try in range(6)), 30))
        ratios.append(medians["hanging"] / medians["well"])
        print(f"  round {number + 1}: " + ", ".join(f"{state} {medians[state] * 1000:.1f} ms" for state in STATES))
    report_times(times)
    print(f"  hanging / well, median of the rounds: {statistics.median(ratios):.2f}")
    print(f"  trusted again after {', '.join(f'{seconds:.1f}' for seconds in closed)} s")


def report_times(times: dict[str, list[float]]) -> None:
    middle = {state: statistics.median(measured) for state, measured in times.items()}
    for state, measured in times.items():
        ordered = sorted(measured)
        late, last = ordered[int(len(ordered) * 0.99)], ordered[-1]
        print(f"  {state:8} p50 {middle[state] * 1000:7.1f} ms  p99 {late * 1000:7.1f}  worst {last * 1000:7.1f}")
    for one, other in (("hanging", "well"), ("hanging", "quiet"), ("well", "quiet")):
        print(f"  {one} / {other}: {middle[one] / middle[other]:.2f}")


def measure(port: int, page: str) -> list[float]:
    ends = time.perf_counter() + SECONDS
    measured = []
    while time.perf_counter() < ends:
        status, seconds, _body = fetch(port, page)
        if status != 200:
            raise SystemExit(f"{page} answered {status}")
        measured.append(seconds)
        time.sleep(PAUSE)
    return measured


def is_degraded(port: int, path: str) -> bool:
    return 'id="listing-degraded"' in fetch(port, f"{path}?q=design")[2]


@contextmanager
def nobody() -> Iterator[None]:
    yield


@contextmanager
def reading(port: int, paths: list[str], options: argparse.Namespace) -> Iterator[None]:
    """The readers, in a process of their own so that they do not disturb the clock of this one."""
    command = [sys.executable, __file__, f"--readers={options.readers}", f"--think={options.think}"]
    readers = subprocess.Popen([*command, f"--act-as-readers={' '.join([str(port), *paths])}"])
    try:
        yield
    finally:
        readers.kill()
        readers.wait()


def read_for_ever(options: argparse.Namespace) -> None:
    port, *paths = options.act_as_readers.split()

    def read(number: int) -> None:
        chance = random.Random(number)
        time.sleep(chance.random() * options.think)
        while True:
            fetch(int(port), f"{chance.choice(paths)}?q={chance.choice(WORDS)}")
            time.sleep(options.think * (0.5 + chance.random()))

    for number in range(options.readers):
        threading.Thread(target=read, args=(number,), daemon=True).start()
    while True:
        time.sleep(60)


def report_editors(proxy: Proxy) -> None:
    """Publishing and moving, in this process: what an editor waits for."""
    from directory.models import MemberPage
    from news.models import NewsIndexPage, NewsPage
    from search.client import breaker

    print(f"An editor, load before {os.getloadavg()[0]:.1f}")
    member, news = MemberPage.objects.live().first(), NewsPage.objects.live().first()
    for label, mode in (("publish, server well", "forward"), ("first publish into a fresh hang", "hang")):
        proxy.mode = mode
        breaker.reset()
        print(f"  {label}: {timed(publish, member):.2f} s")
    timed(publish, member)
    print(f"  publish with the circuit {breaker.state}: {timed(publish, member):.2f} s")
    proxy.mode = "forward"
    from search.delivery import courier

    print(f"  courier, after that: {timed(courier.step):.2f} s, circuit {breaker.state}")
    parent = news.get_parent()
    target = NewsIndexPage.objects.exclude(pk=parent.pk).first()
    for place in (target, parent):
        started = time.perf_counter()
        type(news).objects.get(pk=news.pk).move(place.specific_class.objects.get(pk=place.pk), pos="last-child")
        address = type(news).objects.get(pk=news.pk).url
        until(lambda address=address: address in found_urls(news), 10)
        print(f"  move, until found at its new address: {time.perf_counter() - started:.2f} s")


def publish(page: Any) -> None:
    page = type(page).objects.get(pk=page.pk)
    page.description = f"{page.description}<p>{random.random()}</p>"
    page.save_revision().publish()


def found_urls(page: Any) -> set[str]:
    from search.client import client
    from search.names import alias_name

    answer = client().search(index=alias_name("news"), query={"term": {"key": str(page.translation_key)}})
    return {card["url"] for hit in answer["hits"]["hits"] for card in hit["_source"]["cards"].values()}


def timed(function: Callable[..., Any], *arguments: Any) -> float:
    started = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
