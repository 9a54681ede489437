"""Files of questions on their way into the bank."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models

from .questions import QuestionCategory


def private_storage() -> Storage:
    """The storage of files that are never served by address."""
    return storages["private"]


class QuestionImport(models.Model):
    """A file of questions that somebody uploaded: read in the background, looked at, then imported whole or not at all.

    States: reading, ready (`questions` and `problems` say what is in it), broken (nothing may be imported), saving,
    saved. `done` of `total` is how far the background work is. `questions` is a list of {title, kind, category, place},
    `problems` one of {place, kind, reason, effect}.
    """

    class State(models.TextChoices):
        READING = "reading", "wczytywany"
        READY = "ready", "gotowy do importu"
        BROKEN = "broken", "nie nadaje się do importu"
        SAVING = "saving", "importowany"
        SAVED = "saved", "zaimportowany"

    name = models.CharField("nazwa pliku", max_length=255)
    file = models.FileField("plik", storage=private_storage, upload_to="question-imports/%Y/")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="wgrane przez"
    )
    uploaded_at = models.DateTimeField("wgrano", auto_now_add=True)
    state = models.CharField("stan", max_length=10, choices=State, default=State.READING)
    done = models.PositiveIntegerField("zrobione", default=0)
    total = models.PositiveIntegerField("wszystkich", default=0)
    format = models.CharField("format", max_length=30, blank=True)
    questions = models.JSONField("pytania", default=list)
    problems = models.JSONField("uwagi", default=list)
    category = models.ForeignKey(
        QuestionCategory, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kategoria"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "import pytań"
        verbose_name_plural = "importy pytań"
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_busy(self) -> bool:
        return self.state in {self.State.READING, self.State.SAVING}

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0
