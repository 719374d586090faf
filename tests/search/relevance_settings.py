"""The seeded portal whose search is measured, and beside it Wagtail's own search as a plain site would have it."""

from tests.functional.settings import *  # noqa: F403
from tests.functional.settings import ELASTICSEARCH_URL, SEARCH_INDEX_PREFIX

SEARCH_DEADLINE = 30.0  # what is found is measured, not how fast
LOGGING = {"version": 1, "disable_existing_loggers": False}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}
if ELASTICSEARCH_URL:
    WAGTAILSEARCH_BACKENDS["elasticsearch"] = {
        "BACKEND": "wagtail.search.backends.elasticsearch9",
        "URLS": [ELASTICSEARCH_URL],
        "INDEX_PREFIX": f"{SEARCH_INDEX_PREFIX}-wagtail-",
        "AUTO_UPDATE": False,
        "OPTIONS": {"request_timeout": 60},
    }
