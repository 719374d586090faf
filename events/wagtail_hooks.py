"""Their own entry in the admin's menu: all of them in one list, in every language, wherever they are in the tree."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet

from events.models import EventPage


class EventViewSet(PageListingViewSet):
    model = EventPage
    icon = "calendar-alt"
    menu_label = _("Events")
    menu_order = 230
    add_to_admin_menu = True
    columns = [
        *(column for column in PageListingViewSet.columns if column.name != "parent"),
        Column("starts_at", label=_("Starts"), accessor="starts_at", sort_key="starts_at", width="12%"),
    ]


@hooks.register("register_admin_viewset")
def register_events():
    return EventViewSet("events")
