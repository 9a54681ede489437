"""What a person has watched of a film."""

from django.conf import settings
from django.db import models


class Watch(models.Model):
    """How much of a film one person has seen. One row per person and film, for ever; it only grows.

    `played` is the union of what was played: pairs `[start, end]` in milliseconds, sorted, apart from each other.
    `watched` is its length, `position` where the person stopped, both in milliseconds; `share` is the largest share of
    the film, 0..1, that was ever reached. `balance` and `counted_at` are the real time that `media.watching.credited`
    still accepts as watched.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="watches", verbose_name="uczestnik/uczestniczka"
    )
    film = models.ForeignKey("media.FilmPage", models.PROTECT, related_name="watches", verbose_name="film")
    played = models.JSONField("obejrzane fragmenty", default=list, blank=True)
    watched = models.PositiveIntegerField("obejrzano milisekund", default=0)
    position = models.PositiveIntegerField("miejsce w milisekundach", default=0)
    share = models.DecimalField("obejrzana część", max_digits=5, decimal_places=4, default=0)
    balance = models.PositiveIntegerField("czas do zaliczenia w milisekundach", default=0)
    counted_at = models.DateTimeField("policzono")
    started_at = models.DateTimeField("początek", auto_now_add=True)
    updated_at = models.DateTimeField("ostatnia zmiana", auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "oglądanie filmu"
        verbose_name_plural = "oglądanie filmów"
        constraints = [
            models.UniqueConstraint(fields=["user", "film"], name="one_watch_per_film"),
            models.CheckConstraint(condition=models.Q(share__gte=0, share__lte=1), name="watch_share_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.film}"
