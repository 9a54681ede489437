from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Every message the site sends goes through its outbox."""

    name = "elearning.notifications"
    label = "notifications"
    verbose_name = "wiadomości"
