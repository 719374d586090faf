"""Their own entry in the admin's menu: all of them in one list, in every language, wherever they are in the tree."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet

from guides.models import GuidePage


class GuideViewSet(PageListingViewSet):
    model = GuidePage
    icon = "clipboard-list"
    menu_label = _("Legal guides")
    menu_order = 210
    add_to_admin_menu = True
    columns = [
        *(column for column in PageListingViewSet.columns if column.name != "parent"),
        Column("review_due", label=_("Review due"), accessor="review_due", sort_key="review_due", width="12%"),
    ]


@hooks.register("register_admin_viewset")
def register_guides():
    return GuideViewSet("guides")
