"""Production's settings on this machine: static files without compressed copies, in a folder that goes afterwards."""

import os

from portal.settings.production import *  # noqa: F403
from portal.settings.production import STORAGES

STATIC_ROOT = os.environ["BENCH_STATIC"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
