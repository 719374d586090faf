from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language_info
from wagtail.models import PageManager

from core.languages import LanguageLink
from core.querysets import BasePageQuerySet

if TYPE_CHECKING:
    from directory.models import DirectoryIndexPage, MemberPage


class MemberPageQuerySet(BasePageQuerySet):
    def from_other_directories(self, directory: "DirectoryIndexPage", slug: str) -> "MemberPage | None":
        """The member who has that slug in the directory of another language: its text in this directory's language
        where there is one (under another slug), else the text as it is. The oldest page wins where two share a slug."""
        others = type(directory).objects.filter(translation_key=directory.translation_key).live().exclude(pk=directory.pk)
        paths = tuple(other.path for other in others)
        candidates = self.live().public().filter(slug=slug).select_related("locale").order_by("pk")
        member = next((page for page in candidates if page.path.startswith(paths)), None) if paths else None
        if member is None:
            return None
        here = self.live().public().child_of(directory).filter(translation_key=member.translation_key)
        return here.select_related("locale").first() or member

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
            is_same = target is not None or directory is not None
            links.append(LanguageLink(code, name, url, code == current, is_same, is_written=target is not None))
        return links


MemberPageManager = PageManager.from_queryset(MemberPageQuerySet, "MemberPageManager")
