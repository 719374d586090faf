from wagtail.models import PageManager, PageQuerySet


class BasePageQuerySet(PageQuerySet):
    def in_language(self, code: str | None) -> "BasePageQuerySet":
        """Pages written in one language (a code of settings.LANGUAGES)."""
        return self.filter(locale__language_code=code)


BasePageManager = PageManager.from_queryset(BasePageQuerySet, "BasePageManager")
