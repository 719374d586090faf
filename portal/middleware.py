"""What every response carries: cache headers a shared cache may trust, and a content security policy."""

import re

import brotli
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_cache_control, patch_vary_headers

ADMIN_PREFIXES = ("/admin/", "/django-admin/")
DOCUMENTS_PREFIX = "/documents/"
WITHOUT_LANGUAGE = (*ADMIN_PREFIXES, DOCUMENTS_PREFIX, settings.MEDIA_URL, settings.STATIC_URL)
# Whatever is in an uploaded file, it runs nothing, loads nothing and knows nothing of who is signed in.
UPLOADS_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
# The editor's widgets set inline styles and its date pickers an inline script; uploads are previewed as blobs.
ADMIN_DIRECTIVES = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
}


BROTLI_QUALITY = 5  # of 11: as quick as gzip's default, a tenth smaller


class CompressionMiddleware(GZipMiddleware):
    """Brotli for whole pages where the browser takes it, else gzip as Django does it.

    Neither gives a secret away by its length: the only one in a page, the form token, is masked anew in every answer.
    """

    def process_response(self, request, response):
        takes_brotli = re.search(r"\bbr\b", request.headers.get("Accept-Encoding", ""))
        is_page = response.get("Content-Type", "").startswith("text/") and not response.streaming
        if not takes_brotli or not is_page or len(response.content) < 200 or response.has_header("Content-Encoding"):
            return super().process_response(request, response)
        patch_vary_headers(response, ["Accept-Encoding"])
        response.content = brotli.compress(response.content, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
        response.headers["Content-Length"] = str(len(response.content))
        response.headers["Content-Encoding"] = "br"
        if etag := response.get("ETag", ""):
            response.headers["ETag"] = etag if etag.startswith("W/") else f"W/{etag}"
        return response


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere, relaxed under the editor's addresses only; uploaded files may do nothing."""

    def process_response(self, request, response):
        if request.path.startswith((settings.MEDIA_URL, DOCUMENTS_PREFIX)):
            response.headers["Content-Security-Policy"] = UPLOADS_POLICY
            response.headers["X-Content-Type-Options"] = "nosniff"
            if response.headers.get("Content-Encoding") == "None":
                del response.headers["Content-Encoding"]  # Wagtail writes the word where there is no encoding
            return response
        if request.path.startswith(ADMIN_PREFIXES) and not hasattr(response, "_csp_update"):
            response._csp_update = ADMIN_DIRECTIVES
        return super().process_response(request, response)


class PublicLocaleMiddleware(LocaleMiddleware):
    """Leads an address without a language to the same one with it, but only where addresses have languages at all."""

    def process_response(self, request, response):
        if response.status_code == 404 and request.path.startswith(WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)


class SharedCacheMiddleware:
    """Says who may keep a page.

    An anonymous reader's page sets no cookie and is the same for all: a shared cache may keep it and asks again
    (ETag) before it serves it. Whatever a signed-in reader sees is private.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.has_header("Cache-Control") or request.path.startswith((*ADMIN_PREFIXES, settings.STATIC_URL)):
            return response
        patch_vary_headers(response, ["Cookie"])
        if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies or request.method not in ("GET", "HEAD"):
            patch_cache_control(response, private=True, no_cache=True)
        elif response.status_code == 200:
            patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return response
