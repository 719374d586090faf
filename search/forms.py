"""The GET form of every listing: `?q=&facet=value&facet=value&sort=&page=`. Nothing in a URL can make it fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

from .facets import MAX_VALUES
from .query import clean_query, parse_query

MAX_PAGE_DIGITS = 6


@dataclass(frozen=True, kw_only=True)
class ListingState:
    """The validated state of a listing: exactly what its URL says."""

    q: str = ""
    words: list[str] = field(default_factory=list)
    selected: dict[str, list[str]] = field(default_factory=dict)  # facet → values, without empty lists
    sort: str = ""
    page: int = 1
    exact: bool = False  # the words as they stand: no synonyms, no pieces of compounds, no other spelling


class QueryField(forms.CharField):
    def clean(self, value: Any) -> str:
        return clean_query(value)


class LenientChoiceField(forms.Field):
    """One of the given values, or "" for anything else."""

    def __init__(self, *, values: Sequence[str], **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.values = set(values)

    def clean(self, value: Any) -> str:
        return value if value in self.values else ""


class LenientMultipleField(forms.Field):
    """The known ones of the given values, in the order of the URL, each once."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, values: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.values = values

    def clean(self, value: Any) -> list[str]:
        given = value if isinstance(value, list) else []
        return [item for item in dict.fromkeys(given) if item in self.values][:MAX_VALUES]


class PageField(forms.Field):
    """A positive number; anything else is page 1."""

    def clean(self, value: Any) -> int:
        text = str(value or "").strip()
        if not (text.isascii() and text.isdigit() and len(text) <= MAX_PAGE_DIGITS):
            return 1
        return max(1, int(text))


class ListingForm(forms.Form):
    """Unknown parameters are ignored, bad values dropped; the form is always valid.

    `facet_labels`: facet name → its allowed values; `initial_selection`: what is chosen as long as the URL does not
    mention the facet (`?status=` mentions it and chooses nothing).
    """

    q = QueryField(required=False)
    page = PageField(required=False)

    def __init__(
        self,
        data: QueryDict,
        *,
        facet_labels: Mapping[str, Mapping[str, Any]],
        sorts: Sequence[str],
        initial_selection: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        super().__init__(data)
        self.facet_names = list(facet_labels)
        self.initial_selection = initial_selection or {}
        self.fields["sort"] = LenientChoiceField(values=sorts)
        self.fields["exact"] = LenientChoiceField(values=["1"])
        for name, labels in facet_labels.items():
            self.fields[f"facet_{name}"] = LenientMultipleField(values=labels)

    def add_prefix(self, field_name: str) -> str:
        """A facet may be called like a field of this form: in the URL it has its own name, here a prefix."""
        return super().add_prefix(field_name.removeprefix("facet_"))

    def state(self, default_sort: str = "", query_sort: str = "relevance") -> ListingState:
        """`default_sort` without a query, `query_sort` with one; relevance needs a query."""
        self.full_clean()
        cleaned = self.cleaned_data
        words = parse_query(cleaned["q"])
        sort = cleaned["sort"]
        if sort == "relevance" and not words:
            sort = ""
        return ListingState(
            q=cleaned["q"],
            words=words,
            selected={name: values for name in self.facet_names if (values := self._selected(name))},
            sort=sort or (query_sort if words else default_sort),
            page=cleaned["page"],
            exact=bool(words) and cleaned["exact"] == "1",
        )

    def _selected(self, name: str) -> list[str]:
        if name not in self.data and name in self.initial_selection:
            return list(self.initial_selection[name])
        return self.cleaned_data[f"facet_{name}"]
