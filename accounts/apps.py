from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"


class AdminUsersConfig(WagtailUsersAppConfig):
    """Wagtail's own pages for users, with forms that know that the log-in is an e-mail address."""

    user_viewset = "accounts.viewsets.UserViewSet"
