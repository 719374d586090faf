"""What a listing shows, said in one sentence: "12 design and gaming studios in Lorraine, speaking German".

It is the page's title, the heading of the results, what a screen reader is told, and the title of the feed. Nothing
here knows a language: every piece is a gettext template that wraps the sentence so far, so that each language decides
on its own words, cases, agreement and commas. Templates are plain lazy strings, or ngettext_lazy(…, "total") where
they agree with the number of things, or ngettext_lazy(…, "number") where they agree with the number of values.

    Sentence(
        head=Head(
            counted=ngettext_lazy("%(count)s guide", "%(count)s guides", "total"),
            none=gettext_lazy("No guides"),
        ),
        phrases={"language": Phrase(template=gettext_lazy("%(sentence)s, speaking %(values)s"), items={…})},
    )

Labels of terms belong to the editors and may be anything. They are never inflected: a template puts them where they
stay right as they are ("im Bereich …", "avec la compétence …").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy, ngettext_lazy, npgettext_lazy, pgettext

from .facets import FacetResult
from .folding import fold

MOST_NAMED = 4  # values of one facet said by name; of more, three are named and the rest counted
AS_WRITTEN = "as written"
VOWELS = frozenset("aeiou")

QUERY = "q"  # among the phrases: where the words are said; without it, right behind what is counted
PLAIN = "%(values)s"


@dataclass(frozen=True, kw_only=True)
class Head:
    """What is counted. With kinds in it (see Kinds), both templates say where: "%(count)s %(kinds)s studios"."""

    counted: Any  # plural by "total"; has %(count)s, the number as the reader writes it
    none: Any


@dataclass(frozen=True, kw_only=True)
class Kinds:
    """The facet that says what sort of thing it is; its values stand next to the noun itself.

    `item_before_vowel` is for languages that elide ("d’architecture"); elsewhere it equals `item`.
    """

    facet: str
    head: Head
    template: Any = PLAIN  # plural by "number"
    item: Any = PLAIN
    item_before_vowel: Any = PLAIN


@dataclass(frozen=True, kw_only=True)
class Group:
    """Values of a facet that share words: "in the cantons of A or B". `template`: plural by "number"."""

    items: Mapping[str, Any]
    template: Any = PLAIN


@dataclass(frozen=True, kw_only=True)
class Whole:
    """Values that together have a name: all cantons of the south are "in the south"."""

    values: frozenset[str]
    item: Any


@dataclass(frozen=True, kw_only=True)
class Phrase:
    """How the choice of one facet continues the sentence. A value without an item is said by its label.

    `wholes`: said in place of their values where all of these are chosen; the widest first. They go with `groups`.
    """

    template: Any  # has %(sentence)s, and %(values)s unless it is about a flag
    items: Mapping[str, Any] = field(default_factory=dict)
    groups: Sequence[Group] = ()
    wholes: Sequence[Whole] = ()


WORDS = Phrase(template=gettext_lazy("%(sentence)s for “%(query)s”"))
ANY_CHOICE = Phrase(template="%(sentence)s, %(values)s")
RESULTS = Head(counted=ngettext_lazy("%(count)s result", "%(count)s results", "total"), none=gettext_lazy("No results"))


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """The words of one listing. `phrases` come in the order in which they are said, whatever the order of the facets.

    `heads`: (facet, value) → the head to take when that value alone is chosen: "4 upcoming events".
    """

    head: Head = RESULTS
    kinds: Kinds | None = None
    heads: Mapping[tuple[str, str], Head] = field(default_factory=dict)
    phrases: Mapping[str, Phrase] = field(default_factory=dict)

    def write(self, *, total: int, query: str, facets: Sequence[FacetResult]) -> str:
        """In the active language. `query`: as typed, "" without one. Facets without a phrase come last."""
        chosen = {facet.name: _labels(facet) for facet in facets if facet.is_active}
        count = {"total": total, "count": number_format(total)}
        said = self._head(chosen, count)
        order = list(dict.fromkeys([*([] if QUERY in self.phrases else [QUERY]), *self.phrases, *chosen]))
        for name in order:
            if name == QUERY and query:
                said = WORDS.template % {"sentence": said, "query": query}
            elif name in chosen:
                said = _continued(said, self.phrases.get(name, ANY_CHOICE), chosen[name], count)
        return said

    def _head(self, chosen: dict[str, dict[str, str]], count: dict[str, Any]) -> str:
        """Takes what it says out of `chosen`."""
        for (name, value), head in self.heads.items():
            if list(chosen.get(name, ())) == [value]:
                del chosen[name]
                return _number(head, count)
        if self.kinds and self.kinds.facet in chosen:
            labels = list(chosen.pop(self.kinds.facet).values())
            return _number(self.kinds.head, {**count, "kinds": _kinds(self.kinds, labels, count)})
        return _number(self.head, count)


def with_page(sentence: str, page: int, pages: int) -> str:
    template = pgettext("sentence about results", "%(sentence)s – page %(page)s of %(pages)s")
    return template % {"sentence": sentence, "page": number_format(page), "pages": number_format(pages)}


def inside(label: str) -> str:
    """A label as it stands within a sentence: "Visual arts" → "visual arts", "UX design" stays. A language that
    writes nouns with a capital keeps it: its catalogue translates the marker by "as written"."""
    # Translators: Technical. Translate it by "as written" where labels keep their capital inside a sentence (German),
    # by "lower case" where they lose it (French, English).
    if pgettext("first letter of a label inside a sentence", "lower case") == AS_WRITTEN:
        return label
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def joined(parts: Sequence[str], *, every: bool = False) -> str:
    """ "a, b or c"; with `every`, "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    said = parts[0]
    for part in parts[1:-1]:
        said = pgettext("list", "%(first)s, %(next)s") % {"first": said, "next": part}
    both = pgettext("list", "%(first)s and %(last)s") if every else pgettext("list", "%(first)s or %(last)s")
    return both % {"first": said, "last": parts[-1]}


def _labels(facet: FacetResult) -> dict[str, str]:
    """Chosen value → label; a flag says its own name where there is no phrase for it."""
    return {value.value: facet.label if facet.kind == "flag" else value.label for value in facet.selected}


def _number(head: Head, context: Mapping[str, Any]) -> str:
    return (head.counted if context["total"] else head.none) % context


def _kinds(kinds: Kinds, labels: list[str], count: dict[str, Any]) -> str:
    """Of several things each may be of another kind: "design and gaming studios". A single one, or none, is of either.

    Where a label itself says "and", only "or" shows which words belong together.
    """
    items = [_kind(kinds, label) for label in labels]
    pair = pgettext("list", "%(first)s and %(last)s") % {"first": "\0", "last": "\0"}
    every = count["total"] > 1 and not any(pair.strip("\0") in label for label in labels)
    return kinds.template % {"number": len(items), "values": joined(items, every=every)}


def _kind(kinds: Kinds, label: str) -> str:
    elided = fold(label[:1].lower())[:1] in VOWELS
    return (kinds.item_before_vowel if elided else kinds.item) % {"values": inside(label)}


def _continued(said: str, phrase: Phrase, labels: dict[str, str], count: dict[str, Any]) -> str:
    values = joined(_grouped(phrase, labels, count)) if phrase.groups else _named(phrase.items, labels, count)
    return phrase.template % {**count, "number": len(labels), "sentence": said, "values": values}


def _grouped(phrase: Phrase, labels: dict[str, str], count: dict[str, Any]) -> list[str]:
    parts: list[str] = []
    for whole in phrase.wholes:
        if whole.values <= labels.keys():
            parts.append(str(whole.item))
            labels = {value: label for value, label in labels.items() if value not in whole.values}
    for group in phrase.groups:
        mine = {value: label for value, label in labels.items() if value in group.items}
        if group.template == PLAIN:  # nothing is shared: each stands for itself
            parts += [group.items[value] % count for value in mine]
        elif mine:
            parts.append(group.template % {"number": len(mine), "values": _named(group.items, mine, count)})
    rest = [label for value, label in labels.items() if not any(value in group.items for group in phrase.groups)]
    return [*parts, *rest]


def _named(items: Mapping[str, Any], labels: dict[str, str], count: dict[str, Any]) -> str:
    named = [items[value] % count if value in items else inside(label) for value, label in labels.items()]
    if len(named) > MOST_NAMED:
        rest = len(named) - MOST_NAMED + 1
        named = [*named[: MOST_NAMED - 1], pgettext("list", "%(number)s more") % {"number": rest}]
    return joined(named)


# Phrases that several listings share: their facets have these names.
TOPIC = Phrase(
    template=ngettext_lazy("%(sentence)s, filed under %(values)s", "%(sentence)s, filed under %(values)s", "number")
)
SUBSECTOR = Phrase(
    template=ngettext_lazy("%(sentence)s in the %(values)s sector", "%(sentence)s in the %(values)s sectors", "number")
)
TYPE = Phrase(
    template=npgettext_lazy(
        "sections of the site", "%(sentence)s in %(values)s", "%(sentence)s in %(values)s", "number"
    )
)
