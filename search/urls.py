from django.urls import path
from django.utils.translation import pgettext_lazy

from .missing_views import missing
from .views import site_search

app_name = "search"
# Included inside i18n_patterns: /fr/recherche/, /de/suche/, /en/search/.
urlpatterns = [
    path(pgettext_lazy("URL", "search/"), site_search, name="site"),
    path(pgettext_lazy("URL", "search/missing/"), missing, name="missing"),
]
