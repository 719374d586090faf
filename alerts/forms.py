"""What a reader says when saving a search, and when changing one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from alerts.enums import Frequency
from alerts.models import SavedSearch
from alerts.querysets import SavedSearchQuerySet

MOST_SEARCHES = 50  # of one account


def language_choices() -> list[tuple[str, str]]:
    """Each in its own language: whoever chooses one can read it."""
    return [(code, get_language_info(code)["name_local"].capitalize()) for code, _label in settings.LANGUAGES]


class SaveSearchForm(forms.Form):
    """Without `user` it asks for an address; an account has one."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We first send you a mail to confirm it. It is used for this alert only."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    frequency = forms.ChoiceField(
        label=_("How often"), choices=Frequency.choices, initial=Frequency.DAILY, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("Language of the mails"), choices=language_choices)

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["language"].initial = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
        if user is not None:
            del self.fields["email"]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.user is not None and SavedSearch.objects.of(user_id=self.user.pk).count() >= MOST_SEARCHES:
            message = _("You have %(number)d alerts, which is the most one can have. Delete one of them first.")
            raise forms.ValidationError(message, params={"number": MOST_SEARCHES})
        return cleaned


class ChangeSearchForm(forms.Form):
    """One alert of the list. Valid only for one of `searches`; what it is about is then `self.search`."""

    SAVE, DELETE = "save", "delete"

    alert = forms.UUIDField()
    action = forms.ChoiceField(choices=[(SAVE, SAVE), (DELETE, DELETE)])
    frequency = forms.ChoiceField(choices=Frequency.choices, required=False)

    def __init__(self, *args: Any, searches: SavedSearchQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.searches = searches
        self.search: SavedSearch | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "alert" in cleaned:
            self.search = self.searches.filter(code=cleaned["alert"]).first()
        if self.search is None or (cleaned.get("action") == self.SAVE and not cleaned.get("frequency")):
            raise forms.ValidationError(_("This alert no longer exists."))
        return cleaned
