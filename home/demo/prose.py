"""Demo texts are written in restricted Markdown; pages want rich text and StoryBlock values."""

import re
import uuid

from markdown_it import MarkdownIt
from markdown_it.token import Token

_markdown = MarkdownIt("commonmark", {"html": False})
# Identical ids in every language of a text: that is what pairs a translation with its source.
BLOCK_NAMESPACE = uuid.UUID("5d0c8f7e-6a0b-4a7e-9f5b-0c5f3f0b7a11")


def block_id(*parts: object) -> str:
    return str(uuid.uuid5(BLOCK_NAMESPACE, "/".join(str(part) for part in parts)))


def rich(markdown: str) -> str:
    """Restricted Markdown → the HTML Wagtail's rich text editor stores."""
    return _html(_markdown.parse(markdown.strip()))


def story(markdown: str, seed: str) -> list[dict]:
    """Restricted Markdown → raw data of a StoryBlock: headings, texts and quotes in their order."""
    blocks: list[dict] = []
    pending: list[Token] = []

    def add(kind: str, value) -> None:
        blocks.append({"type": kind, "value": value, "id": block_id(seed, len(blocks))})

    def flush() -> None:
        if pending:
            add("text", _html(pending))
            pending.clear()

    for group in _top_level(_markdown.parse(markdown.strip())):
        opening = group[0]
        if opening.type == "heading_open" and opening.tag == "h2":
            flush()
            add("heading", {"text": group[1].content})
        elif opening.type == "blockquote_open":
            flush()
            add("quote", _quote(group))
        else:
            pending.extend(group)
    flush()
    return blocks


def _top_level(tokens: list[Token]) -> list[list[Token]]:
    groups: list[list[Token]] = []
    depth = 0
    for token in tokens:
        if depth == 0:
            groups.append([])
        groups[-1].append(token)
        depth += token.nesting
    return groups


def _quote(tokens: list[Token]) -> dict:
    lines = [line for token in tokens if token.type == "inline" for line in token.content.splitlines()]
    person, role = "", ""
    if lines and lines[-1].startswith("— "):
        person, _comma, role = lines.pop().removeprefix("— ").partition(", ")
    quote = " ".join(lines).strip().strip('“”„«»"\u00a0\u202f ')
    return {"quote": quote, "person": person, "role": role}


def _html(tokens: list[Token]) -> str:
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    for wanted, given in (("b", "strong"), ("i", "em")):
        html = html.replace(f"<{given}>", f"<{wanted}>").replace(f"</{given}>", f"</{wanted}>")
    return re.sub(r">\s+<", "><", html).strip()
