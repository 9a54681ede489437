"""Who took which version, and how often versions are taken. What was typed into a form is never here."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower


class How(models.TextChoices):
    """What somebody did with a version."""

    DOWNLOAD = "download", "pobranie"
    FILL_IN = "fill_in", "wypełnienie"


class Form(models.TextChoices):
    """The format in which it left."""

    DOCX = "docx", "DOCX"
    PDF = "pdf", "PDF"
    OTHER = "other", "inny plik"


class Holding(models.Model):
    """That a person who was logged in took a version. Rows are only added.

    It says whom to tell when a newer version takes effect.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="holdings", verbose_name="osoba")
    version = models.ForeignKey(
        "library.VersionPage", models.PROTECT, related_name="holdings", verbose_name="wersja dokumentu"
    )
    how = models.CharField("co", max_length=10, choices=How)
    first_at = models.DateTimeField("pierwszy raz", auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "pobrany dokument"
        verbose_name_plural = "pobrane dokumenty"
        ordering = ["-first_at"]
        constraints = [models.UniqueConstraint(fields=["user", "version", "how"], name="one_holding_a_person")]

    def __str__(self) -> str:
        return f"{self.user} – {self.version}"


class Usage(models.Model):
    """How often a version was taken in a month: a number without persons, also of visitors without an account.

    `month` is its first day. `institution_kind` is empty for a visitor without an account or an institution.
    """

    version = models.ForeignKey(
        "library.VersionPage", models.PROTECT, related_name="usage", verbose_name="wersja dokumentu"
    )
    month = models.DateField("miesiąc")
    how = models.CharField("co", max_length=10, choices=How)
    form = models.CharField("format", max_length=5, choices=Form)
    institution_kind = models.CharField("rodzaj instytucji", max_length=30, blank=True)
    count = models.PositiveIntegerField("liczba", default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "użycie dokumentu"
        verbose_name_plural = "użycie dokumentów"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "month", "how", "form", "institution_kind"], name="one_usage_row_a_month"
            ),
            models.CheckConstraint(condition=models.Q(month__day=1), name="usage_month_is_a_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.month:%Y-%m}: {self.count}"


class Subscription(models.Model):
    """That somebody is told, or no longer told, when a document changes.

    Of a person with an account, or of an address that somebody left; such an address counts once it was confirmed.
    States: asked for (`confirmed_at` empty), confirmed, stopped (`stopped_at`).
    """

    document = models.ForeignKey(
        "library.DocumentPage", models.PROTECT, related_name="subscriptions", verbose_name="dokument"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="subscriptions",
        verbose_name="osoba",
    )
    email = models.EmailField("adres e-mail", blank=True)
    token = models.UUIDField("klucz", default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField("utworzono", auto_now_add=True)
    confirmed_at = models.DateTimeField("potwierdzono", null=True, blank=True)
    stopped_at = models.DateTimeField("zakończono", null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "powiadomienie o\xa0zmianie"
        verbose_name_plural = "powiadomienia o\xa0zmianach"
        constraints = [
            models.UniqueConstraint(fields=["document", "user"], name="one_subscription_a_person"),
            models.UniqueConstraint(
                "document", Lower("email"), condition=~models.Q(email=""), name="one_subscription_an_address"
            ),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, email="") | (models.Q(user__isnull=True) & ~models.Q(email="")),
                name="subscription_of_a_person_or_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} – {self.user or self.email}"


class Announcement(models.Model):
    """That those who hold an earlier version were told of this one. The unique row is what claims it."""

    version = models.OneToOneField(
        "library.VersionPage", models.PROTECT, related_name="announcement", verbose_name="wersja dokumentu"
    )
    announced_at = models.DateTimeField("ogłoszono", auto_now_add=True)
    recipients = models.PositiveIntegerField("liczba wiadomości", default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "ogłoszenie wersji"
        verbose_name_plural = "ogłoszenia wersji"

    def __str__(self) -> str:
        return f"{self.version}: {self.recipients}"
