from django.urls import include, path
from django.utils.translation import pgettext_lazy

from .listing import EXPORT, FEED
from .missing_views import missing
from .views import site_search, site_search_copy, suggestions

app_name = "search"
# Included inside i18n_patterns: /fr/recherche/, /de/suche/, /en/search/.
below = [
    path("", site_search, name="site"),
    path(FEED, site_search_copy, {"copy": FEED}, name="site_feed"),
    path(EXPORT, site_search_copy, {"copy": EXPORT}, name="site_export"),
]
urlpatterns = [
    path(pgettext_lazy("URL", "search/"), include(below)),
    path(pgettext_lazy("URL", "search/suggestions/"), suggestions, name="suggestions"),
    path(pgettext_lazy("URL", "search/missing/"), missing, name="missing"),
]
