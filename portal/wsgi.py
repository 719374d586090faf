import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

application = get_wsgi_application()

# What is loaded now stays: the collector need not look through it again (and worker processes share it). A page makes
# tens of thousands of short-lived objects, for which Python's own threshold of 700 means looking again and again.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
