"""What people decide about attempts: marks, more time or attempts for one person, and results worked out anew."""

from fractions import Fraction

from django.conf import settings
from django.db import models

from .attempts import Answer
from .enrolments import Enrolment


class Mark(models.Model):
    """A person's mark of one answer. Rows are only added: the newest of an answer holds, the earlier ones show its way.

    `points` are those of each criterion, in the question's order, of `out_of` in all; `share` is what they make, 0..1.
    With `second_opinion` the answer waits on until another person marks it too.
    """

    answer = models.ForeignKey(Answer, models.PROTECT, related_name="marks", verbose_name="odpowiedź")
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="ocena wystawiona przez"
    )
    marked_at = models.DateTimeField("data oceny")
    points = models.JSONField("punkty")
    out_of = models.PositiveSmallIntegerField("najwyżej punktów")
    share = models.DecimalField("wynik", max_digits=5, decimal_places=4)
    comment = models.TextField("komentarz dla osoby uczącej się", blank=True)
    second_opinion = models.BooleanField("prośba o drugą opinię", default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "ocena"
        verbose_name_plural = "oceny"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(share__gte=0, share__lte=1), name="mark_share_is_a_share")
        ]

    def __str__(self) -> str:
        return f"{self.answer}: {self.share}"

    @property
    def exact(self) -> Fraction:
        """The share before it was rounded to be kept."""
        return Fraction(sum(self.points), self.out_of)


class Extension(models.Model):
    """More time, attempts or days for one person in one quiz. Rows are only added: the newest of a person holds."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="extensions", verbose_name="zapis na kurs")
    page = models.ForeignKey("wagtailcore.Page", models.PROTECT, related_name="+", verbose_name="test")
    item = models.UUIDField("element")
    minutes = models.PositiveSmallIntegerField("dodatkowe minuty", default=0)
    attempts = models.PositiveSmallIntegerField("dodatkowe podejścia", default=0)
    closes_at = models.DateTimeField("otwarty do", null=True, blank=True)
    reason = models.CharField("powód", max_length=255)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="przyznane przez"
    )
    granted_at = models.DateTimeField("przyznano")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "indywidualne warunki"
        verbose_name_plural = "indywidualne warunki"
        ordering = ["pk"]
        indexes = [models.Index(fields=["enrolment", "item"], name="extensions_of_an_item")]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.item}"


class Regrade(models.Model):
    """That results were worked out anew after a question of the bank had changed: by whom, why, and what changed.

    `changes` is a list of {attempt, question, before, after}, each side {revision, share, score, passed}: what the
    attempt's rows said before is kept here for ever.
    """

    page = models.ForeignKey("wagtailcore.Page", models.PROTECT, related_name="+", verbose_name="test")
    item = models.UUIDField("element", db_index=True)
    question = models.PositiveBigIntegerField("pytanie w bazie")
    title = models.CharField("tytuł pytania", max_length=255)
    reason = models.CharField("powód", max_length=255)
    changes = models.JSONField("zmiany")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="przeliczone przez"
    )
    made_at = models.DateTimeField("przeliczono")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "przeliczenie wyników"
        verbose_name_plural = "przeliczenia wyników"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.title}: {self.reason}"
