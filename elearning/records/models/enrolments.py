"""A person in a course, and what the person achieved in each of its items."""

from django.conf import settings
from django.db import models

from elearning.records.outline import ItemKind, Outcome, Status


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Filters that lists and reports share."""

    def active(self) -> "EnrolmentQuerySet":
        """Those a learner has not left."""
        return self.filter(left_at__isnull=True)

    def completed(self) -> "EnrolmentQuerySet":
        return self.filter(completed_at__isnull=False)


class Enrolment(models.Model):
    """That a person takes a course. One row per person and course, for ever.

    States: in progress (`completed_at` empty), completed (`completed_at` and `snapshot` set, never unset), left
    (`left_at` set; results stay and come back when the person enrols again).
    `snapshot` keeps what was completed: title, hours, programme, score as a share of 0..1, revision of the content.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments", verbose_name="uczestnik/uczestniczka"
    )
    course = models.ForeignKey("wagtailcore.Page", models.PROTECT, related_name="enrolments", verbose_name="kurs")
    course_title = models.CharField("tytuł kursu", max_length=255)
    enrolled_at = models.DateTimeField("data zapisu")
    left_at = models.DateTimeField("data wypisania", null=True, blank=True)
    completed_at = models.DateTimeField("data ukończenia", null=True, blank=True)
    snapshot = models.JSONField("co ukończono", default=dict, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "zapis na kurs"
        verbose_name_plural = "zapisy na kursy"
        ordering = ["-enrolled_at"]
        constraints = [models.UniqueConstraint(fields=["user", "course"], name="one_enrolment_per_course")]
        indexes = [models.Index(fields=["course", "completed_at"], name="enrolment_completion")]

    def __str__(self) -> str:
        return f"{self.user} – {self.course_title}"


class Result(models.Model):
    """What one person achieved in one item of a course. It only gets better.

    `item` is the item's id, which survives moves and renames; `page` protects the content from deletion. `score`
    is a share of 0..1, empty for lessons. `title` and `revision` are snapshots of what was completed.
    """

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="results", verbose_name="zapis na kurs")
    item = models.UUIDField("element")
    page = models.ForeignKey("wagtailcore.Page", models.PROTECT, related_name="results", verbose_name="strona")
    kind = models.CharField("rodzaj", max_length=20, choices=[(kind.value, kind.value) for kind in ItemKind])
    title = models.CharField("tytuł", max_length=255)
    revision = models.PositiveBigIntegerField("wersja treści", null=True, blank=True)
    status = models.CharField("stan", max_length=20, choices=[(status.value, status.value) for status in Status])
    score = models.DecimalField("wynik", max_digits=5, decimal_places=4, null=True, blank=True)
    updated_at = models.DateTimeField("ostatnia zmiana")
    completed_at = models.DateTimeField("data ukończenia", null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "wynik"
        verbose_name_plural = "wyniki"
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "item"], name="one_result_per_item"),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__gte=0, score__lte=1),
                name="result_score_is_a_share",
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.COMPLETED.value, completed_at__isnull=False)
                | (~models.Q(status=Status.COMPLETED.value) & models.Q(completed_at__isnull=True)),
                name="result_completed_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def outcome(self) -> Outcome:
        """This row as the value that rules read."""
        return Outcome(
            item_id=self.item,
            status=Status(self.status),
            at=self.completed_at or self.updated_at,
            score=self.score,
        )
