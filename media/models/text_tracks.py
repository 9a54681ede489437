"""Captions of a film."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable


class TextTrack(Orderable):
    """Captions or a described picture in one language. `vtt` is what we wrote of the uploaded file: valid WebVTT."""

    class Kind(models.TextChoices):
        CAPTIONS = "captions", "napisy dla niesłyszących"
        SUBTITLES = "subtitles", "tłumaczenie"
        DESCRIPTIONS = "descriptions", "audiodeskrypcja jako tekst"

    class Language(models.TextChoices):
        POLISH = "pl", "polski"
        ENGLISH = "en", "angielski"
        UKRAINIAN = "uk", "ukraiński"
        GERMAN = "de", "niemiecki"
        RUSSIAN = "ru", "rosyjski"

    film = ParentalKey("media.FilmPage", on_delete=models.CASCADE, related_name="tracks", verbose_name="film")
    kind = models.CharField("rodzaj", max_length=12, choices=Kind, default=Kind.CAPTIONS)
    language = models.CharField("język", max_length=2, choices=Language, default=Language.POLISH)
    vtt = models.TextField("napisy (WebVTT)", blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "napisy"
        verbose_name_plural = "napisy"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_language_display()})"
