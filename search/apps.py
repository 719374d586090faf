from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        autodiscover_modules("documents")
        from . import checks, signals  # noqa: F401  (registers the system checks)

        signals.connect()
