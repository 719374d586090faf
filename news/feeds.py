"""The address of the news feed that every page announces and that does not depend on what the news page is called."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from news.models import NewsIndexPage
from search.feeds import feed_response


@require_safe
def news_feed(request: HttpRequest) -> HttpResponse:
    """The feed of the news page in the language of the address; it names its own address as the one to keep."""
    pages = NewsIndexPage.objects.live().public().filter(locale__language_code=get_language())
    page = pages.select_related("locale").first()
    if page is None:
        raise Http404
    return feed_response(page.listing, request, path=page.get_url(request), name=page.title, address=page.address_of)
