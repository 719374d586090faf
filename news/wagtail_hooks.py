"""Their own entry in the admin's menu: all of them in one list, in every language, wherever they are in the tree."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.pages import PageListingViewSet

from news.models import NewsPage


class NewsViewSet(PageListingViewSet):
    model = NewsPage
    icon = "doc-full-inverse"
    menu_label = _("News")
    menu_order = 200
    add_to_admin_menu = True
    columns = [
        *(column for column in PageListingViewSet.columns if column.name != "parent"),
        Column("date", label=_("Date"), accessor="date", sort_key="date", width="12%"),
    ]


@hooks.register("register_admin_viewset")
def register_news_items():
    return NewsViewSet("news_items")
