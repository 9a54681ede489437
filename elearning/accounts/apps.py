from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and their consents."""

    name = "elearning.accounts"
    label = "accounts"
    verbose_name = "konta"
