"""Lighthouse's mobile profile on five kinds of page of the demo, in every language; the medians of some rounds.

Simulated: a phone a quarter as fast as this machine, 150 ms away, at 1.6 Mbit/s
(https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md). Exit status 1 where a goal is missed.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.functional.seeded import manage, seed, serve

ROOT = Path(__file__).resolve().parent.parent
LIGHTHOUSE = ROOT / "scripts" / "npm" / "node_modules" / "lighthouse" / "cli" / "index.js"
KINDS = ("home", "news-item", "guide", "directory", "member")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# Audit → what it may be at most, in milliseconds or as a share.
GOALS = {"first-contentful-paint": 950, "largest-contentful-paint": 1300, "cumulative-layout-shift": 0.01}
ATTEMPTS = 4  # Chromium now and then loses its own trace; Lighthouse then says "run again"
CHROME_FLAGS = "--headless=new --no-sandbox --host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'"


def chromium() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        sys.exit("Chromium is not there. On Debian: apt-get install chromium")
    return found


def ask(url: str) -> dict:
    """Lighthouse's report on an address."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = ["node", LIGHTHOUSE, url, "--quiet", "--output=json", f"--output-path={report}"]
        command += [f"--chrome-flags={CHROME_FLAGS}", f"--only-categories={','.join(CATEGORIES)}"]
        for _attempt in range(ATTEMPTS):
            subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium()}, capture_output=True, timeout=300)
            if report.exists():
                found = json.loads(report.read_text(encoding="utf-8"))
                if not found.get("runtimeError"):
                    return found
    sys.exit(f"Lighthouse could not judge {url}: {found.get('runtimeError') if report else 'no report'}")


def judge(url: str, rounds: int) -> tuple[dict[str, float], set[str]]:
    """Name of a category or audit → the median of the rounds; and the audits that kept a category below 100."""
    reports = [ask(url) for _round in range(rounds)]
    figures = {
        name: statistics.median(round(report["categories"][name]["score"] * 100) for report in reports)
        for name in CATEGORIES
    }
    figures |= {name: statistics.median(report["audits"][name]["numericValue"] for report in reports) for name in GOALS}
    complaints = {
        reference["id"]
        for report in reports
        for name in CATEGORIES[1:]
        for reference in report["categories"][name]["auditRefs"]
        if reference["weight"]
        and (report["audits"][reference["id"]]["score"] or 0) < 1
        and report["audits"][reference["id"]]["scoreDisplayMode"] in ("binary", "numeric")
    }
    return figures, complaints


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--languages", nargs="+", default=["en", "fr", "de"])
    options = parser.parse_args()
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        portal = seed(Path(folder) / "portal")
        manage(portal.environment, "complete_images", "--all", "--verbosity=0")
        print(
            f"{'':16}" + "".join(f"{name[:13]:>15}" for name in CATEGORIES) + "    FCP s    LCP s      CLS", flush=True
        )
        with serve(portal.environment, Path(folder) / "log") as url:
            for language in options.languages:
                for kind in KINDS:
                    figures, complaints = judge(url + portal.addresses[language][kind], options.rounds)
                    scores = "".join(f"{figures[name]:15.0f}" for name in CATEGORIES)
                    fcp, lcp, cls = (figures[name] for name in GOALS)
                    print(f"{language} {kind:13}{scores}{fcp / 1000:9.2f}{lcp / 1000:9.2f}{cls:9.3f}", flush=True)
                    missed += [
                        f"{language} {kind}: {name} {figures[name]:.0f}" for name in CATEGORIES if figures[name] < 100
                    ]
                    missed += [
                        f"{language} {kind}: {name} {figures[name]:.3g}, goal {goal}"
                        for name, goal in GOALS.items()
                        if figures[name] > goal
                    ]
                    missed += [f"{language} {kind}: {name}" for name in sorted(complaints)]
    print(
        "\nGoals: 100 in all four; FCP 0.95 s, LCP 1.30 s, CLS 0.01. " + ("All reached." if not missed else "Missed:")
    )
    print("\n".join(f"  {line}" for line in missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
