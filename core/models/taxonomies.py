"""The cluster's own vocabulary. A term is language-neutral (its slug stands in URLs and in the search index);
its labels and synonyms are child rows, one per language, so that a fourth language needs no column."""

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.panels import LanguageRowsPanel

# A change drops the cache at once in this process (and everywhere with Redis); other processes follow within:
LABEL_CACHE_SECONDS = 60


class Term(index.Indexed, ClusterableModel):
    slug = models.SlugField(
        _("slug"),
        max_length=60,
        unique=True,
        help_text=_("Stands in addresses and never changes with the language, for example “graphic-design”."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Order in lists, smallest first.")
    )

    search_fields = [
        index.SearchField("slug"),
        index.AutocompleteField("slug"),
        # The admin's lists and choosers look at beginnings of words.
        index.RelatedFields(
            "labels",
            [
                index.SearchField("label"),
                index.AutocompleteField("label"),
                index.SearchField("synonyms"),
                index.AutocompleteField("synonyms"),
            ],
        ),
    ]

    class Meta:
        abstract = True
        ordering = ["position", "slug"]

    def __str__(self):
        return self.label()

    def label(self, language: str | None = None) -> str:
        """The label in the given or the active language, else in any other, else the slug."""
        return type(self).labels_in(language or get_language()).get(self.slug) or self.slug

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        # The admin's search looks at a term before its child rows are written; its labels are there only now.
        index.insert_or_update_object(self)
        self.drop_label_cache()

    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        self.drop_label_cache()
        return deleted

    @classmethod
    def _cache_key(cls) -> str:
        return f"terms:{cls._meta.model_name}"

    @classmethod
    def drop_label_cache(cls) -> None:
        cache.delete_many([cls._cache_key(), f"{cls._cache_key()}:words"])

    @classmethod
    def labels_in(cls, language: str) -> dict[str, str]:
        """All terms as slug → label in one language, in their order; one query at most per minute."""
        by_slug = cls._all_labels()
        base = (language or settings.LANGUAGE_CODE).split("-")[0]
        fallbacks = [base, settings.LANGUAGE_CODE, *dict(settings.LANGUAGES)]
        return {
            slug: next((labels[code] for code in fallbacks if code in labels), slug) for slug, labels in by_slug.items()
        }

    @classmethod
    def choices_here(cls) -> dict[str, str]:
        """Slug → label in the active language, in the order of the terms."""
        return cls.labels_in(get_language())

    @classmethod
    def _all_labels(cls) -> dict[str, dict[str, str]]:
        cached = cache.get(cls._cache_key())
        if cached is None:
            cached = {}
            rows = cls.objects.order_by("position", "slug").values_list("slug", "labels__language", "labels__label")
            for slug, language, label in rows:
                labels = cached.setdefault(slug, {})
                if language:
                    labels[language] = label
            cache.set(cls._cache_key(), cached, LABEL_CACHE_SECONDS)
        return cached

    @classmethod
    def all_words(cls) -> dict[str, dict[str, list[str]]]:
        """Slug → language → label and synonyms, of the whole taxonomy; one query at most per minute."""
        key = f"{cls._cache_key()}:words"
        words = cache.get(key)
        if words is None:
            words = {}
            for row in cls._meta.get_field("labels").related_model.objects.select_related("term").order_by("pk"):
                words.setdefault(row.term.slug, {})[row.language] = [row.label, *row.synonym_list]
            cache.set(key, words, LABEL_CACHE_SECONDS)
        return words


class TermLabel(models.Model):
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    label = models.CharField(_("label"), max_length=80)
    synonyms = models.TextField(
        _("synonyms"),
        blank=True,
        help_text=_("Other words that should find it, separated by commas: professions in both genders, trade words."),
    )

    panels = [FieldPanel("language"), FieldPanel("label"), FieldPanel("synonyms")]

    class Meta:
        abstract = True

    def __str__(self):
        return self.label

    @property
    def synonym_list(self) -> list[str]:
        return [word.strip() for word in self.synonyms.replace("\n", ",").split(",") if word.strip()]


def label_panel() -> LanguageRowsPanel:
    """One row per language of the portal, all in the term's one form."""
    return LanguageRowsPanel(
        "labels",
        heading=_("Labels and synonyms"),
        label=_("Language"),
        help_text=_("One row for each language of the portal."),
    )


class Subsector(Term):
    panels = [FieldPanel("slug"), FieldPanel("position"), label_panel()]

    class Meta(Term.Meta):
        verbose_name = _("subsector")
        verbose_name_plural = _("subsectors")


class SubsectorLabel(TermLabel):
    term = ParentalKey(Subsector, on_delete=models.CASCADE, related_name="labels")
    description = models.CharField(_("description"), max_length=255, blank=True)

    panels = [*TermLabel.panels, FieldPanel("description")]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "language"], name="one_subsector_label_per_language")]


class Skill(Term):
    subsector = models.ForeignKey(
        Subsector,
        verbose_name=_("subsector"),
        on_delete=models.PROTECT,
        related_name="skills",
        help_text=_("Where it belongs in lists. Members of every subsector may have it."),
    )

    panels = [FieldPanel("slug"), FieldPanel("subsector"), FieldPanel("position"), label_panel()]

    class Meta(Term.Meta):
        verbose_name = _("skill")
        verbose_name_plural = _("skills")


class SkillLabel(TermLabel):
    term = ParentalKey(Skill, on_delete=models.CASCADE, related_name="labels")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "language"], name="one_skill_label_per_language")]


class Topic(Term):
    panels = [FieldPanel("slug"), FieldPanel("position"), label_panel()]

    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class TopicLabel(TermLabel):
    term = ParentalKey(Topic, on_delete=models.CASCADE, related_name="labels")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "language"], name="one_topic_label_per_language")]
