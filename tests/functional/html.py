"""What a page's HTML has to keep, beyond what a browser forgives. Each check returns complaints in words."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
from html5lib.html5parser import HTMLParser, ParseError

from portal.assets.first import first_script

REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "list", "form")
# Attributes that say how something looks or run something, where the security policy forbids both.
INLINE = re.compile(r"^(style|on\w+)$")
NAMED_BY_TEXT = ("a", "button", "summary", "legend", "th", "h1", "h2", "h3", "h4", "h5", "h6")


def parse(source: str) -> Element:
    """The document as browsers read it."""
    return html5lib.parse(source, treebuilder="etree", namespaceHTMLElements=False)


def complaints(source: str) -> list[str]:
    """All that is wrong with a document; [] for a good one."""
    document = parse(source)
    checks = (_ids, _references, _headings, _pictures, _inline, _fields, _names, _language, _nesting)
    return [*_syntax(source), *(complaint for check in checks for complaint in check(document))]


def ids(document: Element) -> list[str]:
    return [element.get("id") for element in document.iter() if element.get("id") is not None]


def _syntax(source: str) -> Iterator[str]:
    try:
        HTMLParser(strict=True).parse(source)
    except ParseError as error:
        parser = HTMLParser()
        parser.parse(source)
        (line, column), code, values = parser.errors[0]
        context = source.splitlines()[line - 1][max(0, column - 120) : column + 40]
        yield f"line {line}: {code} {values or error} near {context!r}"


def _ids(document: Element) -> Iterator[str]:
    for name, count in Counter(ids(document)).items():
        if count > 1:
            yield f"id {name!r} is used {count} times"
        if not name or re.search(r"\s", name):
            yield f"id {name!r} is empty or has a space"


def _references(document: Element) -> Iterator[str]:
    known = set(ids(document))
    for element in document.iter():
        for attribute in REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in known:
                    yield f"<{element.tag} {attribute}={name!r}> leads nowhere"
        href = element.get("href") or ""
        if element.tag == "a" and href.startswith("#") and href[1:] not in known:
            yield f"link to {href} leads nowhere"


def _headings(document: Element) -> Iterator[str]:
    levels = [int(element.tag[1]) for element in document.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"h{after} follows h{before} in {levels}"


def _pictures(document: Element) -> Iterator[str]:
    for picture in document.iter("img"):
        for name in ("width", "height"):
            if not (picture.get(name) or "").isdigit():
                yield f"{picture.get('src')}: {name} {picture.get(name)!r}"
        if picture.get("alt") is None:
            yield f"{picture.get('src')}: no alt"
        if picture.get("srcset") and not picture.get("sizes"):
            yield f"{picture.get('src')}: srcset without sizes"


def _inline(document: Element) -> Iterator[str]:
    for element in document.iter():
        for name in element.attrib:
            if INLINE.match(name):
                yield f"<{element.tag}> has {name}="
        known = element.tag == "script" and element.text == first_script()  # the policy knows it by its digest
        if element.tag == "style" or (element.tag == "script" and not element.get("src") and not known):
            yield f"<{element.tag}> in the page"


def _fields(document: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in document.iter("label")}
    wrapped = {id(field) for label in document.iter("label") for field in label.iter()}
    for field in document.iter():
        if field.tag not in ("input", "select", "textarea") or field.get("type") in ("hidden", "submit", "button"):
            continue
        named = field.get("aria-label") or field.get("aria-labelledby")
        if field.get("id") not in labelled and id(field) not in wrapped and not named:
            yield f"<{field.tag} name={field.get('name')!r}> has no label"


def _names(document: Element) -> Iterator[str]:
    for element in document.iter():
        if element.tag in NAMED_BY_TEXT and not _name(element):
            yield f"<{element.tag} {dict(element.attrib)}> has no text"


def _name(element: Element) -> str:
    alternatives = [picture.get("alt") or "" for picture in element.iter("img")]
    own = element.get("aria-label") or element.get("aria-labelledby") or ""
    return "".join([own, *element.itertext(), *alternatives]).strip()


def _language(document: Element) -> Iterator[str]:
    for element in document.iter():
        language = element.get("lang")
        if language is not None and not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", language):
            yield f"<{element.tag} lang={language!r}>"
    if not document.get("lang"):
        yield "<html> has no lang"
    title = document.find("head/title")
    if title is None or not (title.text or "").strip():
        yield "no title"


def _nesting(document: Element) -> Iterator[str]:
    """What the parser lets pass: things to click inside things to click, list items outside lists, empty lists."""
    active = {"a", "button", "input", "select", "textarea", "summary"}
    for outer in document.iter():
        if outer.tag in ("a", "button"):
            for inner in outer.iter():
                if inner is not outer and inner.tag in active:
                    yield f"<{inner.tag}> inside <{outer.tag}>"
        if outer.tag in ("ul", "ol"):
            strangers = {child.tag for child in outer} - {"li", "script", "template"}
            if strangers:
                yield f"<{outer.tag}> holds {strangers}"
            if not len(outer):
                yield f"<{outer.tag} class={outer.get('class')!r}> is empty"
        if outer.tag == "dl" and {child.tag for child in outer} - {"dt", "dd", "div"}:
            yield f"<dl> holds {[child.tag for child in outer]}"
