from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Reads everything, writes nothing."""

    name = "elearning.reporting"
    label = "reporting"
    verbose_name = "raporty"
