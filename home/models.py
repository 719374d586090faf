"""The front page and the plain pages."""

from django.conf import settings
from django.db import models
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, Site
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from core.blocks import DownloadBlock, StoryBlock
from core.models import BasePage
from home import queries


class HomePage(BasePage):
    search_document = None  # shows what is found elsewhere

    hero_title = models.CharField(
        _("headline"), max_length=120, help_text=_("One strong line; the first thing a visitor reads.")
    )
    hero_text = models.TextField(_("text below the headline"), max_length=400, blank=True)
    hero_image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    hero_image_alt = models.CharField(_("alternative text"), max_length=255, blank=True)
    join_title = models.CharField(_("headline"), max_length=120, blank=True)
    join_text = models.TextField(_("text"), max_length=400, blank=True)
    join_label = models.CharField(_("words on the button"), max_length=60, blank=True)
    join_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where one learns how to join."),
    )

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.StandardPage",
        "news.NewsIndexPage",
        "guides.GuideIndexPage",
        "funding.FundingIndexPage",
        "events.EventIndexPage",
        "directory.DirectoryIndexPage",
    ]
    template = "home/home_page.html"
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("hero_image"),
        SynchronizedField("join_page"),
    ]

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("hero_title"),
                FieldPanel("hero_text"),
                FieldPanel("hero_image"),
                FieldPanel("hero_image_alt"),
            ],
            heading=_("Opening"),
        ),
        MultiFieldPanel(
            [FieldPanel("join_title"), FieldPanel("join_text"), FieldPanel("join_label"), FieldPanel("join_page")],
            heading=_("Call to join"),
        ),
    ]

    class Meta:
        verbose_name = _("front page")

    @property
    def lead_picture(self):
        return self.hero_image

    def route(self, request, path_components):
        """Where a language has no live front page Wagtail falls back to the source's. Nothing is served there: text in
        one language would stand under the address of another."""
        site = Site.find_for_request(request)
        if site and site.root_page_id == self.pk and translation.get_language() != settings.LANGUAGE_CODE:
            if path_components:
                raise Http404
            return RouteResult(self, kwargs={"elsewhere": True})
        return super().route(request, path_components)

    def serve(self, request, *args, elsewhere: bool = False, **kwargs):
        if elsewhere:
            return redirect(self.get_url(request))
        return super().serve(request, *args, **kwargs)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context.update(queries.front_page(self, at=timezone.now()))
        return context


class StandardPage(BasePage):
    introduction = models.TextField(_("introduction"), max_length=400, blank=True)
    body = StreamField(StoryBlock(), verbose_name=_("body"), blank=True)
    downloads = StreamField(
        [("download", DownloadBlock())],
        verbose_name=_("downloads"),
        blank=True,
        help_text=_("Brochures and other documents, listed below the text."),
    )

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    template = "home/standard_page.html"
    search_document = "page"
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("downloads"),
    ]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
