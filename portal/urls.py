from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import authenticate_with_password

from news.feeds import news_feed
from portal import views

urlpatterns = [
    # One way in for everybody: the log-ins of both admins lead to it, so that its limits hold there too.
    path("admin/login/", views.admin_login, name="admin_login"),
    path("django-admin/login/", views.django_admin_login),
    re_path("^admin/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("django-admin/", admin.site.urls),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("share/<int:page_id>.png", views.share_image, name="share_image"),
    path("favicon.ico", RedirectView.as_view(url=f"{settings.STATIC_URL}favicon.svg")),
]

if settings.DEBUG:
    from django.conf.urls.static import static

    # As the proxy does in production: pictures only. Documents go through the portal, which asks who may read them.
    for folder in ("images", "avatar_images"):
        urlpatterns += static(f"{settings.MEDIA_URL}{folder}/", document_root=f"{settings.MEDIA_ROOT}/{folder}")

urlpatterns += i18n_patterns(
    path("account/", include("allauth.account.urls")),
    path("", include("search.urls")),
    path("", include("alerts.urls")),
    path("feeds/news.atom", news_feed, name="news_feed"),
    # Wagtail's own log-in page knows no limits: not that way either. Its password page is before the pages, or none.
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/", authenticate_with_password),
    # Wagtail's own pattern knows no full stop; an event's page and the listings route what lies below them.
    re_path(r"^((?:[\w-]+/)+(?:calendar\.ics|feed\.atom|export\.csv))$", views.serve_page),
    re_path(wagtail_urls.serve_pattern, views.serve_page),
    path("", include(wagtail_urls)),  # what addresses of pages are made from; answers for passwords
)

handler404 = "portal.views.not_found"
handler500 = "portal.views.server_error"
