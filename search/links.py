"""The URL grammar of listings, in one place: every link of a listing is its state with one thing changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote_plus

from django.utils.translation import gettext as _

from .facets import FacetResult
from .forms import ListingState

NEIGHBOURS = 2  # page numbers shown on either side of the current one


@lru_cache(maxsize=10_000)  # a page has a hundred links that differ in one of these
def _pair(name: str, value: str) -> str:
    return f"{quote_plus(name)}={quote_plus(value)}"


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A chosen filter that a click removes. The query is one too (facet "q")."""

    facet: str  # the URL parameter
    facet_label: str
    value: str
    label: str
    url: str  # the listing without it


@dataclass(frozen=True, kw_only=True)
class SortLink:
    name: str
    label: str
    selected: bool
    url: str


@dataclass(frozen=True, kw_only=True)
class PageLink:
    number: int  # 0 for a gap, drawn as "…"
    url: str
    current: bool = False

    @property
    def is_gap(self) -> bool:
        return self.number == 0


class Links:
    def __init__(
        self,
        path: str,
        state: ListingState,
        facet_names: Sequence[str],
        default_sort: str,
        initial_selection: Mapping[str, Sequence[str]],
    ) -> None:
        self.path = path
        self.state = state
        self.facet_names = facet_names
        self.default_sort = default_sort  # the sort that needs no parameter in this state
        self.initial_selection = initial_selection

    def url(
        self,
        *,
        q: str | None = None,
        selected: Mapping[str, Sequence[str]] | None = None,
        sort: str | None = None,
        page: int = 1,
        exact: bool | None = None,
    ) -> str:
        """Parameters in one canonical order, defaults left out, so that equal states have equal URLs."""
        q = self.state.q if q is None else q
        selected = self.state.selected if selected is None else selected
        sort = self.state.sort if sort is None else sort
        pairs = [_pair("q", q)] if q else []
        for name in self.facet_names:
            values = list(selected.get(name, ()))
            if name in self.initial_selection:
                if sorted(values) == sorted(self.initial_selection[name]):
                    continue
                values = values or [""]
            pairs += [_pair(name, value) for value in values]
        if sort and sort != self.default_sort:
            pairs.append(_pair("sort", sort))
        if q and (self.state.exact if exact is None else exact):
            pairs.append("exact=1")
        if page > 1:
            pairs.append(f"page={page}")
        return f"{self.path}?{'&'.join(pairs)}" if pairs else self.path

    def toggle(self, facet: str, value: str) -> str:
        chosen = self.state.selected.get(facet, [])
        values = [item for item in chosen if item != value] if value in chosen else [*chosen, value]
        return self.url(selected={**self.state.selected, facet: values})

    def without_query(self) -> str:
        sort = "" if self.state.sort == "relevance" else self.state.sort
        return self.url(q="", sort=sort)

    def clear(self) -> str:
        """Without any filter or query; a chosen sort stays."""
        sort = "" if self.state.sort == "relevance" else self.state.sort
        return self.url(q="", selected={}, sort=sort)

    def copy(self, name: str) -> str:
        """The same things in another form, such as a feed: all of them, whatever page is shown, in its own order."""
        query = self.url(sort="").removeprefix(self.path)
        return f"{self.path}{name}{query}"

    @property
    def is_narrowed(self) -> bool:
        """Whether the state shows less than the listing does when one comes to it."""
        usual = {name: sorted(values) for name, values in self.initial_selection.items() if values}
        return bool(self.state.q) or usual != {name: sorted(values) for name, values in self.state.selected.items()}

    def tags(self, facets: Sequence[FacetResult]) -> list[Tag]:
        tags = []
        if self.state.q:
            query = Tag(
                facet="q", facet_label=_("Search"), value=self.state.q, label=self.state.q, url=self.without_query()
            )
            tags.append(query)
        for facet in facets:
            tags.extend(
                Tag(facet=facet.name, facet_label=facet.label, value=value.value, label=value.label, url=value.url)
                for value in facet.selected
            )
        return tags

    def pages(self, current: int, last: int) -> list[PageLink]:
        """First, last and the neighbours of the current page, with gaps between; [] when there is one page only."""
        if last <= 1:
            return []
        near = range(current - NEIGHBOURS, current + NEIGHBOURS + 1)
        numbers = sorted({1, last, *(number for number in near if 1 <= number <= last)})
        links: list[PageLink] = []
        previous = 0
        for number in numbers:
            if number == previous + 2:
                links.append(PageLink(number=previous + 1, url=self.url(page=previous + 1)))
            elif number > previous + 2:
                links.append(PageLink(number=0, url=""))
            links.append(PageLink(number=number, url=self.url(page=number), current=number == current))
            previous = number
        return links
