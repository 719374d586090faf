"""Small templates that a page draws many times over: drawn once per process, filled in for every time they are shown.

A template language reads a template anew for every value of every facet, which is most of what a page costs. Here the
template is drawn once for all that differs in more than a text; texts that are merely put in (a count, a title, an
address) are left open and filled in later, escaped as the template would have done. What a page looks like still
stands in the templates and nowhere else.

    drawn("components/_facet_value.html", {"value.value": "film", "value.selected": False}, {"value.count": "12"})
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 5_000  # drawings kept in a process, half a kilobyte to two each
# Characters of the private use area: nobody can write them (search.query.clean_text), nothing escapes them.
BEGINS, ENDS = "\ue010", "\ue011"
_OPEN = re.compile(rf"{BEGINS}([\w.]+){ENDS}")


def drawn(template: str, inputs: Mapping[str, Hashable], fills: Mapping[str, Any]) -> str:
    """The template's HTML with these inputs, whose names may have dots. `fills` are inputs too: strings that it prints,
    and asks no more about than whether they are empty."""
    there = tuple(name for name, value in fills.items() if value)
    # Literal HTML and names of fills in turns.
    parts = _parts(template, get_language() or "", tuple(inputs.items()), there).copy()
    for place in range(1, len(parts), 2):
        parts[place] = conditional_escape(fills[parts[place]])
    return "".join(parts)


def _parts(template: str, language: str, inputs: tuple[tuple[str, Hashable], ...], there: tuple[str, ...]) -> list[str]:
    if settings.DEBUG:  # whoever works on a template wants to see it
        return _draw(template, language, inputs, there)
    return _remembered(template, language, inputs, there)


def _draw(template: str, language: str, inputs: tuple[tuple[str, Hashable], ...], there: tuple[str, ...]) -> list[str]:
    context = SimpleNamespace()
    # SafeString is right: the marks are ours and nothing else is in them; what takes their place is escaped in drawn().
    for name, value in (*inputs, *((name, SafeString(f"{BEGINS}{name}{ENDS}")) for name in there)):
        *path, last = name.split(".")
        place = context
        for step in path:
            if not hasattr(place, step):
                setattr(place, step, SimpleNamespace())
            place = getattr(place, step)
        setattr(place, last, value)
    return _OPEN.split(get_template(template).render(vars(context)))


_remembered = lru_cache(maxsize=MOST)(_draw)
