"""House rules about files: how long, how named, what never goes in."""

import ast
import re

from tests.architecture.sources import ROOT, all_files, code, files, listing, name

LONGEST_FILE = 400
LONGEST_SETTINGS = 250
LONGEST_FUNCTION = 40
LARGEST_FILE = 1024 * 1024  # bytes


def test_files_are_short() -> None:
    offenders = []
    for path in files(".py", ".html", ".css", ".js", ".sh"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST_FILE and "migrations" not in path.parts:
            offenders.append(f"{name(path)}: {lines} lines")
    assert not offenders, listing(offenders, f"Split these files by subject; {LONGEST_FILE} lines is the limit:")


def test_functions_are_short() -> None:
    offenders = []
    for path in files(".py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    offenders.append(f"{name(path)}:{node.lineno} {node.name}: {length} lines")
    assert not offenders, listing(
        offenders, f"Name the steps of these functions; {LONGEST_FUNCTION} lines is the limit:"
    )


def test_modules_are_named_after_their_subject() -> None:
    forbidden = {"utils", "util", "helpers", "helper", "common", "misc"}
    offenders = [name(path) for path in all_files() if path.stem in forbidden or forbidden & set(path.parts)]
    assert not offenders, listing(offenders, "Name these after what is in them, or move each part to where it belongs:")


def test_nothing_is_left_for_later() -> None:
    # Written in two parts, so that this file keeps its own rule.
    pattern = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
    offenders = [
        f"{name(path)}:{number}"
        for path in files(".py", ".html", ".css", ".js", ".sh")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert not offenders, listing(offenders, "Do it now or write an issue; the code carries no reminders:")


def test_files_are_small_and_not_generated() -> None:
    generated = {".mo", ".pyc", ".woff", ".woff2", ".ttf", ".otf", ".sqlite3", ".log"}
    offenders = [name(path) for path in all_files() if path.suffix in generated or path.stat().st_size > LARGEST_FILE]
    assert not offenders, listing(offenders, "Take these out of the repository: they are made, or come in packages:")


def test_base_settings_are_short_and_import_no_app() -> None:
    path = ROOT / "portal" / "settings" / "base.py"
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_SETTINGS, f"{name(path)}: move what only one environment needs to it."
    apps = "accounts|alerts|core|directory|events|funding|guides|home|news|search|wagtail"
    imports = re.findall(rf"^\s*(?:from|import) (?:{apps})\b.*", text, re.MULTILINE)
    assert not imports, listing(imports, f"{name(path)} is read before any app: name apps as strings, import none:")


def test_escaping_is_switched_off_only_with_a_reason() -> None:
    switch = re.compile(r"\bmark_safe\(|\|\s*safe\b|autoescape off|\bSafeString\(")
    offenders = []
    for path in code(".py", ".html"):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            beside = line + (lines[number - 2] if number > 1 else "")
            if switch.search(line) and "#" not in beside:
                offenders.append(f"{name(path)}:{number}")
    advice = "Escape it (format_html, plain {{ }}), or say in a comment beside it why the text is safe already:"
    assert not offenders, listing(offenders, advice)


def test_foreign_keys_to_other_apps_are_strings() -> None:
    relations = {"ForeignKey", "OneToOneField", "ManyToManyField", "ParentalKey", "ParentalManyToManyField"}
    offenders = []
    for path in code(".py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] != path.relative_to(ROOT).parts[0]
            for alias in node.names
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Name):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in relations and node.args[0].id in imported:
                offenders.append(f"{name(path)}:{node.lineno} {node.args[0].id}")
    assert not offenders, listing(offenders, 'Write these references as strings ("app.Model"):')


def test_signals_are_handled_in_one_place() -> None:
    handler = re.compile(r"^\s*@receiver\(|\b(?:signal|pre_\w+|post_\w+|page_\w+)\.connect\(")
    offenders = [
        f"{name(path)}:{number}"
        for path in code(".py")
        if name(path) != "search/signals.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if handler.search(line)
    ]
    advice = "Call a service or override the method instead; only search/signals.py listens, to keep the index in step:"
    assert not offenders, listing(offenders, advice)
