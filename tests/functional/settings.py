"""The server that browsers visit: as in production (no debug pages), with the files that a proxy would serve there."""

import os

from portal.settings.test import *  # noqa: F403

MEDIA_ROOT = os.environ["MEDIA_ROOT"]
ROOT_URLCONF = "tests.functional.urls"
WHITENOISE_USE_FINDERS = True  # style sheets and scripts straight from the sources; nothing is collected
SEARCH_INDEX_PREFIX = os.environ.get("SEARCH_INDEX_PREFIX", "functional")
