"""Evaluation surveys. Nobody can tell who answered what, nor when: answers are only ever counted together."""

from django.db import models
from wagtail.models import Page

from .trainings import Registration


class SurveyTally(models.Model):
    """All answers to one question of the survey of one training, added up.

    `counts` holds how often each option was chosen; `texts` what was written, in the order of the alphabet, so that
    nothing tells in which order it came. `shown` is the same as readers may see it: as it was when at least five more
    people had answered, so that no difference shows what one person said.
    """

    training = models.ForeignKey(Page, models.PROTECT, related_name="survey_tallies", verbose_name="szkolenie")
    question = models.UUIDField("pytanie")
    text = models.CharField("treść pytania", max_length=500)
    kind = models.CharField("rodzaj", max_length=12)
    position = models.PositiveSmallIntegerField("kolejność", default=0)
    counts = models.JSONField("liczby odpowiedzi", default=dict, blank=True)
    texts = models.JSONField("odpowiedzi opisowe", default=list, blank=True)
    shown = models.JSONField("pokazywane", default=dict, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "wynik ankiety"
        verbose_name_plural = "wyniki ankiet"
        ordering = ["training", "position"]
        constraints = [models.UniqueConstraint(fields=["training", "question"], name="one_tally_of_a_question")]

    def __str__(self) -> str:
        return self.text


class SurveyReceipt(models.Model):
    """That somebody has answered the survey of their training; never what, and never when."""

    registration = models.OneToOneField(
        Registration, models.PROTECT, related_name="survey_receipt", verbose_name="zgłoszenie"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "oddana ankieta"
        verbose_name_plural = "oddane ankiety"

    def __str__(self) -> str:
        return str(self.registration_id)
