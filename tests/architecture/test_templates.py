"""House rules about templates: what the content security policy forbids, and words no translator would see."""

import re
from html.parser import HTMLParser
from pathlib import Path

from tests.architecture.sources import code, listing, name

INLINE = {
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)", re.IGNORECASE),
    "an event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script address": re.compile(r"""(?:href|src|action)\s*=\s*["']?\s*javascript:""", re.IGNORECASE),
}
FROM_ELSEWHERE = re.compile(
    r"""<(?:script|img|source|iframe|audio|video)\b[^>]*\ssrc(?:set)?\s*=\s*["']?(?:https?:)?//"""
    r"""|<link\b(?=[^>]*rel=["']?(?:stylesheet|preload|preconnect|icon))[^>]*href\s*=\s*["']?(?:https?:)?//""",
    re.IGNORECASE,
)
# Names are the same in every language.
NAMES = {"Atom", "Wagtail", "Kreativ Réseau", "PDF", "iCalendar", "YouTube", "Vimeo"}
WORDS_IN_ATTRIBUTES = ("alt", "aria-label", "placeholder", "title", "aria-description", "aria-roledescription")
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
COMMENTS = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}", re.DOTALL)
TEMPLATE_CODE = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
ATTRIBUTES = re.compile(r"""^[\w-]+=["']""")  # a partial may hold nothing but attributes
WORD = re.compile(r"[^\W\d_]{3,}")


class Words(HTMLParser):
    """Collect what a reader would see of a template whose own code was taken out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style")
        self.found += [value for key, value in attrs if key in WORDS_IN_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def public_templates() -> list[Path]:
    """Return the templates of pages; the admin's have the admin's policy, and mails know none."""
    return [path for path in code(".html") if "admin" not in "/".join(path.parts[-3:]) and "mails" not in path.parts]


def test_templates_hold_nothing_the_security_policy_forbids() -> None:
    offenders = []
    for path in public_templates():
        text = COMMENTS.sub("", path.read_text(encoding="utf-8"))
        offenders += [f"{name(path)}: {what}" for what, pattern in INLINE.items() if pattern.search(text)]
    assert not offenders, listing(
        offenders, "Move these to a file in portal/static (css/ or js/); browsers refuse them:"
    )


def test_templates_load_nothing_from_other_hosts() -> None:
    offenders = [
        name(path)
        for path in public_templates()
        if FROM_ELSEWHERE.search(COMMENTS.sub("", path.read_text(encoding="utf-8")))
    ]
    assert not offenders, listing(offenders, "Serve it from here (static/ or a package); readers are told to no one:")


def test_templates_have_no_words_outside_the_catalogues() -> None:
    offenders = []
    for path in code(".html"):
        text = TRANSLATED.sub("", COMMENTS.sub("", path.read_text(encoding="utf-8")))
        parser = Words()
        parser.feed(TEMPLATE_CODE.sub("", text))
        words = {" ".join(found.split()) for found in parser.found if WORD.search(found)}
        words = {word for word in words if not ATTRIBUTES.match(word)}
        offenders += [f"{name(path)}: {word!r}" for word in sorted(words - NAMES)]
    advice = "Write these with {% translate %} or {% blocktranslate %}, then `make messages` (or add a name to NAMES):"
    assert not offenders, listing(offenders, advice)


def test_sentences_for_translators_are_trimmed() -> None:
    """Without `trimmed` the indentation becomes part of the message."""
    offenders = []
    for path in code(".html"):
        for block in TRANSLATED.findall(path.read_text(encoding="utf-8")):
            opening, _, body = block.partition("%}")
            if "\n" in body and "trimmed" not in opening:
                offenders.append(f"{name(path)}: {' '.join(body.split())[:60]}")
    assert not offenders, listing(offenders, "Add `trimmed` to these blocktranslate tags:")
