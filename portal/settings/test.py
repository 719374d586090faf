"""Tests: fast hashing, files in a throw-away folder, the parts as the environment gives them."""

import os
import tempfile

from .base import *  # noqa: F403
from .base import STORAGES

SECRET_KEY = "tests"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MEDIA_ROOT = tempfile.mkdtemp(prefix="portal-media-")
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Parallel workers share one server: each has its own indexes.
SEARCH_INDEX_PREFIX = f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
