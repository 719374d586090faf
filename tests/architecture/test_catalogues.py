"""The interface catalogues cannot rot: complete, current, and with their placeholders intact."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

from tests.architecture.sources import ROOT, listing

LANGUAGES = [code for code, _label in settings.LANGUAGES]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w*}")


def catalogue(language: str) -> polib.POFile:
    """Return the parsed catalogue; failing with what to do when there is none."""
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    assert path.exists(), f"Create {path.parent.relative_to(ROOT)} and run `make messages`."
    return polib.pofile(str(path))


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_is_complete(language: str) -> None:
    found = catalogue(language)
    offenders = [f"untranslated: {entry.msgid!r}" for entry in found.untranslated_entries()]
    offenders += [f"fuzzy: {entry.msgid!r}" for entry in found.fuzzy_entries()]
    offenders += [f"obsolete: {entry.msgid!r}" for entry in found.obsolete_entries()]
    assert not offenders, listing(offenders, f"Finish locale/{language}/LC_MESSAGES/django.po:")


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_keeps_placeholders(language: str) -> None:
    offenders = []
    for entry in catalogue(language).translated_entries():
        allowed = [placeholders(entry.msgid), placeholders(entry.msgid_plural or entry.msgid)]
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            # A plural form may leave the number out ("one result"), never bring in something else.
            if placeholders(text) not in allowed and not (
                entry.msgid_plural and set(placeholders(text)) <= set(allowed[1])
            ):
                offenders.append(f"{entry.msgid!r}: {text!r}")
    assert not offenders, listing(offenders, f"Repair the placeholders in locale/{language}/LC_MESSAGES/django.po:")


def test_catalogues_are_current() -> None:
    """Fail where makemessages would change a catalogue (needs GNU gettext)."""
    if not shutil.which("xgettext"):
        if os.environ.get("CI"):
            pytest.fail("GNU gettext is missing: apt-get install gettext")
        pytest.skip("GNU gettext is missing; `make test` installs it")
    script = Path("scripts") / "catalogues.py"
    outcome = subprocess.run(
        [sys.executable, str(script), "check", "."], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, f"Run `make messages` and translate what is new:\n{outcome.stdout}{outcome.stderr}"
