"""Asking axe about pages: everything in WCAG 2.2 A and AA, in light and dark, on one width."""

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
    return {place: lines for place, lines in found.items() if lines}


def send_empty(page: Page) -> None:
    """The form as sent by somebody who filled nothing in; no attempt that is counted."""
    with page.expect_navigation():
        page.locator("main button[type=submit]").click()
    assert page.locator("[aria-invalid=true]").count()
