"""The directory: one page per member. A member's own text may exist in one language only; its profile opens inside
the reader's own language all the same (DirectoryIndexPage.route)."""

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.blocks import CharBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from core.blocks import LINE_FEATURES, SocialProfileBlock, WorkBlock
from core.fields import ChoicesListField
from core.languages import LanguageLink
from core.models import BasePage
from core.models.settings import CHROME_CACHE_PREFIX, CHROME_CACHE_SECONDS
from directory.enums import Area, SpokenLanguage, TeamSize
from directory.facets import DIRECTORY
from directory.querysets import MemberPageManager, member_language_links
from search.listing import Hit
from search.views import ListingServeMixin

MAX_SUBSECTORS = 3


class DirectoryIndexPage(ListingServeMixin, BasePage):
    introduction = models.TextField(_("introduction"), blank=True)

    parent_page_types = ["home.HomePage"]
    subpage_types = ["directory.MemberPage"]
    max_count_per_parent = 1
    template = "directory/directory_index_page.html"
    listing = DIRECTORY
    suggested_terms = ("skill", "subsector")
    frames_every_language = True

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("directory")

    @classmethod
    def addresses(cls) -> dict[str, str]:
        """Language code → address of the live directory; cached like the menus, and dropped with them."""
        key = f"{CHROME_CACHE_PREFIX}:directories"
        addresses = cache.get(key)
        if addresses is None:
            addresses = {page.language: page.get_url() for page in cls.objects.live().select_related("locale")}
            cache.set(key, addresses, CHROME_CACHE_SECONDS)
        return addresses

    def address_of(self, hit: Hit) -> str:
        """A text in another language is read within this directory (see route)."""
        return hit.url if hit.is_translated else f"{self.get_url()}{hit.card['slug']}/"

    def route(self, request, path_components):
        """Besides its own children: the members of the other languages' directories, under their slug there."""
        try:
            return super().route(request, path_components)
        except Http404:
            if len(path_components) != 1:
                raise
            member = MemberPage.objects.from_other_directories(self, path_components[0])
            if member is None:
                raise
            is_framed = member.locale_id != self.locale_id
            return RouteResult(member, kwargs={"shown_in": self} if is_framed else {})


class MemberPage(BasePage):
    logo = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Square, at least 320 pixels wide."),
    )
    cover = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("cover picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Stands for the member on cards and above the profile. Landscape, at least 1600 pixels wide."),
    )
    cover_alt = models.CharField(_("alternative text of the cover"), max_length=255, blank=True)
    summary = models.CharField(
        _("summary"), max_length=250, help_text=_("One sentence: what you do, and for whom. Shown on cards.")
    )
    description = RichTextField(_("description"), features=[*LINE_FEATURES, "ul", "ol", "h3"])
    subsectors = ParentalManyToManyField(
        "core.Subsector",
        verbose_name=_("subsectors"),
        related_name="+",
        help_text=_("One to three; the first counts most."),
    )
    skills = ParentalManyToManyField("core.Skill", verbose_name=_("skills"), blank=True, related_name="+")
    services = StreamField(
        [("service", CharBlock(label=_("Service"), max_length=120))], verbose_name=_("services"), blank=True, max_num=12
    )
    works = StreamField([("work", WorkBlock())], verbose_name=_("portfolio"), blank=True, max_num=12)
    team_size = models.CharField(_("team size"), max_length=8, choices=TeamSize, default=TeamSize.ONE)
    founded = models.PositiveSmallIntegerField(
        _("founded"), null=True, blank=True, validators=[MinValueValidator(1600), MaxValueValidator(2100)]
    )
    spoken_languages = ChoicesListField(_("languages spoken"), choices=SpokenLanguage.choices)
    area = models.CharField(_("area"), max_length=20, choices=Area, default=Area.LUXEMBOURG)
    street = models.CharField(_("street and number"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    website = models.URLField(_("website"), blank=True)
    social_links = StreamField(
        [("link", SocialProfileBlock())], verbose_name=_("social networks"), blank=True, max_num=6
    )
    open_for_work = models.BooleanField(_("open for work"), default=False, help_text=_("Takes on new assignments."))
    open_for_collaboration = models.BooleanField(
        _("open for collaboration"), default=False, help_text=_("Would join others in a tender or a project.")
    )
    looking_for = models.CharField(_("looking for"), max_length=300, blank=True)
    offering = models.CharField(_("offering"), max_length=300, blank=True)
    # Only signed-in members see these three; they never reach a search document or a feed.
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    joined_on = models.DateField(_("member since"), null=True, blank=True)

    objects = MemberPageManager()

    parent_page_types = ["directory.DirectoryIndexPage"]
    subpage_types = []
    template = "directory/member_page.html"
    search_document = "member"
    localize_default_translation_mode = "simple"
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *(
            SynchronizedField(name, overridable=False)
            for name in ("subsectors", "skills", "spoken_languages", "team_size", "founded", "area", "joined_on")
        ),
        *(
            SynchronizedField(name)
            for name in (
                "logo",
                "cover",
                "street",
                "postcode",
                "city",
                "website",
                "open_for_work",
                "open_for_collaboration",
                "contact_name",
                "contact_email",
                "contact_phone",
            )
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("description"),
        MultiFieldPanel([FieldPanel("logo"), FieldPanel("cover"), FieldPanel("cover_alt")], heading=_("Pictures")),
        FieldPanel("services"),
        FieldPanel("works"),
    ]
    facts_panels = [
        MultiFieldPanel([FieldPanel("subsectors"), FieldPanel("skills")], heading=_("What they do")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("team_size"), FieldPanel("founded")]), FieldPanel("spoken_languages")],
            heading=_("The team"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("area"),
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")]),
                FieldPanel("website"),
                FieldPanel("social_links"),
            ],
            heading=_("Where to find them"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("open_for_work"),
                FieldPanel("open_for_collaboration"),
                FieldPanel("looking_for"),
                FieldPanel("offering"),
            ],
            heading=_("Working together"),
        ),
        FieldPanel("joined_on"),
    ]
    contact_panels = [
        HelpPanel(_("Only signed-in members see these details.")),
        FieldPanel("contact_name"),
        FieldPanel("contact_email"),
        FieldPanel("contact_phone"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Profile")),
            ObjectList(facts_panels, heading=_("Facts")),
            ObjectList(contact_panels, heading=_("Contact")),
            ObjectList(BasePage.promote_panels, heading=_("Promote")),
            ObjectList(Page.settings_panels, heading=_("Settings")),
        ]
    )

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def clean(self):
        super().clean()
        # The many-to-many of an unsaved page is in memory; a page that was never given one has nothing to count.
        count = self.subsectors.count() if self.pk or getattr(self, "_cluster_related_objects", None) else 0
        if count > MAX_SUBSECTORS:
            raise ValidationError({"subsectors": _("Choose at most three subsectors.")})

    @property
    def lead_picture(self):
        return self.cover

    def serve(self, request, shown_in: DirectoryIndexPage | None = None):
        """``shown_in`` is the directory of another language: its language frames this page's own text."""
        if shown_in is None:
            return super().serve(request)
        self.frame = shown_in
        return Page.serve(self, request)

    def language_links(self, request) -> list[LanguageLink]:
        return member_language_links(self, DirectoryIndexPage.addresses(), request)
