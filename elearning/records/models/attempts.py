"""Attempts at quizzes, and the answers given in them."""

from django.db import models

from .enrolments import Enrolment


class Attempt(models.Model):
    """One attempt at a quiz: a row made when it starts, with its questions frozen as they were.

    `questions` is a list of {id, question, revision, title, kind, points, data}: `id` is the question's in this
    attempt, `question` its number in the bank; `data` holds the keys and never leaves the server before review allows
    it. `rules` are the quiz's settings at the start, as `attempt_rules.Rules` freezes them. `seed` decides the order of
    options. `deadline_at` is when it ends by itself. States: open (`submitted_at` empty), waiting for a person's marks
    (`submitted_at` set, `score` empty), graded.
    """

    class Ending(models.TextChoices):
        SUBMITTED = "submitted", "wysłane"
        TIME_UP = "time_up", "zakończone z upływem czasu"

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attempts", verbose_name="zapis na kurs")
    page = models.ForeignKey("wagtailcore.Page", models.PROTECT, related_name="attempts", verbose_name="test")
    item = models.UUIDField("element")
    number = models.PositiveSmallIntegerField("numer podejścia")
    title = models.CharField("tytuł", max_length=255)
    revision = models.PositiveBigIntegerField("wersja treści", null=True, blank=True)
    seed = models.PositiveIntegerField("ziarno losowania", default=0)
    questions = models.JSONField("pytania")
    rules = models.JSONField("zasady")
    started_at = models.DateTimeField("początek")
    deadline_at = models.DateTimeField("czas do", null=True, blank=True)
    submitted_at = models.DateTimeField("koniec", null=True, blank=True)
    ending = models.CharField("sposób zakończenia", max_length=10, choices=Ending, blank=True)
    score = models.DecimalField("wynik", max_digits=5, decimal_places=4, null=True, blank=True)
    passed = models.BooleanField("zaliczone", null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "podejście"
        verbose_name_plural = "podejścia"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "item", "number"], name="attempt_numbers_are_unique"),
            models.UniqueConstraint(
                fields=["enrolment", "item"], condition=models.Q(submitted_at__isnull=True), name="one_open_attempt"
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__gte=0, score__lte=1),
                name="attempt_score_is_a_share",
            ),
        ]
        indexes = [
            models.Index(
                fields=["deadline_at"], condition=models.Q(submitted_at=None), name="open_attempts_by_deadline"
            ),
            models.Index(
                fields=["submitted_at"],
                condition=models.Q(submitted_at__isnull=False, score=None),
                name="attempts_waiting_for_marks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, podejście {self.number}"


class Answer(models.Model):
    """The newest answer to one question of an attempt, saved as it is given; graded when the attempt is submitted.

    `question` is the id inside the attempt's frozen list, `source` the question's number in the bank. `value` is empty
    where nothing was answered. `score` is a share of 0..1. A submitted attempt has a row for every question; its score
    is empty while it waits for a person's mark. `version`, `page` and `sequence` tell newer from older: see `receipts`.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="answers", verbose_name="podejście")
    question = models.UUIDField("pytanie")
    source = models.PositiveBigIntegerField("pytanie w bazie", db_index=True)
    value = models.JSONField("odpowiedź", null=True, blank=True)
    saved_at = models.DateTimeField("zapisano")
    version = models.PositiveIntegerField("wersja", default=1)
    page = models.CharField("strona, która zapisała", max_length=36, blank=True)
    sequence = models.PositiveIntegerField("kolejny zapis strony", default=0)
    score = models.DecimalField("wynik", max_digits=5, decimal_places=4, null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "odpowiedź"
        verbose_name_plural = "odpowiedzi"
        constraints = [models.UniqueConstraint(fields=["attempt", "question"], name="one_answer_per_question")]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.question}"
