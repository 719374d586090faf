from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True)
class Sender:
    """Stands in mails where allauth looks for a site: the portal's name, and the host the reader is on."""

    name: str
    domain: str


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the cluster's team; nobody signs up on the public site."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return f"{settings.WAGTAIL_SITE_NAME}: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        host = self.request.get_host() if self.request else ""
        super().send_mail(template_prefix, email, {**context, "current_site": Sender(settings.WAGTAIL_SITE_NAME, host)})
