"""The server that browsers visit: as in production (no debug pages), with the files that a proxy would serve there."""

import os

from portal.settings.test import *  # noqa: F403

MEDIA_ROOT = os.environ["MEDIA_ROOT"]
ROOT_URLCONF = "tests.functional.urls"
# Style sheets and scripts straight from what is built, compressed; nothing is collected.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
SEARCH_INDEX_PREFIX = os.environ.get("SEARCH_INDEX_PREFIX", "functional")
