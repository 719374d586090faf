"""How many alerts there are, for whoever runs the cluster: counts only, never who has them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.admin.views.reports import ReportView

from alerts.enums import Frequency
from alerts.models import SavedSearch
from alerts.wording import Wording

PERMISSION = "alerts.view_savedsearch"


class AlertsReportView(ReportView):
    page_title = _("E-mail alerts")
    header_icon = "mail"
    index_url_name = "alerts_report"
    index_results_url_name = "alerts_report_results"
    default_ordering = "-readers"
    list_export = ["what", "readers", "daily", "weekly", "waiting", "last_sent_to_any"]
    export_headings = {
        "what": _("Saved search"),
        "readers": _("Alerts"),
        "daily": _("Daily"),
        "weekly": _("Weekly"),
        "waiting": _("Not confirmed yet"),
        "last_sent_to_any": _("Last mail"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def wording(self) -> Wording:
        return Wording((get_language() or "").split("-")[0])

    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column("what", label=_("Saved search"), accessor=self._in_words),
            NumberColumn("readers", label=_("Alerts"), sort_key="readers"),
            NumberColumn("daily", label=_("Daily"), sort_key="daily"),
            NumberColumn("weekly", label=_("Weekly"), sort_key="weekly"),
            NumberColumn("waiting", label=_("Not confirmed yet"), sort_key="waiting"),
            DateColumn("last_sent_to_any", label=_("Last mail")),
        ]

    def get_base_queryset(self) -> QuerySet[Any, Any]:
        confirmed = Q(confirmed_at__isnull=False)
        return (
            SavedSearch.objects.order_by()
            .values("listing", "query")
            .annotate(
                readers=Count("pk", filter=confirmed),
                daily=Count("pk", filter=confirmed & Q(frequency=Frequency.DAILY)),
                weekly=Count("pk", filter=confirmed & Q(frequency=Frequency.WEEKLY)),
                waiting=Count("pk", filter=~confirmed),
                last_sent_to_any=Max("last_sent"),
            )
        )

    def decorate_paginated_queryset(self, object_list: Any) -> list[dict[str, Any]]:
        """For the export; the table has its columns."""
        return [{**row, "what": self._in_words(row)} for row in object_list]

    def _in_words(self, row: dict[str, Any]) -> str:
        return str(self.wording.describe(row["listing"], row["query"]))
