"""The admin's list of searches without results, and what an editor does about one of them with a click."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

import django_filters
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from . import lexicon as lexicons
from .lexicon import Lexicon
from .listings import Place, addresses, all_places
from .models import EmptySearch
from .nearness import Nearness
from .query import parse_query
from .steering import SteeringError, add_synonym, changeable_kinds, dismiss, mark_solved, may_change

NEAREST = 3
ROWS = 20


def _listing_choices() -> list[tuple[str, str]]:
    return [(key, place.label) for key, place in all_places().items()]


class EmptySearchFilterSet(WagtailFilterSet):
    language = django_filters.ChoiceFilter(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    listing = django_filters.ChoiceFilter(label=gettext_lazy("List"), choices=_listing_choices)
    outcome = django_filters.ChoiceFilter(label=gettext_lazy("Outcome"), choices=EmptySearch.Outcome.choices)
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=EmptySearch.State.choices, empty_label=gettext_lazy("Open")
    )

    class Meta:
        model = EmptySearch
        fields = ["language", "listing", "outcome", "state"]


class SearchColumn(Column):
    """The words and filters, and a link that searches for them again."""

    cell_template_name = "search/admin/cell_search.html"


class SynonymColumn(Column):
    """The nearest terms as buttons, all others in a list."""

    cell_template_name = "search/admin/cell_synonym.html"

    def render_cell_html(self, instance: Any, parent_context: Any) -> str:
        context = self.get_cell_context_data(instance, parent_context)
        return self.cell_template.render(context, context["request"])  # with the token its forms need

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        return {**super().get_cell_context_data(instance, parent_context), **instance.shown}


class EmptySearchesView(ReportView):
    model = EmptySearch
    queryset = EmptySearch.objects.all()
    page_title = gettext_lazy("Searches without results")
    header_icon = "circle-xmark"
    breadcrumbs_items = [{"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")}]
    permission_required = "view"
    default_ordering = "-count"
    paginate_by = ROWS
    filterset_class = EmptySearchFilterSet
    is_searchable = True
    search_fields = ["terms"]
    columns = [
        SearchColumn("terms", label=gettext_lazy("Searched for"), sort_key="terms"),
        Column("count", label=gettext_lazy("Times"), sort_key="count"),
        DateColumn("last_at", label=gettext_lazy("Last"), sort_key="last_at"),
        Column("where", label=gettext_lazy("List and language"), accessor="where"),
        SynonymColumn("nearest", label=gettext_lazy("Add as synonym of …"), accessor="pk"),
    ]
    list_export = ["terms", "filters", "listing", "language", "outcome", "count", "first_at", "last_at"]

    def get_base_queryset(self) -> QuerySet[EmptySearch]:
        rows = super().get_base_queryset()
        return rows if self.request.GET.get("state") else rows.filter(state=EmptySearch.State.OPEN)

    def get_filename(self) -> str:
        return "searches-without-results"

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        if not self.is_export:
            for row in object_list:
                self._decorate(row)
        return object_list

    def _decorate(self, row: Any) -> None:
        place = self.places.get(row.listing)
        row.where = f"{place.label if place else row.listing}, {row.language}"
        row.filters_in_words = self._in_words(place, row.filters) if place else row.filters
        row.address = _search_address(self.addresses.get((row.listing, row.language), ""), row)
        known = self.lexicon.exactly(tuple(parse_query(row.terms))) if row.terms else []
        near = self.nearness.to(row.terms, NEAREST) if row.terms and self.kinds and not known else []
        row.understood = sorted({self.labels[phrase.concept] for phrase in known if phrase.concept in self.labels})
        trial = {"q": row.terms, "language": row.language, "listing": row.listing}
        row.shown = {
            "nearest": [(found.concept, self.labels[found.concept]) for found in near],
            "choices": self.choices if row.terms else [],
            "next": self.request.get_full_path().replace(self.index_results_url or "-", self.index_url or ""),
            "trial_url": f"{reverse('search_trial:index')}?{urlencode(trial)}",
            "may_dismiss": self.may_dismiss,
        }

    def _in_words(self, place: Place, filters: str) -> str:
        parts: dict[str, list[str]] = {}
        facets = {facet.name: facet for facet in place.listing.facets}
        for name, value in parse_qsl(filters):
            facet = facets.get(name)
            label = facet.labels(self.now).get(value, value) if facet else value
            parts.setdefault(str(facet.label) if facet else name, []).append(str(label))
        said = [
            _("%(name)s: %(values)s") % {"name": name, "values": ", ".join(values)} for name, values in parts.items()
        ]
        return " · ".join(said)

    @cached_property
    def now(self) -> Any:
        return timezone.now()

    @cached_property
    def places(self) -> dict[str, Place]:
        return all_places()

    @cached_property
    def addresses(self) -> dict[tuple[str, str], str]:
        return addresses()

    @cached_property
    def lexicon(self) -> Lexicon:
        return lexicons.current()

    @cached_property
    def kinds(self) -> set[str]:
        """Of terms this editor may change."""
        return changeable_kinds(self.request.user)

    @cached_property
    def may_dismiss(self) -> bool:
        return self.user_has_permission("change")

    @cached_property
    def nearness(self) -> Nearness:
        return Nearness(self.lexicon, self.kinds)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Concept → label in the editor's language."""
        language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
        known = self.lexicon.concepts
        return {key: concept.label(language) for key, concept in known.items() if concept.kind in self.kinds}

    @cached_property
    def choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """(kind, [(concept, label), …]) for the list of all terms."""
        return grouped(self.labels, self.lexicon)


def grouped(labels: dict[str, str], lexicon: Lexicon) -> list[tuple[str, list[tuple[str, str]]]]:
    known = lexicon.concepts
    groups: dict[str, list[tuple[str, str]]] = {}
    for concept, label in sorted(labels.items(), key=lambda item: item[1].casefold()):
        groups.setdefault(str(known[concept].kind_label), []).append((concept, label))
    return list(groups.items())


def _search_address(path: str, row: EmptySearch) -> str:
    if not path:
        return ""
    query = "&".join(part for part in (urlencode({"q": row.terms}) if row.terms else "", row.filters) if part)
    return f"{path}?{query}"


@require_POST
def add_synonym_view(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: concept (or "other", then `other` names it), word. Back to the list with a word about what happened."""
    row = get_object_or_404(EmptySearch, pk=pk)
    concept = request.POST.get("concept", "")
    if concept == "other":
        concept = request.POST.get("other", "")
    if not concept:
        messages.error(request, _("Choose the term that should be found."))
        return _back(request)
    if not may_change(request.user, concept):
        raise PermissionDenied
    word = request.POST.get("word") or row.terms
    try:
        added = add_synonym(concept=concept, language=row.language, word=word, user=request.user)
    except SteeringError as error:
        messages.error(request, str(error))
        return _back(request)
    mark_solved(terms=row.terms, pk=row.pk)
    address = _search_address(addresses().get((row.listing, row.language), ""), row)
    text = (
        _("“%(term)s” had “%(word)s” as a name already.") if added.was_there else _("“%(word)s” now finds “%(term)s”.")
    )
    text %= {"word": added.word, "term": added.term}
    messages.success(request, text, buttons=[messages.button(address, _("See the search"))] if address else None)
    return _back(request)


@require_POST
def dismiss_view(request: HttpRequest, pk: int) -> HttpResponse:
    if not request.user.has_perm("search.change_emptysearch"):
        raise PermissionDenied
    row = get_object_or_404(EmptySearch, pk=pk)
    dismiss(row=row)
    messages.success(request, _("“%(search)s” will not be listed again.") % {"search": row})
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = reverse("searches_without_results:index")
    return redirect(target)
