from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Films of good practice. Its models live in `media/models.py`; uploaded files never live in this folder."""

    name = "media"
    verbose_name = "filmy dobrych praktyk"
