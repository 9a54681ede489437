from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Document templates that fill themselves in, and materials. Its models live in `library/models.py`."""

    name = "library"
    verbose_name = "wzory dokumentów"
