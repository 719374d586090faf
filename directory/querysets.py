from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language_info
from wagtail.models import PageManager

from core.languages import LanguageLink
from core.querysets import BasePageQuerySet

if TYPE_CHECKING:
    from directory.models import DirectoryIndexPage, MemberPage


class MemberPageQuerySet(BasePageQuerySet):
    def written_elsewhere(self, directory: "DirectoryIndexPage", slug: str) -> "MemberPage | None":
        """The member of that slug whose profile has no live text in the directory's language.

        The source comes first where several languages share the slug.
        """
        siblings = (
            type(directory).objects.filter(translation_key=directory.translation_key).live().exclude(pk=directory.pk)
        )
        paths = [sibling.path for sibling in siblings]
        candidates = [
            page
            for page in self.live().public().filter(slug=slug).select_related("locale")
            if any(page.path.startswith(path) for path in paths)
        ]
        if not candidates:
            return None
        keys = {page.translation_key for page in candidates}
        here = set(
            self.live()
            .filter(translation_key__in=keys, locale=directory.locale)
            .values_list("translation_key", flat=True)
        )
        shown = sorted((page for page in candidates if page.translation_key not in here), key=lambda page: page.pk)
        return shown[0] if shown else None

    def language_links(self, member: "MemberPage", request) -> list[LanguageLink]:
        """A profile opens in every language: its own text where there is one, else this text in that language's frame."""
        frame = getattr(member, "frame", None)
        current = frame.locale.language_code if frame else member.locale.language_code
        translations = {
            page.locale.language_code: page
            for page in self.live().filter(translation_key=member.translation_key).select_related("locale")
        }
        parent = member.get_parent()
        directories = {
            page.locale.language_code: page
            for page in type(parent)
            .objects.filter(translation_key=parent.translation_key)
            .live()
            .select_related("locale")
        }
        links = []
        for code, _name in settings.LANGUAGES:
            target, directory = translations.get(code), directories.get(code)
            if target is not None:
                url = target.get_url(request)
            else:
                url = f"{directory.get_url(request)}{member.slug}/" if directory else f"/{code}/"
            name = get_language_info(code)["name_local"].capitalize()
            links.append(LanguageLink(code, name, url, code == current, target is not None or directory is not None))
        return links


MemberPageManager = PageManager.from_queryset(MemberPageQuerySet, "MemberPageManager")
