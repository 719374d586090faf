"""Tests: fast hashing, files in a throw-away folder, the parts as the environment gives them."""

import os
import tempfile

from .base import *  # noqa: F403
from .base import CACHES, REDIS_URL, STORAGES

SECRET_KEY = "tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = tempfile.mkdtemp(prefix="portal-media-")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Parallel workers share one server: each has its own indexes, and its own database of the cache to clear.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
SEARCH_INDEX_PREFIX = f"test-{WORKER}"
# What is found must not depend on how busy the machine is; tests about seconds set the deadline of production.
SEARCH_DEADLINE = 5.0
if REDIS_URL:
    number = int(WORKER.removeprefix("gw")) + 1 if WORKER.startswith("gw") else 0
    CACHES["default"]["LOCATION"] = f"{REDIS_URL.rsplit('/', 1)[0]}/{number}"
