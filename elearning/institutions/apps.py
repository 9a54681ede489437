from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    """Institutions and the TERYT register."""

    name = "elearning.institutions"
    label = "institutions"
    verbose_name = "instytucje"
