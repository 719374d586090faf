"""Views that belong to no app: the way into the admin, the sitemap, robots.txt, error pages."""

from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.views import serve

from core import lineage
from core.languages import front_page_links
from home.share import share_image as image_of
from portal.sitemap import sitemap_entries


def admin_login(request: HttpRequest) -> HttpResponse:
    """The editors' admin signs in through the portal's own page."""
    return _to_sign_in(request, request.user.has_perm("wagtailadmin.access_admin"), reverse("wagtailadmin_home"))


def django_admin_login(request: HttpRequest) -> HttpResponse:
    return _to_sign_in(request, request.user.is_staff, reverse("admin:index"))


def _to_sign_in(request: HttpRequest, may_enter: bool, home: str) -> HttpResponse:
    """A way back is kept when it leads nowhere else.

    Whoever is signed in and comes here was refused by that admin: signing in once more would only lead back.
    """
    if request.user.is_authenticated and not may_enter:
        raise PermissionDenied
    target = request.GET.get("next") or home
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = home
    return redirect(f"{reverse('account_login')}?{urlencode({'next': target})}")


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view, told beforehand which page it is: core.lineage finds that out in far fewer queries."""
    try:
        request._wagtail_route_for_request = lineage.route(request, path)
    except LookupError:
        pass  # Wagtail routes by itself
    return serve(request, path)


@require_safe
@cache_control(public=True, max_age=86400)
def share_image(request: HttpRequest, page_id: int) -> HttpResponse:
    """What social networks show of a page; only of pages that everybody may read."""
    page = get_object_or_404(Page.objects.live().public().filter(depth__gt=1), pk=page_id).specific
    return HttpResponse(image_of(page), content_type="image/png")


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    entries = sitemap_entries(request)
    return TemplateResponse(request, "sitemap.xml", {"entries": entries}, content_type="application/xml")


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    private = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            private += [f"/{code}/account/", reverse("search:site"), reverse("alerts:list")]
    context = {"private": private, "sitemap_url": request.build_absolute_uri(reverse("sitemap"))}
    return TemplateResponse(request, "robots.txt", context, content_type="text/plain; charset=utf-8")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"language_links": front_page_links()}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
