"""Search in the admin: one menu for what editors see of searches and change about them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import linebreaksbr
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.viewsets.base import ViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .listings import label_of
from .models import MissingReport, PinnedResult
from .report_views import EmptySearchesView, add_synonym_view, dismiss_view
from .trial_views import term_form, trial

HOME = [{"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}]  # Wagtail's own are in one editor's language
SEE_SEARCHES = "search.view_emptysearch"


class SearchMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SEE_SEARCHES)


class EmptySearchesViewSet(ViewSet):
    name = "searches_without_results"
    url_prefix = "search/without-results"
    icon = "circle-xmark"
    menu_label = _("Searches without results")
    menu_item_class = SearchMenuItem

    def get_urlpatterns(self) -> list[Any]:
        names = {"index_url_name": self.get_url_name("index"), "index_results_url_name": self.get_url_name("results")}
        view = EmptySearchesView
        return [
            path("", view.as_view(**names), name="index"),
            path("results/", view.as_view(**names, results_only=True), name="results"),
            path("<int:pk>/synonym/", add_synonym_view, name="add_synonym"),
            path("<int:pk>/dismiss/", dismiss_view, name="dismiss"),
        ]


class TrialViewSet(ViewSet):
    name = "search_trial"
    url_prefix = "search/try"
    icon = "search"
    menu_label = _("Try a search")
    menu_item_class = SearchMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [path("", trial, name="index"), path("term/<str:concept>/", term_form, name="term")]


class PinnedResultViewSet(SnippetViewSet):
    model = PinnedResult
    icon = "thumbtack"
    menu_label = _("Pinned results")
    list_display = ["query", "page", Column("get_language_display", label=_("Language")), "position"]
    list_filter = ["language"]
    search_fields = ["query"]
    copy_view_enabled = False
    add_to_reference_index = False
    breadcrumbs_items = HOME
    panels = [FieldPanel("query"), FieldPanel("language"), FieldPanel("page"), FieldPanel("position")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PinnedResult]:
        return PinnedResult.objects.select_related("page")


class ListColumn(Column):
    def get_value(self, instance: MissingReport) -> str:
        return label_of(instance.listing) if instance.listing else ""


class LinesPanel(FieldPanel):
    """Read only, line by line as it was written."""

    def format_value_for_display(self, value: str) -> str:
        return linebreaksbr(value)


class MissingReportViewSet(SnippetViewSet):
    """Readers write them; editors read them and tick them off, and never write one."""

    model = MissingReport
    icon = "mail"
    menu_label = _("What is missing")
    list_display = [
        "__str__",
        "query",
        ListColumn("listing", label=_("List")),
        "language",
        DateColumn("created", label=_("Received"), sort_key="created"),
        BooleanColumn("done", label=_("Done"), sort_key="done"),
    ]
    list_filter = ["done", "language"]
    search_fields = ["message", "query"]
    copy_view_enabled = False
    add_to_reference_index = False
    breadcrumbs_items = HOME
    panels = [
        LinesPanel("message", read_only=True),
        FieldPanel("query", read_only=True),
        FieldPanel("language", read_only=True),
        FieldPanel("email", read_only=True),
        FieldPanel("created", read_only=True),
        FieldPanel("done"),
    ]


class SearchViewSetGroup(SnippetViewSetGroup):
    items = (EmptySearchesViewSet, PinnedResultViewSet, TrialViewSet, MissingReportViewSet)
    menu_label = _("Site search")
    menu_name = "search-steering"
    menu_icon = "sliders"
    menu_order = 360
