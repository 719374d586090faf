"""How well the search finds: nDCG@10 and recall@24 of the judged questions in tests/search/judged/.

The questions of its folder unseen/ have a row of their own. They have no goal, and which of them are answered badly is
not shown: nobody is to tune on them.

Usage: relevance.py [--engines elasticsearch,database,wagtail,wagtail-elasticsearch] [--worst 15] [--record]
Loads the demo content once (into FUNCTIONAL_SEED, else var/relevance), works on a copy of it, asks ELASTICSEARCH_URL.
Exit code 1: Elasticsearch is below 0.90 nDCG@10, or more than 0.01 below the last recorded figure.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.functional.seeded import seed  # noqa: E402  (needs the path)
from tests.search.judgements import LANGUAGES, RECORD, UNSEEN, load_queries  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.search.relevance import Score

LEAST = 0.90  # nDCG@10 of Elasticsearch
SLACK = 0.01  # how far it may fall from the recorded figure
ENGINES = ("elasticsearch", "database", "wagtail-elasticsearch", "wagtail")
LABELS = {"wagtail": "wagtail, database", "wagtail-elasticsearch": "wagtail, elasticsearch"}
SHOWN = 3  # hits named for each of the worst questions


def main() -> int:
    options = _options()
    judged = load_queries()
    with tempfile.TemporaryDirectory(prefix="portal-relevance-") as folder:
        _set_up(Path(folder))
        from tests.search.relevance import measure_all

        scores = measure_all([*judged, *load_queries(UNSEEN)], options.engines)
    measured = {engine: found[: len(judged)] for engine, found in scores.items()}
    unseen = {engine: found[len(judged) :] for engine, found in scores.items()}
    print(table(measured, unseen))
    print(worst(measured.get("elasticsearch", next(iter(measured.values()))), options.worst))
    if "elasticsearch" not in measured:
        return 0
    if options.record:
        write_record(measured, unseen)
        return 0
    return complain(reached(measured["elasticsearch"], goal=not options.no_worse))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engines", type=lambda text: text.split(","), default=None)
    parser.add_argument("--worst", type=int, default=15)
    parser.add_argument("--record", action="store_true", help="make this run's figures the recorded ones")
    parser.add_argument(
        "--no-worse", action="store_true", help="compare with the recorded figure only, not with the goal"
    )
    options = parser.parse_args()
    has_server = bool(os.environ.get("ELASTICSEARCH_URL"))
    options.engines = options.engines or [name for name in ENGINES if has_server or "elasticsearch" not in name]
    if unknown := set(options.engines) - set(ENGINES):
        parser.error(f"unknown engines {', '.join(sorted(unknown))}; known are {', '.join(ENGINES)}")
    if not has_server and any("elasticsearch" in name for name in options.engines):
        parser.error("ELASTICSEARCH_URL is not set; `make relevance` starts a server")
    return options


def _set_up(folder: Path) -> None:
    """Django on a copy of the seeded portal, with indexes of this process's own."""
    server = os.environ.get("ELASTICSEARCH_URL", "")
    portal = seed(_seed_folder()).copy(folder / "portal")
    os.environ.update(
        {
            **portal.environment,
            "DJANGO_SETTINGS_MODULE": "tests.search.relevance_settings",
            "ELASTICSEARCH_URL": server,
            "SEARCH_INDEX_PREFIX": f"relevance-{os.getpid()}",
        }
    )
    sys.argv[:] = ["manage.py", "relevance"]  # a command, not a web process: no courier rebuilds what we drop
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _seed_folder() -> Path:
    """Named after what it is made of, so that a change of the content or of the tables seeds anew."""
    made_of = hashlib.sha256()
    for path in sorted(
        [*ROOT.glob("home/**/*.py"), *ROOT.glob("home/demo/**/*.toml"), *ROOT.glob("*/migrations/*.py")]
    ):
        made_of.update(path.read_bytes())
    folder = ROOT / "var" / "relevance" / made_of.hexdigest()[:16]
    for other in folder.parent.glob("*"):
        if other != folder:
            shutil.rmtree(other)
    return folder


def table(measured: dict[str, list[Score]], unseen: dict[str, list[Score]]) -> str:
    """nDCG@10 and recall@24 by language and listing, a column per engine; "all" is without the unseen questions."""
    lines = ["", f"{'nDCG@10 / recall@24':<22}" + "".join(f"{LABELS.get(name, name):>24}" for name in measured)]
    for group in (*LANGUAGES, "directory", "site", "all"):
        columns = [
            [score for score in scores if group in ("all", score.query.language, score.query.listing)]
            for scores in measured.values()
        ]
        lines.append(_row(group, columns))
    return "\n".join([*lines, _row("unseen", [unseen[name] for name in measured])])


def _row(group: str, columns: Sequence[list[Score]]) -> str:
    """Each column the same questions, of another engine."""
    from tests.search.relevance import figures

    means = [figures(scores) for scores in columns]
    cells = [f"{f'{mean.ndcg:.3f} / {mean.recall:.3f}':>24}" for mean in means]
    return f"{f'{group} ({len(columns[0])})':<22}" + "".join(cells)


def worst(scores: list[Score], count: int) -> str:
    """The questions answered worst, and what came first."""
    empty = sum(not score.found for score in scores)
    lines = ["", f"{empty} of {len(scores)} questions found nothing. The {count} worst (nDCG@10, recall@24):"]
    for score in sorted(scores, key=lambda score: (score.ndcg, score.recall, score.query.text))[:count]:
        query = score.query
        first = ", ".join(f"{name.split(':')[1]} ({query.answers.get(name, 0)})" for name in score.found[:SHOWN])
        lines.append(f"  {score.ndcg:.2f} {score.recall:.2f}  {query.language} {query.listing:<9} {query.text}")
        lines.append(f"             {first or 'nothing found'}")
    return "\n".join(lines)


def reached(scores: list[Score], *, goal: bool) -> list[str]:
    """What is wrong with Elasticsearch's figures; [] when they hold."""
    from tests.search.relevance import figures

    mean = figures(scores).ndcg
    before = recorded().get("elasticsearch", {}).get("ndcg", 0.0)
    wrong = []
    if goal and mean < LEAST:
        wrong.append(f"nDCG@10 of Elasticsearch is {mean:.4f}, below {LEAST:.2f}.")
    if mean < before - SLACK:
        wrong.append(f"nDCG@10 of Elasticsearch fell from {before:.4f} to {mean:.4f}, by more than {SLACK}.")
    return wrong


def complain(wrong: list[str]) -> int:
    for line in wrong:
        print(f"\n{line}", file=sys.stderr)
    return 1 if wrong else 0


def recorded() -> dict[str, dict[str, float]]:
    """Engine → {"ndcg": …, "recall": …}; {} as long as nothing was recorded. Leaves out the unseen questions."""
    told = tomllib.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    return {engine: means for engine, means in told.items() if engine != "unseen"}


def write_record(measured: dict[str, list[Score]], unseen: dict[str, list[Score]]) -> None:
    from tests.search.relevance import figures

    lines = [
        "# The last recorded figures, over all judged questions and, below unseen, over those that nobody tunes on.",
        "# Written by `make relevance RECORD=1`.",
    ]
    named = measured | {f"unseen.{engine}": scores for engine, scores in unseen.items()}
    for name, scores in named.items():
        mean = figures(scores)
        lines += ["", f"[{name}]", f"ndcg = {mean.ndcg:.4f}", f"recall = {mean.recall:.4f}"]
    RECORD.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"\nRecorded in {RECORD.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
