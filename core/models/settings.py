"""What stands on every page: names, contact, links and supporters, per language where it is text."""

from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Orderable

from core.panels import LanguageRowsPanel

CHROME_CACHE_PREFIX = "chrome"
# Only processes that do not share the cache (no Redis) wait this long for a change; in one process it shows at once.
CHROME_CACHE_SECONDS = 60


@register_setting(icon="site", order=100)
class SiteSettings(ClusterableModel, BaseGenericSetting):
    name = models.CharField(_("name of the cluster"), max_length=80, default="Kreativ Réseau")
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_address = models.TextField(_("address"), blank=True, help_text=_("As on an envelope, line by line."))

    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [FieldPanel("contact_email"), FieldPanel("contact_phone"), FieldPanel("contact_address")],
            heading=_("Contact"),
        ),
        LanguageRowsPanel("texts", heading=_("Texts"), label=_("Language")),
        InlinePanel("social_links", heading=_("Social networks"), label=_("Link")),
        InlinePanel("supporters", heading=_("Supporters"), label=_("Supporter")),
    ]

    class Meta:
        verbose_name = _("site settings")

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        drop_chrome_cache()


class SiteText(models.Model):
    site_settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=10, choices=django_settings.LANGUAGES)
    tagline = models.CharField(_("tagline"), max_length=120, blank=True)
    footer_text = models.TextField(_("footer text"), blank=True)

    panels = [FieldPanel("language"), FieldPanel("tagline"), FieldPanel("footer_text")]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site_settings", "language"], name="one_text_per_language")]

    def __str__(self):
        return f"{self.language}: {self.tagline}"


class SocialLink(Orderable):
    site_settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="social_links")
    name = models.CharField(_("name"), max_length=40)
    url = models.URLField(_("address"))

    panels = [FieldPanel("name"), FieldPanel("url")]


class Supporter(Orderable):
    site_settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="supporters")
    name = models.CharField(_("name"), max_length=120)
    url = models.URLField(_("address"), blank=True)
    logo = models.ForeignKey(
        "core.CustomImage", verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    panels = [FieldPanel("name"), FieldPanel("url"), FieldPanel("logo")]


def drop_chrome_cache() -> None:
    """Forget menus, footer and supporters of every language: they are read again with the next page."""
    parts = [*dict(django_settings.LANGUAGES), "directories"]
    cache.delete_many([f"{CHROME_CACHE_PREFIX}:{part}" for part in parts])
