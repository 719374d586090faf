"""Keep the interface catalogues in step with the sources.

Usage: catalogues.py update|check ROOT
update  writes locale/*/LC_MESSAGES/django.po anew from the sources, then names what is left to translate.
check   fails, naming them, when messages would come or go.
Needs GNU gettext (xgettext, msgmerge).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polib

SOURCE_LANGUAGE = "en"  # the language the sources are written in: its catalogue repeats them
EXTENSIONS = ("html", "py", "txt", "xml")
NOT_THE_PORTAL = ("tests", "scripts", "var", "docs", "node_modules")
MOST_SHOWN = 20  # a list as long as the catalogue helps nobody
Key = tuple[str, str, str]  # context, message, plural


def languages(root: Path) -> list[str]:
    """Return the languages that have a catalogue, from the folders' names."""
    return sorted(folder.parent.name for folder in root.glob("locale/*/LC_MESSAGES"))


def catalogue_path(root: Path, language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def extract(root: Path) -> None:
    """Run Django's makemessages in root for every language, then tidy what it wrote."""
    command = [sys.executable, "-m", "django", "makemessages", "--no-wrap", "--no-obsolete", "--add-location", "file"]
    for language in languages(root):
        command += ["--locale", language]
    for extension in EXTENSIONS:
        command += ["--extension", extension]
    for folder in NOT_THE_PORTAL:
        command += ["--ignore", f"{folder}/*"]
    # Without settings it works on this folder alone, and reads no database or secret.
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=root, env=environment, check=True, stdout=subprocess.DEVNULL)
    for language in languages(root):
        tidy(catalogue_path(root, language), language)


def tidy(path: Path, language: str) -> None:
    """Repeat the sources in their own language and write a header that does not change from run to run."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    # makemessages leaves a form to fill in, with dates and names that would change in every run.
    kept = {"MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms"}
    plain = {name: value for name, value in catalogue.metadata.items() if name in kept}
    catalogue.metadata = {"Project-Id-Version": "Creative cluster portal", "Language": language, **plain}
    catalogue.metadata_is_fuzzy = False
    if "SOME DESCRIPTIVE TITLE" in catalogue.header:
        catalogue.header = (
            "Interface messages. `make messages` brings this file up to date; translate, then run it again."
        )
    for entry in catalogue if language == SOURCE_LANGUAGE else ():
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        else:
            entry.msgstr = entry.msgid
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
    catalogue.save()


def messages(path: Path) -> set[Key]:
    """Return the messages of a catalogue that are in use."""
    if not path.exists():
        return set()
    return {
        (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")
        for entry in polib.pofile(str(path))
        if not entry.obsolete
    }


def copy_sources(root: Path, target: Path) -> None:
    """Copy what makemessages reads: templates, Python files, catalogues."""

    def unwanted(folder: str, names: list[str]) -> set[str]:
        hidden = {name for name in names if name.startswith(".") or name == "__pycache__"}
        others = {
            name
            for name in names
            if not (Path(folder) / name).is_dir() and not name.endswith((*(f".{end}" for end in EXTENSIONS), ".po"))
        }
        return hidden | others | (set(NOT_THE_PORTAL) if Path(folder) == root else set())

    shutil.copytree(root, target, ignore=unwanted)


@contextmanager
def extracted_copy(root: Path) -> Iterator[Path]:
    """A throw-away copy whose catalogues are up to date: makemessages leaves files beside the sources when it is
    interrupted, and none of that may happen in the tree."""
    with tempfile.TemporaryDirectory() as workspace:
        copy = Path(workspace) / "portal"
        copy_sources(root, copy)
        extract(copy)
        yield copy


def update(root: Path) -> None:
    """Write the catalogues of root anew."""
    with extracted_copy(root) as copy:
        for language in languages(root):
            shutil.copyfile(catalogue_path(copy, language), catalogue_path(root, language))


def check(root: Path) -> int:
    """Print what makemessages would add or remove; return 1 when there is anything."""
    found = 0
    with extracted_copy(root) as copy:
        for language in languages(root):
            before = messages(catalogue_path(root, language))
            after = messages(catalogue_path(copy, language))
            changes = [("new", key) for key in after - before] + [("no longer used", key) for key in before - after]
            for change, (_context, message, _plural) in sorted(changes, key=lambda item: item[1])[:MOST_SHOWN]:
                print(f"locale/{language}: {change}: {message!r}")
            if len(changes) > MOST_SHOWN:
                print(f"locale/{language}: and {len(changes) - MOST_SHOWN} more")
            found += len(changes)
    return 1 if found else 0


def report(root: Path) -> None:
    """Print how much of each catalogue is left to translate."""
    for language in languages(root):
        catalogue = polib.pofile(str(catalogue_path(root, language)))
        left = len(catalogue.untranslated_entries())
        print(f"{language}: {len(catalogue)} messages, {left} untranslated, {len(catalogue.fuzzy_entries())} fuzzy")


if __name__ == "__main__":
    task, folder = sys.argv[1], Path(sys.argv[2]).resolve()
    if task == "check":
        sys.exit(check(folder))
    update(folder)
    report(folder)
