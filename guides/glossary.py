"""Marks in a text where a term of the glossary stands for the first time, as a link to its definition."""

import re
from collections.abc import Iterable

from django.utils.html import conditional_escape

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
# What is a link or a name already stays as it is.
LEFT_ALONE = {"a", "button", "summary", "h1", "h2", "h3", "h4", "h5", "h6", "code", "figcaption", "caption", "th"}


class Glossary:
    """The terms of a page, each marked once: ``mark`` is called with one piece of the page after the other.

    A term is found as it is written or with a small ending of its language ("licence", "licences"; "Werk", "Werke").
    """

    def __init__(self, terms: Iterable[str]) -> None:
        escaped = {str(conditional_escape(term)): number for number, term in enumerate(terms, 1)}
        self.waiting = {term.lower(): number for term, number in escaped.items() if term.strip()}

    def mark(self, html: str) -> str:
        """The HTML with links to ``#term-<number>``. Text inside links, headings and captions is left alone."""
        if not self.waiting:
            return html
        pieces, closed_by = _TAG.split(html), []
        for place, piece in enumerate(pieces):
            if piece.startswith("<"):
                name = _name_of(piece)
                if name in LEFT_ALONE:
                    if not piece.startswith("</"):
                        closed_by.append(name)
                    elif closed_by and closed_by[-1] == name:
                        closed_by.pop()
            elif not closed_by and piece.strip():
                pieces[place] = self._marked(piece)
        return "".join(pieces)

    def _marked(self, text: str) -> str:
        names = sorted(self.waiting, key=len, reverse=True)
        if not names:
            return text
        pattern = rf"(?<![\w&-])({'|'.join(map(re.escape, names))})(?:s|e|n|en|es|er)?(?![\w-])"
        return re.sub(pattern, self._link, text, flags=re.IGNORECASE)

    def _link(self, found: re.Match) -> str:
        number = self.waiting.pop(found[1].lower(), None)
        if number is None:  # marked earlier in the same text
            return found[0]
        return f'<a class="term" href="#term-{number}" aria-describedby="term-{number}-definition">{found[0]}</a>'


def _name_of(tag: str) -> str:
    found = _NAME.match(tag)
    return found[1].lower() if found else ""
