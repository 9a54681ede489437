from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """What learners did: never lost, never silently changed."""

    name = "elearning.records"
    label = "records"
    verbose_name = "zapisy nauki"
