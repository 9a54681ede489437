"""The outbox, where every message the site sends is first a row, and the book of what is done by night."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

# A worker that claimed a message and died must not keep it for ever; sending one takes seconds (EMAIL_TIMEOUT).
CLAIM_LASTS = timedelta(minutes=10)


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime) -> "MessageQuerySet":
        """Messages to send now that no worker is sending."""
        return self.filter(sent_at__isnull=True, failed_at__isnull=True, not_before__lte=now).filter(
            models.Q(claimed_at__isnull=True) | models.Q(claimed_at__lt=now - CLAIM_LASTS)
        )


class Message(models.Model):
    """One message to one address, written in the transaction that caused it and sent by the worker.

    The unique key makes sure that one event sends one message, however often it is retried. States: queued
    (`sent_at` and `failed_at` empty), sent, failed (no more tries). A secret body, such as a log-in code, is erased
    when the message is sent or given up. A message that its reader may stop has an `unsubscribe_url`, which the mail
    program offers as a button. `calendar` is an iCalendar file that goes with it (RFC 5546), its METHOD included.
    """

    key = models.CharField("klucz", max_length=200, unique=True)
    recipient = models.EmailField("adres")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="messages_sent"
    )
    subject = models.CharField("temat", max_length=255)
    body = models.TextField("treść")
    html_body = models.TextField("treść HTML", blank=True)
    is_secret = models.BooleanField("poufna", default=False)
    unsubscribe_url = models.URLField("adres rezygnacji", max_length=500, blank=True)
    calendar = models.TextField("wpis do kalendarza", blank=True)
    created_at = models.DateTimeField("utworzono", auto_now_add=True)
    not_before = models.DateTimeField("nie wcześniej niż", default=timezone.now)
    claimed_at = models.DateTimeField("w wysyłce od", null=True, blank=True)
    sent_at = models.DateTimeField("wysłano", null=True, blank=True)
    failed_at = models.DateTimeField("nie wysłano", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("próby", default=0)
    error = models.CharField("ostatni błąd", max_length=255, blank=True)

    objects: ClassVar[models.Manager["Message"]] = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "wiadomość"
        verbose_name_plural = "wiadomości"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=True) | models.Q(failed_at__isnull=True),
                name="message_is_sent_or_failed",
            )
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=models.Q(sent_at__isnull=True, failed_at__isnull=True),
                name="messages_to_send",
            )
        ]

    def __str__(self) -> str:
        return self.subject


class NightlyRun(models.Model):
    """One command's work of one day. The unique row is what claims it.

    States: running (`finished_at` empty), or given up by its worker if that lasts long; finished.
    """

    command = models.CharField("polecenie", max_length=100)
    day = models.DateField("dzień")
    claimed_at = models.DateTimeField("początek")
    finished_at = models.DateTimeField("koniec", null=True, blank=True)

    class Meta:
        verbose_name = "praca nocna"
        verbose_name_plural = "prace nocne"
        ordering = ["-day", "command"]
        constraints = [models.UniqueConstraint(fields=["command", "day"], name="one_nightly_run_a_day")]

    def __str__(self) -> str:
        return f"{self.command}, {self.day}"
