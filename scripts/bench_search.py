"""How fast the search is, at several sizes of the directory, and whether that is fast enough.

Usage: bench_search.py --folder FOLDER [--sizes "300 10000 100000"] [--rounds 7] [--clients "1 8"] [--only PARTS]
Needs ELASTICSEARCH_URL, REDIS_URL and in DATABASE_URL a PostgreSQL where it may make databases (scripts/bench_search.sh
starts them). Every ratio is between two things measured in turns, round by round, in one run; docs/search.md says what
is measured. Exit code 1: a goal is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.clients import Readers, Request  # noqa: E402  (needs the path)
from bench.portals import Portal, make_portals  # noqa: E402
from bench.table import Figure, at_least, at_most, milliseconds, percentile, ratio, table, told  # noqa: E402

from tests.functional.seeded import free_port, seed  # noqa: E402

EACH = {1: 32}  # requests of each reader in a round; of more readers:
EACH_OF_MANY = 12
VARIANTS = {"facets": "five facets chosen", "words": "five facets and a word"}
HITS_PATH = b'data-engine="elasticsearch"'
# Wagtail's own search with the same directory: measured when this search was designed, not in this run.
WAGTAIL = {300: "4.1 ×", 10_000: "6.5 ×"}
GOALS = {300: 3.0, 100_000: 1.5}  # page / raw
Rounds = dict[tuple[int, str, int, str], list[list[float]]]  # (size, variant, clients, what) → seconds of each round


def main() -> int:
    options = _options()
    folder = Path(options.folder)
    print("Loading the demo, whose words the members are made of, unless that is done already", flush=True)
    demo = seed(ROOT / "var" / "bench")
    portals = make_portals(options.sizes, folder, demo.folder / "portal.sqlite3")
    figures: list[Figure] = []
    for name, measure in PARTS.items():
        if name in options.only:
            found = list(measure(portals, options))
            print(table(found), flush=True)  # at once: what comes later may fail
            figures += found
    missed = [figure for figure in figures if not figure.holds]
    print(
        f"\n{len(missed)} of {sum(bool(figure.goal) for figure in figures)} goals missed."
        if missed
        else "\nAll goals hold."
    )
    return 1 if missed else 0


def _options() -> argparse.Namespace:
    def numbers(text: str) -> list[int]:
        return sorted(map(int, text.split()))

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--sizes", type=numbers, default=[300, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--clients", type=numbers, default=[1, 8])
    parser.add_argument("--only", type=str.split, default=list(PARTS), help=f"some of: {' '.join(PARTS)}")
    options = parser.parse_args()
    if unknown := set(options.only) - set(PARTS):
        parser.error(f"unknown parts {', '.join(sorted(unknown))}; known are {', '.join(PARTS)}")
    return options


def pages(portals: list[Portal], options: argparse.Namespace) -> list[Figure]:
    """The whole page against its own request sent raw, and that against the plain form."""
    chosen = portals[0].do("questions", number=portals[0].size)
    paths = {variant: [question["path"] for question in questions] for variant, questions in chosen.items()}
    asked = {portal.size: portal.do("questions", number=portal.size, paths=paths) for portal in portals}
    counted = [portal.do("count", paths=[path for group in paths.values() for path in group]) for portal in portals]
    with ExitStack() as stack:
        ports = {portal.size: stack.enter_context(portal.served(free_port())) for portal in portals}
        readers = stack.enter_context(Readers(max(options.clients)))
        measured, wrong = _measure(readers, asked, ports, options)
    figures = list(_page_figures(measured, [portal.size for portal in portals], options.clients))
    figures.append(
        at_most("Requests to Elasticsearch for a page", max(c["requests"] for c in counted), 1, unit="", digits=0)
    )
    figures.append(
        at_most("SQL statements for hits and facets", max(c["entries"] for c in counted), 0, unit="", digits=0)
    )
    figures.append(told("  the page's others: " + ", ".join(counted[0]["sql"]), str(len(counted[0]["sql"]))))
    figures.append(at_most("Pages the database had to answer", wrong, 0, unit="", digits=0))
    return figures


def _measure(
    readers: Readers, asked: dict[int, dict], ports: dict[int, int], options: argparse.Namespace
) -> tuple[Rounds, int]:
    """Everything in turns, round by round; the first round warms up."""
    measured: Rounds = {}
    wrong = 0
    search = urlsplit(os.environ["ELASTICSEARCH_URL"]).port or 9200
    for number in range(options.rounds + 1):
        for size, variants in asked.items():
            for variant, questions in variants.items():
                for clients in options.clients:
                    for what, requests in _requests(questions, ports[size], search):
                        if what == "plain" and clients > 1:
                            continue
                        each = EACH.get(clients, EACH_OF_MANY)
                        times, failed = readers.send(requests, clients=clients, each=each)
                        if number:
                            measured.setdefault((size, variant, clients, what), []).append(times)
                            wrong += failed
        print(f"  round {number} of {options.rounds}, load {os.getloadavg()[0]:.1f}", flush=True)
    return measured, wrong


def _requests(questions: list[dict], port: int, search: int) -> Iterator[tuple[str, list[Request]]]:
    yield "page", [Request(port=port, path=question["path"], expected=HITS_PATH) for question in questions]
    for what, name in (("raw", "ours"), ("plain", "plain")):
        yield (
            what,
            [
                Request(port=search, path=sent["path"], body=sent["body"].encode(), decode=True)
                for sent in (question[name] for question in questions)
            ],
        )


def _page_figures(measured: Rounds, sizes: list[int], clients: list[int]) -> Iterator[Figure]:
    for variant, label in VARIANTS.items():
        for size in sizes:
            for number in clients:
                page, raw = (measured[size, variant, number, what] for what in ("page", "raw"))
                for share in (0.5, 0.99):
                    name = f"Page / raw, {size:,} members, {label}, {number} clients, p{share * 100:.0f}"
                    value = ratio(page, raw, share)
                    is_goal = size in GOALS and share == 0.5 and number == 1
                    wagtail = (
                        WAGTAIL.get(size, "") if is_goal or (size == 10_000 and share == 0.5 and number == 1) else ""
                    )
                    ends = f"  ({_pooled(page, share)} / {_pooled(raw, share)})"
                    if is_goal:
                        yield at_most(name, value, GOALS[size], wagtail=wagtail)
                    else:
                        yield told(name, f"{value:.2f} ×", wagtail=wagtail)
                    yield told(f"    in milliseconds{ends}", "")
        yield from _growth(measured, variant, label, sizes)


def _growth(measured: Rounds, variant: str, label: str, sizes: list[int]) -> Iterator[Figure]:
    first, last = sizes[0], sizes[-1]
    yield at_most(
        f"Our request / plain post-filter form, {last:,} members, {label}",
        ratio(measured[last, variant, 1, "raw"], measured[last, variant, 1, "plain"], 0.5),
        0.6,
    )
    for what, name in (("page", "Page"), ("raw", "Request")):
        yield at_most(
            f"{name} with {last:,} / {first:,} members, {label}, p50",
            ratio(measured[last, variant, 1, what], measured[first, variant, 1, what], 0.5),
            3.5,
        )


def _pooled(rounds: list[list[float]], share: float) -> str:
    return milliseconds(percentile([seconds for times in rounds for seconds in times], share))


def on_database(portals: list[Portal], options: argparse.Namespace) -> Iterator[Figure]:
    portal = next((portal for portal in portals if portal.size == 10_000), portals[0])
    for variant, questions in portal.do("questions", number=portal.size).items():
        times = portal.do("database", paths=[question["path"] for question in questions], rounds=options.rounds)
        label = f"Database engine, {portal.size:,} members, PostgreSQL, {VARIANTS[variant]}"
        yield at_most(f"{label}, p50", percentile(times, 0.5) * 1000, 100, unit="ms", digits=1)
        yield told(f"{label}, p99", milliseconds(percentile(times, 0.99)))


def publishing(portals: list[Portal], options: argparse.Namespace) -> list[Figure]:
    portal = portals[-1]
    found = portal.do("publish", times=20)
    return [
        at_most(
            f"Searchable after publish() returns, {portal.size:,} members, p50",
            median(found["found"]) * 1000,
            150,
            unit="ms",
            digits=1,
            wagtail="1011 ms",
        ),
        told("  the slowest of 20", milliseconds(max(found["found"]))),
        told("  publish() itself, p50", milliseconds(median(found["publish"]))),
    ]


def rebuilding(portals: list[Portal], options: argparse.Namespace) -> Iterator[Figure]:
    for portal in [portal for portal in portals if portal.size >= 1000] or portals:
        rounds = options.rounds if portal.size < 50_000 else max(2, options.rounds // 3)
        found = portal.do("rebuild", rounds=rounds, folder=str(portal.folder))
        pairs = zip(found["rebuild"], found["raw"], strict=True)
        speeds = f"{median(found['rebuild']):.0f} / {median(found['raw']):.0f} documents a second"
        yield at_least(
            f"Rebuild / raw bulk, {portal.size:,} members",
            median(one / other for one, other in pairs),
            0.8,
            wagtail="0.43 ×",
        )
        yield told(f"  {speeds}", "")
        yield told(f"  memory: {found['start']:.0f} MB before, {found['peak']:.0f} MB at most", "")


PARTS: dict[str, Callable[[list[Portal], argparse.Namespace], Iterable[Figure]]] = {
    "pages": pages,
    "database": on_database,
    "publish": publishing,
    "rebuild": rebuilding,
}

if __name__ == "__main__":
    sys.exit(main())
