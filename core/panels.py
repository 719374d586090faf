"""Editing panels that Wagtail does not bring."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel


class LanguageRowsFormSet(BaseChildFormSet):
    """Child rows with a ``language``: one for each language of the portal, none twice.

    New rows come with the languages that have none yet already chosen.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        taken = {row.language for row in self.get_queryset() if row.pk}
        self.initial_extra = [{"language": code} for code, _name in settings.LANGUAGES if code not in taken]

    def add_fields(self, form, index) -> None:
        super().add_fields(form, index)
        if form.instance.pk:
            # What is written in a row belongs to its language. (Two rows that change places would also meet half-way.)
            form.fields["language"].disabled = True

    def validate_unique(self) -> None:
        """Says which language stands there twice; the constraint's own message would name fields of the database."""
        seen: set[str] = set()
        for form in self.forms:
            if form in self.deleted_forms or not form.is_valid():
                continue
            language = form.cleaned_data.get("language")
            if language in seen:
                name = dict(settings.LANGUAGES)[language]
                message = _("There is a row in this language already: %(language)s.") % {"language": name}
                form.add_error("language", ValidationError(message, code="duplicate_language"))
            elif language:
                seen.add(language)


class LanguageRowsPanel(InlinePanel):
    """One row for each language of the portal, all in the one form of what they belong to."""

    def __init__(self, relation_name, *args, **kwargs):
        kwargs.setdefault("min_num", len(settings.LANGUAGES))
        kwargs.setdefault("max_num", len(settings.LANGUAGES))
        super().__init__(relation_name, *args, **kwargs)

    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = LanguageRowsFormSet
        return options
