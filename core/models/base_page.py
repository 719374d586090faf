"""What every page of the portal has."""

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from core.languages import LanguageLink, language_links
from core.lineage import Lineage
from core.models.settings import drop_chrome_cache
from core.querysets import BasePageManager


class BasePage(Page):
    """Abstract. Gives share image, canonical address, language links and cache headers.

    Page types with many-to-many fields add ``SynchronizedField(name, overridable=False)`` for each of them to
    ``override_translatable_fields``: wagtail-localize does not carry them over by itself.
    """

    social_image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("image for social networks"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where this page is shared; 1200 × 630 pixels. Without one the page's own picture is taken."),
    )

    # The doc_type of its search document (search.checks asks for one); None for pages that are not searched.
    search_document: str | None = None
    # Pages of listings show their own count of translations; "synced" follows the source, "simple" goes its own way.
    localize_default_translation_mode = "synced"
    override_translatable_fields = [SynchronizedField("social_image")]

    objects = BasePageManager()

    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description"), FieldPanel("social_image")],
            heading=_("For search engines and social networks"),
        ),
        MultiFieldPanel([FieldPanel("show_in_menus")], heading=_("For the menu")),
    ]

    class Meta:
        abstract = True

    @cached_property
    def language(self) -> str:
        """The language this page is written in."""
        return self.locale.language_code

    @cached_property
    def lineage(self) -> Lineage:
        """The pages above and their translations; whoever routes a request here has set it already."""
        return Lineage.of(self)

    def get_view_restrictions(self):
        """Without a further query for a page that was routed to (core.lineage); aliases are Wagtail's own business."""
        lineage = self.__dict__.get("lineage")
        if lineage is None or any(page.alias_of_id for page in lineage.chain):
            return super().get_view_restrictions()
        return lineage.view_restrictions()

    @property
    def lead_picture(self):
        """The image that stands for this page on cards and in social networks; page types say which."""
        return None

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["language_links"] = self.language_links(request)
        return context

    def language_links(self, request) -> list[LanguageLink]:
        """One per language of the portal: to this same page where it exists, else to the nearest page above."""
        return language_links(self, request)

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        if self.show_in_menus or self.depth <= 3:
            drop_chrome_cache()

    def serve(self, request, *args, **kwargs):
        # A page speaks the language of its own tree even where the address was reached some other way.
        if self.language in dict(settings.LANGUAGES):
            translation.activate(self.language)
            request.LANGUAGE_CODE = translation.get_language()
        return super().serve(request, *args, **kwargs)
