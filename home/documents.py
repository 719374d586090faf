from django.utils.translation import gettext_lazy as _

from core import indexing
from home.models import StandardPage
from search.documents import Prepared, SearchDocument, register


@register
class StandardPageDocument(SearchDocument):
    doc_type = "page"
    label = _("Pages")
    model = StandardPage
    facets = ()

    @classmethod
    def queryset(cls):
        return StandardPage.objects.select_related("locale")

    @classmethod
    def prepare(cls, pages: list[StandardPage]) -> Prepared:
        return Prepared(
            title={page.language: page.title for page in pages},
            summary={page.language: page.introduction for page in pages},
            text={page.language: indexing.stream_text(page, "body") for page in pages},
            cards={page.language: indexing.card_base(page) for page in pages},
            sort_date=pages[0].first_published_at,
        )
