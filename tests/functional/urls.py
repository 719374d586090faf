"""The portal's addresses and the pictures, which a proxy serves in production."""

from django.conf import settings
from django.urls import re_path
from django.views.static import serve

from portal.urls import *  # noqa: F403
from portal.urls import urlpatterns as portal_addresses

urlpatterns = [
    re_path(
        f"^media/{folder}/(?P<path>.*)$",
        serve,
        {"document_root": f"{settings.MEDIA_ROOT}/{folder}"},
    )
    for folder in ("images", "avatar_images")
] + portal_addresses
