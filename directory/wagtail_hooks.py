"""Their own entry in the admin's menu: all of them in one list, in every language, wherever they are in the tree."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet

from directory.models import MemberPage


class MemberViewSet(PageListingViewSet):
    model = MemberPage
    icon = "group"
    menu_label = _("Members")
    menu_order = 240
    add_to_admin_menu = True
    columns = [
        *(column for column in PageListingViewSet.columns if column.name != "parent"),
        Column("area", label=_("Area"), accessor="get_area_display", sort_key="area", width="12%"),
    ]


@hooks.register("register_admin_viewset")
def register_members():
    return MemberViewSet("members")
