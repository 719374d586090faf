from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the cluster's team; nobody signs up on the public site."""

    def is_open_for_signup(self, request) -> bool:
        return False
