"""Certificates: what was printed, for ever."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models

from .enrolments import Enrolment
from .trainings import Registration


def private_storage() -> Storage:
    """The storage of files that are only served by a view that checks the right."""
    return storages["private"]


class Certificate(models.Model):
    """An issued certificate. Everything printed on it is frozen in `facts`, and its file never changes.

    It is of a completed course, or of a training that somebody took part in: at most one valid certificate for each
    enrolment or registration. `user` is empty where a participant has no account. States: valid, revoked (`revoked_at`
    set; verification says so), and among these replaced: a replacement is a new row with a new number that points at
    the old one.
    `file` is empty until the PDF is first made; `sha256` is the hash of its bytes.
    """

    number = models.CharField("numer", max_length=30, unique=True)
    code = models.CharField("kod weryfikacyjny", max_length=20, unique=True)
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, null=True, blank=True, related_name="certificates", verbose_name="zapis na kurs"
    )
    registration = models.ForeignKey(
        Registration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="certificates",
        verbose_name="zgłoszenie na szkolenie",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="certificates",
        verbose_name="osoba",
    )
    facts = models.JSONField("treść zaświadczenia")
    issued_at = models.DateTimeField("wystawiono")
    file = models.FileField("plik", storage=private_storage, upload_to="certificates/%Y/", blank=True)
    sha256 = models.CharField("skrót pliku", max_length=64, blank=True)
    revoked_at = models.DateTimeField("unieważniono", null=True, blank=True)
    revoked_reason = models.CharField("powód unieważnienia", max_length=255, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="unieważnione przez",
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="zastępuje"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "zaświadczenie"
        verbose_name_plural = "zaświadczenia"
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=models.Q(revoked_at__isnull=True), name="one_valid_certificate"
            ),
            models.UniqueConstraint(
                fields=["registration"],
                condition=models.Q(revoked_at__isnull=True),
                name="one_valid_certificate_of_a_training",
            ),
            models.CheckConstraint(
                condition=models.Q(enrolment__isnull=True) ^ models.Q(registration__isnull=True),
                name="certificate_is_of_a_course_or_a_training",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None

    @property
    def replacement(self) -> "Certificate | None":
        """The certificate that took the place of this one. A query, unless `replaced_by` was selected."""
        return getattr(self, "replaced_by", None)

    @property
    def size(self) -> int | None:
        """The bytes of its file; None while it is not made yet, or where the storage has lost it."""
        try:
            return self.file.size if self.file else None
        except OSError:
            return None

    @property
    def state_label(self) -> str:
        """Whether it holds, in one word. A query, unless `replaced_by` was selected."""
        if self.is_valid:
            return "ważne"
        return "zastąpione" if self.replacement else "unieważnione"


class CertificateCounter(models.Model):
    """The last certificate number given out in a year; its row lock keeps numbers unique and without gaps."""

    year = models.PositiveSmallIntegerField("rok", primary_key=True)
    last = models.PositiveIntegerField("ostatni numer", default=0)

    class Meta:
        verbose_name = "licznik zaświadczeń"
        verbose_name_plural = "liczniki zaświadczeń"

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
