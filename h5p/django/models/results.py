"""What people did: attempts, the statements in them, and saved states.

`activity` is the place where a content is used (a lesson's block, a page): the site gives it a UUID, and the same
content used in two places has attempts of its own in each.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .contents import ContentVersion


class Attempt(models.Model):
    """One go of a person at an activity, from opening it to its result; the next result opens the next attempt.

    Scores are as the browser reported them: `raw` of `max`, `scaled` a share of 0..1. `seconds` is the time reported,
    never longer than the time between `started_at` and the server's clock. States: begun (`finished_at` empty),
    finished.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="h5p_attempts", verbose_name=_("person")
    )
    activity = models.UUIDField(_("activity"))
    version = models.ForeignKey(ContentVersion, models.PROTECT, related_name="attempts", verbose_name=_("version"))
    key = models.UUIDField(_("key given by the page"))
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=255)
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    raw = models.FloatField(_("points"), null=True, blank=True)
    max = models.FloatField(_("highest score"), null=True, blank=True)
    scaled = models.DecimalField(_("score"), max_digits=5, decimal_places=4, null=True, blank=True)
    success = models.BooleanField(_("success"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("time in seconds"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["activity", "user", "number"]
        constraints = [
            models.UniqueConstraint(fields=["user", "activity", "key"], name="h5p_attempt_keys_are_unique"),
            models.UniqueConstraint(fields=["user", "activity", "number"], name="h5p_attempt_numbers_are_unique"),
            models.CheckConstraint(
                condition=models.Q(scaled__isnull=True) | models.Q(scaled__gte=0, scaled__lte=1),
                name="h5p_attempt_score_is_a_share",
            ),
        ]
        indexes = [models.Index(fields=["activity", "finished_at"], name="h5p_attempts_of_activity")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Statement(models.Model):
    """One result a content reported in an attempt, of the whole or of a part (`sub_content`).

    `key` is the statement's id, so that a statement sent twice is there once. `question` and `response` are in words,
    made from the interaction data when the statement arrived; `interaction` keeps that data as reported.
    """

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="statements", verbose_name=_("attempt"))
    key = models.UUIDField(_("key"))
    verb = models.CharField(_("verb"), max_length=40)
    sub_content = models.CharField(_("part"), max_length=64, blank=True)
    is_top_level = models.BooleanField(_("result of the whole"), default=False)
    question = models.TextField(_("question"), blank=True)
    response = models.TextField(_("response"), blank=True)
    interaction = models.JSONField(_("interaction"), default=dict)
    raw = models.FloatField(_("points"), null=True, blank=True)
    max = models.FloatField(_("highest score"), null=True, blank=True)
    success = models.BooleanField(_("success"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("time in seconds"), null=True, blank=True)
    received_at = models.DateTimeField(_("received at"))

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["received_at", "id"]
        constraints = [models.UniqueConstraint(fields=["attempt", "key"], name="h5p_statement_keys_are_unique")]

    def __str__(self) -> str:
        return self.verb


class State(models.Model):
    """Where a person left off, as the content saved it. Bound to the version: another version does not read it.

    `revision` grows with each save of the page (milliseconds since 1970 by the browser's clock), so that a late, older
    save never undoes a newer one. `data` is what the content gave, up to a megabyte.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="h5p_states", verbose_name=_("person")
    )
    activity = models.UUIDField(_("activity"))
    version = models.ForeignKey(ContentVersion, models.PROTECT, related_name="+", verbose_name=_("version"))
    sub_content = models.CharField(_("part"), max_length=64, default="0")
    data_type = models.CharField(_("kind of data"), max_length=64)
    data = models.TextField(_("data"))
    preload = models.BooleanField(_("given at the start"), default=True)
    revision = models.PositiveBigIntegerField(_("revision"), default=0)
    saved_at = models.DateTimeField(_("saved at"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("saved state")
        verbose_name_plural = _("saved states")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "activity", "version", "sub_content", "data_type"], name="h5p_one_state_of_a_part"
            )
        ]

    def __str__(self) -> str:
        return f"{self.data_type} {self.sub_content}"
