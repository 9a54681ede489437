"""Uploaded videos and what is made of them in the background."""

import uuid
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from wagtail.models import CollectionMember
from wagtail.search import index


def film_storage() -> Any:
    """Videos are never served by address, only by the view that checks the right."""
    return storages["private"]


def source_path(video: "Video", name: str) -> str:
    """Where the uploaded file lies: under the video's key, never under the name that somebody gave it."""
    return f"films/{video.key}/source.{video.container}"


def rendition_path(rendition: "Rendition", name: str) -> str:
    """Beside the source, under the name its maker chose."""
    return f"films/{rendition.video.key}/{name}"


class Video(CollectionMember, index.Indexed, models.Model):
    """A video file as an editor uploaded it. It never changes; a better one is another video.

    `duration` is in milliseconds, `width` and `height` in pixels as they are shown; empty where nobody could tell.
    """

    class Container(models.TextChoices):
        MP4 = "mp4", "MP4"
        WEBM = "webm", "WebM"

    key = models.UUIDField("klucz", default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField("tytuł", max_length=255)
    file = models.FileField("plik", upload_to=source_path, storage=film_storage, max_length=255)
    container = models.CharField("format", max_length=4, choices=Container, editable=False)
    size = models.PositiveBigIntegerField("wielkość w bajtach", editable=False)
    duration = models.PositiveIntegerField("czas w milisekundach", null=True, editable=False)
    width = models.PositiveIntegerField("szerokość", null=True, editable=False)
    height = models.PositiveIntegerField("wysokość", null=True, editable=False)
    is_sample = models.BooleanField("treść przykładowa", default=False)
    created_at = models.DateTimeField("dodano", auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="dodała osoba"
    )

    search_fields = [
        *CollectionMember.search_fields,
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.FilterField("id"),
        index.FilterField("created_at"),
    ]

    class Meta:
        verbose_name = "plik filmu"
        verbose_name_plural = "pliki filmów"
        ordering = ["-created_at"]
        permissions = [("choose_video", "Może wybierać pliki filmów")]

    def __str__(self) -> str:
        return self.title


class Rendition(models.Model):
    """One thing made of a video, or still to be made; the state of a step that the editor sees.

    `file` is what is served; of an HLS ladder its master playlist, beside which the other files lie. `error` is in
    Polish and names no path. States: waiting, running (`started_at`), done (`finished_at`, `file`), failed (`error`),
    skipped (`error` says why: no ffmpeg, a picture that is too small, no sound).
    """

    class Kind(models.TextChoices):
        POSTER = "poster", "obraz tytułowy"
        P720 = "720p", "film 720p"
        P360 = "360p", "film 360p"
        HLS = "hls", "film dla łączy o zmiennej prędkości (HLS)"
        AUDIO = "audio", "sam dźwięk"

    class State(models.TextChoices):
        WAITING = "waiting", "czeka"
        RUNNING = "running", "w toku"
        DONE = "done", "gotowe"
        FAILED = "failed", "nie udało się"
        SKIPPED = "skipped", "pominięte"

    video = models.ForeignKey(Video, models.CASCADE, related_name="renditions", verbose_name="plik filmu")
    kind = models.CharField("co", max_length=10, choices=Kind)
    state = models.CharField("stan", max_length=10, choices=State, default=State.WAITING)
    file = models.FileField("plik", upload_to=rendition_path, storage=film_storage, max_length=255, blank=True)
    size = models.PositiveBigIntegerField("wielkość w bajtach", default=0)
    error = models.TextField("błąd", blank=True)
    started_at = models.DateTimeField("początek", null=True, blank=True)
    finished_at = models.DateTimeField("koniec", null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "wersja filmu"
        verbose_name_plural = "wersje filmu"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["video", "kind"], name="one_rendition_of_a_kind"),
            models.CheckConstraint(
                condition=~models.Q(state="done") | ~models.Q(file=""), name="rendition_done_has_a_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.video} – {self.get_kind_display()}"
