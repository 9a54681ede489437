from django.apps import AppConfig


class CmsConfig(AppConfig):
    """Base pages, shared blocks, search, error pages."""

    name = "elearning.cms"
    label = "cms"
    verbose_name = "treść strony"
