"""The project's own files, as the house rules look at them."""

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("accounts", "alerts", "core", "directory", "events", "funding", "guides", "home", "news", "portal", "search")


@cache
def all_files() -> tuple[Path, ...]:
    """Return every file that is, or may yet be, under version control; links and deleted files left out."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    paths = (ROOT / name for name in sorted(set(listing.stdout.split("\0"))) if name)
    return tuple(path for path in paths if path.is_file() and not path.is_symlink())


def files(*suffixes: str, under: tuple[str, ...] = ()) -> Iterator[Path]:
    """Yield the files that end in one of suffixes, below the named top folders when there are any."""
    for path in all_files():
        if path.suffix in suffixes and (not under or path.relative_to(ROOT).parts[0] in under):
            yield path


def code(*suffixes: str) -> Iterator[Path]:
    """Yield the product's own code of these kinds: the apps, without generated migrations."""
    return (path for path in files(*suffixes, under=APPS) if "migrations" not in path.parts)


def name(path: Path) -> str:
    """Return how a message names a file."""
    return str(path.relative_to(ROOT))


def listing(offenders: list[str], advice: str) -> str:
    """Return the message of a broken rule: what to do, then where."""
    return "\n".join([advice, *(f"  {offender}" for offender in offenders)])
