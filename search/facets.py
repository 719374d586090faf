"""Facets: what a listing can be narrowed by. One declaration serves both engines, the URL and the template.

    DIRECTORY_FACETS = (
        TermsFacet("subsector", _("Subsector"), choices=lambda: Subsector.labels_in(get_language())),
        FlagFacet("available", _("Open for work")),
    )
    FUNDING_FACETS = (
        DateFacet("status", _("Status"), missing="open", ranges=lambda at: {
            "open": (_("Open"), at, None),
            "closing": (_("Closing soon"), at, at + timedelta(days=30)),
            "closed": (_("Closed"), None, at),
        }),
    )
Several values of one facet mean OR, several facets AND. Counts leave out the facet's own selection.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from .drawings import Drawing, DrawnArea

MAX_VALUES = 60  # values shown, and asked of Elasticsearch, per facet
Choices = Callable[[], Mapping[str, Any]]
Ranges = Callable[[datetime], Mapping[str, tuple[Any, datetime | None, datetime | None]]]


@dataclass(frozen=True, kw_only=True)
class FacetValue:
    value: str  # language-neutral, as in the URL
    label: str
    count: int  # things one gets by adding this value
    selected: bool
    url: str  # toggles this value, back on page 1


@dataclass(frozen=True, kw_only=True)
class FacetResult:
    name: str  # the URL parameter
    label: str
    kind: str  # "terms", "flag" or "date": how a template may draw it
    values: list[FacetValue] = field(default_factory=list)
    drawn: list[DrawnArea] = field(default_factory=list)  # the same values on a map; [] where there is none
    drawing: Drawing | None = None

    @property
    def selected(self) -> list[FacetValue]:
        return [value for value in self.values if value.selected]

    @property
    def is_active(self) -> bool:
        return any(value.selected for value in self.values)


class Facet:
    """Common part. `stores_values`: the facet's values are written with each entry (else they follow from a date)."""

    kind = "terms"
    stores_values = True
    order = "count"  # "count": most first, then label; "choices": as declared
    drawing: Drawing | None = None  # a map of its values, shown beside their list

    def __init__(self, name: str, label: Any) -> None:
        self.name = name
        self.label = label

    def labels(self, at: datetime) -> Mapping[str, Any]:
        """Every allowed value → its label in the active language. Anything else in a URL is dropped."""
        raise NotImplementedError


class TermsFacet(Facet):
    """Values from a list, such as the terms of a taxonomy. `choices()` is asked per request: cache it."""

    def __init__(
        self, name: str, label: Any, choices: Choices, order: str = "count", drawing: Drawing | None = None
    ) -> None:
        super().__init__(name, label)
        self.choices = choices
        self.order = order
        self.drawing = drawing

    def labels(self, at: datetime) -> Mapping[str, Any]:
        return self.choices()


class FlagFacet(Facet):
    """Yes or nothing: `?available=yes`. A document carries values={"available": ["yes"]} or leaves it out."""

    kind = "flag"
    YES = "yes"

    def __init__(self, name: str, label: Any, value_label: Any = None) -> None:
        super().__init__(name, label)
        self.value_label = value_label or _("Yes")

    def labels(self, at: datetime) -> Mapping[str, Any]:
        return {self.YES: self.value_label}


class DateFacet(Facet):
    """Ranges over the entry's axis_date. Lower bound included, upper not, None is open; ranges may overlap.

    `missing`: the value a thing without a date belongs to (a rolling deadline is "open"), or None.
    """

    kind = "date"
    stores_values = False
    order = "choices"

    def __init__(self, name: str, label: Any, ranges: Ranges, missing: str | None = None) -> None:
        super().__init__(name, label)
        self.ranges = ranges
        self.missing = missing

    def labels(self, at: datetime) -> Mapping[str, Any]:
        return {value: label for value, (label, _start, _end) in self.ranges(at).items()}

    def bounds(self, at: datetime) -> dict[str, tuple[datetime | None, datetime | None]]:
        return {value: (start, end) for value, (_label, start, end) in self.ranges(at).items()}


class TypeFacet(Facet):
    """The kind of thing, in a search over several documents. Every entry carries it without being told."""

    order = "choices"

    def __init__(self, name: str = "type", label: Any = None) -> None:
        super().__init__(name, label or _("Type"))

    def labels(self, at: datetime) -> Mapping[str, Any]:
        from .documents import all_documents  # the registry imports this module

        return {document.doc_type: document.label for document in all_documents() if document.in_site_search}


def facet_result(
    facet: Facet,
    counts: Mapping[str, int],
    selected: list[str],
    labels: Mapping[str, Any],
    url_for: Callable[[str], str],
) -> FacetResult:
    """Label, order and cut the raw counts. Zero counts are hidden unless chosen; values without a label too."""
    known = [value for value in labels if counts.get(value) or value in selected]
    most = sorted(known, key=lambda value: (value not in selected, -counts.get(value, 0), value))[:MAX_VALUES]
    if facet.order == "count":
        shown = sorted(most, key=lambda value: (-counts.get(value, 0), str(labels[value]).casefold()))
    else:
        shown = [value for value in labels if value in set(most)]
    return FacetResult(
        name=facet.name,
        label=str(facet.label),
        kind=facet.kind,
        drawing=facet.drawing,
        drawn=facet.drawing.draw(labels, counts, selected, url_for) if facet.drawing else [],
        values=[
            FacetValue(
                value=value,
                label=str(labels[value]),
                count=counts.get(value, 0),
                selected=value in selected,
                url=url_for(value),
            )
            for value in shown
        ],
    )
