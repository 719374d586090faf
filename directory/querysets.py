from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Exists, F, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language_info
from wagtail.models import PageManager

from core.languages import LanguageLink, open_to_all, path_asked
from core.querysets import BasePageQuerySet

if TYPE_CHECKING:
    from directory.models import DirectoryIndexPage, MemberPage


class MemberPageQuerySet(BasePageQuerySet):
    def below(self, directories: QuerySet) -> "MemberPageQuerySet":
        """Members in one of these directories; a condition, not a query of its own."""
        above = directories.annotate(asked=path_asked()).filter(asked__startswith=F("path"))
        return self.filter(Exists(above))

    def from_other_directories(self, directory: "DirectoryIndexPage", slug: str) -> "MemberPage | None":
        """The member who has that slug in the directory of another language: its text in this directory's language
        where there is one (under another slug), else the text as it is. The oldest page wins where two share a slug.

        One query: all texts of all members of that slug. They stay with the page for its language links.
        """
        others = (
            type(directory).objects.filter(translation_key=directory.translation_key).live().exclude(pk=directory.pk)
        )
        named = self.live().filter(slug=slug).below(others).values("translation_key")
        texts = list(open_to_all(self.filter(translation_key__in=named)).select_related("locale").order_by("pk"))
        member = next((page for page in texts if page.slug == slug), None)
        if member is None:
            return None
        same = [page for page in texts if page.translation_key == member.translation_key]
        shown = next((page for page in same if page.locale_id == directory.locale_id), member)
        shown.live_texts = same
        return shown

    def texts_of(self, member: "MemberPage") -> list["MemberPage"]:
        """All live, public texts of a member; not asked again where the way to the page has found them."""
        known = getattr(member, "live_texts", None)
        if known is not None:
            return known
        return list(open_to_all(self.filter(translation_key=member.translation_key)).select_related("locale"))


MemberPageManager = PageManager.from_queryset(MemberPageQuerySet, "MemberPageManager")


def member_language_links(
    member: "MemberPage", directories: dict[str, str], request: HttpRequest
) -> list[LanguageLink]:
    """A profile opens in every language: its own text where there is one, else this text in that language's frame.

    ``directories``: language code → address of the directory.
    """
    frame = getattr(member, "frame", None)
    current = (frame or member).locale.language_code
    texts = {page.locale.language_code: page for page in type(member).objects.texts_of(member)}
    links = []
    for code, _name in settings.LANGUAGES:
        target, directory = texts.get(code), directories.get(code)
        framed = f"{directory}{member.slug}/" if directory else f"/{code}/"
        links.append(
            LanguageLink(
                code=code,
                name=get_language_info(code)["name_local"].capitalize(),
                url=target.get_url(request) if target else framed,
                is_current=code == current,
                is_same=bool(target or directory),
                is_written=target is not None,
            )
        )
    return links
