"""The report in the admin, for whoever may see it."""

from django.contrib.auth.models import Permission
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from alerts.reports import PERMISSION, AlertsReportView


class AlertsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(PERMISSION)


@hooks.register("register_reports_menu_item")
def register_alerts_report():
    return AlertsMenuItem(_("E-mail alerts"), reverse("alerts_report"), name="alerts", icon_name="mail", order=900)


@hooks.register("register_admin_urls")
def register_alerts_urls():
    return [
        path("reports/alerts/", AlertsReportView.as_view(), name="alerts_report"),
        path("reports/alerts/results/", AlertsReportView.as_view(results_only=True), name="alerts_report_results"),
    ]


@hooks.register("register_permissions")
def offer_permission():
    """In the form of groups."""
    return Permission.objects.filter(content_type__app_label="alerts", codename=PERMISSION.split(".")[1])
