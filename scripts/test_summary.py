"""Print one closing line, in pytest's form, for several runs of it.

Usage: test_summary.py SECONDS FAILED_STEPS JUNIT_XML… A failed step without a failed test (lint, a missing
migration, a run that never began) counts as one error, so that the line never looks better than the run was.
"""

import sys
from pathlib import Path
from xml.etree import ElementTree


def add_up(reports: list[Path]) -> dict[str, int]:
    """Return failed, passed, skipped and errors over all reports."""
    sums = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for report in reports:
        # The reports were written by our own run a moment ago.
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314
            for name in sums:
                sums[name] += int(suite.get(name, 0))
    passed = sums["tests"] - sums["failures"] - sums["errors"] - sums["skipped"]
    return {"failed": sums["failures"], "passed": passed, "skipped": sums["skipped"], "errors": sums["errors"]}


def main(seconds: int, failed_steps: int, reports: list[Path]) -> int:
    """Print the line and return the exit status."""
    sums = add_up(reports)
    if failed_steps and not sums["failed"] and not sums["errors"]:
        sums["errors"] = failed_steps
    if not any(sums.values()) and reports:
        sums["errors"] = 1
    counts = ", ".join(f"{count} {name}" for name, count in sums.items() if count) or "no tests ran"
    line = f" {counts} in {seconds}.00s ({seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}) "
    print(line.center(100, "="))
    return 1 if sums["failed"] or sums["errors"] else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), [Path(path) for path in sys.argv[3:] if Path(path).exists()]))
