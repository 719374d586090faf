"""Their own entry in the admin's menu: all of them in one list, in every language, wherever they are in the tree."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet

from funding.models import FundingPage


class FundingViewSet(PageListingViewSet):
    model = FundingPage
    icon = "pick"
    menu_label = _("Funding")
    menu_order = 220
    add_to_admin_menu = True
    columns = [
        *(column for column in PageListingViewSet.columns if column.name != "parent"),
        Column("deadline", label=_("Deadline"), accessor="deadline", sort_key="deadline", width="12%"),
    ]


@hooks.register("register_admin_viewset")
def register_funding_schemes():
    return FundingViewSet("funding_schemes")
