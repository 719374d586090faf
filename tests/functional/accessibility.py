"""Asking axe and IBM's checker about pages: everything in WCAG 2.2 A and AA, in light and dark, on one width."""

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.functional.addresses import KINDS

STANDARD = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
# Of all rules only these depend on what the colours are; the page is otherwise the same in the dark.
OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
OPEN_EVERYTHING = "() => document.querySelectorAll('details').forEach((element) => { element.open = true; })"
ASK = """async (rules) => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
  return found.violations.flatMap(({id, help, nodes}) => nodes.map(
    (node) => `${id}: ${help}: ${node.target.join(" ")} ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`
  ));
}"""
# From npm (scripts/npm); `make test` installs it.
IBM_SCRIPT = Path(__file__).parents[2] / "scripts" / "npm" / "node_modules" / "accessibility-checker-engine" / "ace.js"
ASK_IBM = """async () => {
  const {results} = await new ace.Checker().check(document, ["WCAG_2_2"]);
  return results.filter(({value}) => value[0] === "VIOLATION" && value[1] === "FAIL").map(
    ({ruleId, message, path, snippet}) => `${ruleId}: ${message}: ${path.dom} ${(snippet ?? "").slice(0, 160)}`
  );
}"""
# Where these are, something is folded away that a reader opens.
WITH_FOLDS = ("home", "directory-filtered", "guide", "about", "member")


def findings(page: Page, addresses: dict[str, str]) -> dict[tuple[str, str], list[str]]:
    """(kind of page, state) → what axe found; {} when all is well. Visits one page of every kind."""
    found = {}
    for kind in KINDS:
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(addresses[kind])
        if kind == "sign-in-errors":
            send_empty(page)
        page.evaluate(AXE_SCRIPT)
        found[kind, "light"] = page.evaluate(ASK, STANDARD)
        page.emulate_media(color_scheme="dark")
        found[kind, "dark"] = page.evaluate(ASK, OF_COLOUR)
        if kind in WITH_FOLDS:
            page.evaluate(OPEN_EVERYTHING)
            found[kind, "dark, opened"] = page.evaluate(ASK, STANDARD)
            page.emulate_media(color_scheme="light")
            found[kind, "light, opened"] = page.evaluate(ASK, OF_COLOUR)
        # Last, with all unfolded: what is folded away has no names for IBM's checker.
        page.evaluate(OPEN_EVERYTHING)
        found[kind, "IBM"] = _asked_of_ibm(page)
    return {place: lines for place, lines in found.items() if lines}


def _asked_of_ibm(page: Page) -> list[str]:
    """What fails; what IBM's checker wants a person to look at is none of a test's business."""
    page.evaluate(IBM_SCRIPT.read_text(encoding="utf-8"))
    return page.evaluate(ASK_IBM)


def send_empty(page: Page) -> None:
    """The form as sent by somebody who filled nothing in; no attempt that is counted."""
    with page.expect_navigation():
        page.locator("main button[type=submit]").click()
    assert page.locator("[aria-invalid=true]").count()
