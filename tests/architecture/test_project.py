"""House rules about the project as a whole: licence, pins, migrations, versions and documentation that agree."""

import re
import tomllib
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.architecture.sources import ROOT, files, listing, name

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
VARIABLE = re.compile(r"""\benv(?:\.\w+)?\(\s*["']([A-Z_]+)["']""")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_licence_is_the_one_declared() -> None:
    assert PROJECT["license"] == "BSD-3-Clause", "pyproject.toml: the licence is BSD-3-Clause."
    text = read("LICENSE")
    assert "Redistribution and use in source and binary forms" in text, "LICENSE: put the BSD 3-Clause text back."
    assert "Neither the name of the copyright holder" in text, "LICENSE: its third clause is missing."


@pytest.mark.parametrize("extra", ["", "-production", "-dev"])
def test_requirements_are_pinned_with_hashes(extra: str) -> None:
    path = f"requirements{extra}.txt"
    text = read(path)
    pins = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==", text, re.MULTILINE)
    others = [line for line in text.splitlines() if re.match(r"[A-Za-z0-9]", line) and "==" not in line]
    assert not others, listing(others, f"{path}: pin these with `make requirements`:")
    assert text.count("--hash=sha256:") >= len(pins), f"{path}: hashes are missing; run `make requirements`."
    assert "://" not in text, f"{path}: an index address has no place here; run `make requirements`."
    wanted = {re.split(r"[\[<>=!~; ]", line)[0].lower() for line in PROJECT["dependencies"]}
    absent = sorted(wanted - {pin.lower() for pin in pins})
    assert not absent, listing(absent, f"{path}: run `make requirements`, these are not pinned:")


def test_no_migration_is_missing(db: None) -> None:
    output = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=output, stderr=output)
    except SystemExit:
        pytest.fail(f"Run `manage.py makemigrations` and commit what it writes:\n{output.getvalue()}", pytrace=False)


def test_every_variable_is_documented() -> None:
    read_by_settings = {
        variable for path in files(".py", under=("portal",)) for variable in VARIABLE.findall(path.read_text("utf-8"))
    }
    absent = [
        f"{document}: {variable}"
        for document in ("README.md", ".env.example")
        for variable in sorted(read_by_settings)
        if not re.search(rf"\b{variable}\b", read(document))
    ]
    assert not absent, listing(absent, "Say what these variables do:")


def test_elasticsearch_is_the_same_everywhere() -> None:
    scripted = re.search(r"^ELASTICSEARCH_VERSION=(\S+)", read("scripts/parts/elasticsearch.sh"), re.MULTILINE)
    composed = re.search(r"elasticsearch/elasticsearch:(\S+)", read("compose.yaml"))
    client = re.search(r"^elasticsearch==(\S+)", read("requirements.txt"), re.MULTILINE)
    assert scripted and composed and client
    assert scripted[1] == composed[1], (
        "scripts/parts/elasticsearch.sh and compose.yaml must run the same Elasticsearch."
    )
    majors = (client[1].split(".")[0], scripted[1].split(".")[0])
    assert majors[0] == majors[1], "The client's major version must be the server's: change both together."


def test_every_language_has_a_catalogue_folder() -> None:
    absent = [code for code, _label in settings.LANGUAGES if not (ROOT / "locale" / code / "LC_MESSAGES").is_dir()]
    assert not absent, listing(absent, "Create locale/<code>/LC_MESSAGES and run `make messages` for:")


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for path in files(".md"):
        for target in LINK.findall(path.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists():
                broken.append(f"{name(path)}: {target}")
    assert not broken, listing(broken, "These links lead nowhere:")


def test_documents_name_no_machine() -> None:
    offenders = [
        f"{name(path)}: {found}"
        for path in files(".md", ".toml", ".sh", ".yaml")
        for found in re.findall(r"(?<![\w.])/(?:home|root|work|Users)/\w+", path.read_text(encoding="utf-8"))
    ]
    assert not offenders, listing(offenders, "Write these paths so that they hold on any machine:")
