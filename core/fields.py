"""Model fields that Django does not bring."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChoicesListField(models.JSONField):
    """Several of a fixed set of choices, stored as a JSON list in the order of the choices.

    Works on SQLite and PostgreSQL alike. Shown as check boxes. Raises ``ValidationError`` on a value
    that is not among the choices.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return forms.TypedMultipleChoiceField(
            choices=self.choices,
            label=self.verbose_name,
            help_text=self.help_text,
            required=not self.blank,
            initial=kwargs.get("initial"),
            widget=forms.CheckboxSelectMultiple,
        )

    def validate(self, value, model_instance):
        known = {choice for choice, label in self.flatchoices}
        if unknown := [entry for entry in value or [] if entry not in known]:
            raise ValidationError(_("%(value)s is not one of the choices."), params={"value": ", ".join(unknown)})
        if not value and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")
