"""The admin's forms for users. The address is the log-in; upper and lower case make no difference."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.users import forms


class EmailLoginMixin:
    cleaned_data: dict[str, Any]
    error_messages = {
        **forms.UserForm.error_messages,
        "duplicate_username": _("Somebody has an account with this e-mail address already."),
    }

    def clean_email(self) -> str:
        """In lower case, before it is compared with the addresses there are."""
        return self.cleaned_data["email"].lower()


class UserCreationForm(EmailLoginMixin, forms.UserCreationForm):
    pass


class UserEditForm(EmailLoginMixin, forms.UserEditForm):
    pass
