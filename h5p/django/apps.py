from django.apps import AppConfig


class H5PConfig(AppConfig):
    """The Django and Wagtail glue of the H5P host."""

    name = "h5p.django"
    label = "h5p"
    verbose_name = "H5P"
