"""The outbox: every message the site sends is first a row here."""

from django.conf import settings
from django.db import models


class Message(models.Model):
    """One message to one address, written in the transaction that caused it and sent by the worker.

    The unique key makes sure that one event sends one message, however often it is retried. States: queued
    (`sent_at` and `failed_at` empty), sent, failed (no more tries). A secret body, such as a log-in code, is erased
    when the message is sent.
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
    created_at = models.DateTimeField("utworzono", auto_now_add=True)
    not_before = models.DateTimeField("nie wcześniej niż", auto_now_add=True)
    claimed_at = models.DateTimeField("w wysyłce od", null=True, blank=True)
    sent_at = models.DateTimeField("wysłano", null=True, blank=True)
    failed_at = models.DateTimeField("nie wysłano", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("próby", default=0)
    error = models.CharField("ostatni błąd", max_length=255, blank=True)

    class Meta:
        verbose_name = "wiadomość"
        verbose_name_plural = "wiadomości"
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["not_before"],
                condition=models.Q(sent_at__isnull=True, failed_at__isnull=True),
                name="messages_to_send",
            )
        ]

    def __str__(self) -> str:
        return self.subject
