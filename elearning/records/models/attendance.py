"""Who was there: what each source said, and the files of conferencing tools. Rows are only added."""

from django.conf import settings
from django.db import models
from wagtail.models import Page

from elearning.records.meeting_reports.base import TITLES
from elearning.records.presence import Presence, Source

from .trainings import Registration

PRESENCES = [
    (Presence.PRESENT, "obecność"),
    (Presence.LATE, "spóźnienie"),
    (Presence.ABSENT, "nieobecność"),
    (Presence.EXCUSED, "nieobecność usprawiedliwiona"),
]
SOURCES = [
    (Source.PAPER, "lista papierowa"),
    (Source.QR, "kod QR"),
    (Source.TRAINER, "lista osoby prowadzącej"),
    (Source.IMPORT, "raport ze spotkania"),
    (Source.DECISION, "decyzja"),
]


class AttendanceReport(models.Model):
    """A file of a conferencing tool that was read in. The file itself is not kept; its hash tells it again."""

    training = models.ForeignKey(Page, models.PROTECT, related_name="attendance_reports", verbose_name="szkolenie")
    file_name = models.CharField("plik", max_length=255)
    sha256 = models.CharField("skrót pliku", max_length=64)
    tool = models.CharField("narzędzie", max_length=12, choices=[(tool.value, title) for tool, title in TITLES.items()])
    encoding = models.CharField("kodowanie", max_length=20)
    lines = models.PositiveIntegerField("odczytane wiersze")
    faults = models.JSONField("wiersze nieodczytane", default=list, blank=True)
    imported_at = models.DateTimeField("wczytano")
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="wczytała osoba"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "raport obecności"
        verbose_name_plural = "raporty obecności"
        ordering = ["-imported_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["training", "sha256"], name="a_report_is_read_once")]

    def __str__(self) -> str:
        return self.file_name


class MeetingStay(models.Model):
    """That somebody was in a meeting from one moment to another, as a line of a report says.

    Without `registration` and `settled_at` it waits for a person; `settled_at` without `registration` says that it is
    nobody of ours. `reason` is why nobody could be told without asking.
    """

    report = models.ForeignKey(AttendanceReport, models.PROTECT, related_name="stays", verbose_name="raport")
    line = models.PositiveIntegerField("wiersz")
    name = models.CharField("nazwa w\xa0spotkaniu", max_length=255, blank=True)
    email = models.CharField("adres w\xa0spotkaniu", max_length=254, blank=True)
    joined = models.DateTimeField("od")
    left = models.DateTimeField("do")
    reason = models.CharField("dlaczego niejasne", max_length=500, blank=True)
    candidates = models.JSONField("kto to może być", default=list, blank=True)
    registration = models.ForeignKey(
        Registration, models.PROTECT, null=True, blank=True, related_name="stays", verbose_name="zgłoszenie"
    )
    settled_at = models.DateTimeField("rozstrzygnięto", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="rozstrzygnęła osoba",
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "pobyt w\xa0spotkaniu"
        verbose_name_plural = "pobyty w\xa0spotkaniu"
        ordering = ["report", "line"]
        constraints = [
            models.UniqueConstraint(fields=["report", "line"], name="a_line_of_a_report_is_kept_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class AttendanceMark(models.Model):
    """What one source says of one registration in one block: `presence.Mark` as a row.

    The block is known by its id, and kept in words and teaching hours as it was then. `by` is empty for the person's
    own scan.
    """

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="marks", verbose_name="zgłoszenie")
    block = models.UUIDField("blok")
    day = models.DateField("dzień")
    topic = models.CharField("temat", max_length=255)
    hours = models.DecimalField("godziny dydaktyczne", max_digits=4, decimal_places=1)
    source = models.CharField("źródło", max_length=8, choices=SOURCES)
    presence = models.CharField("obecność", max_length=8, choices=PRESENCES)
    minutes = models.PositiveIntegerField("minuty", null=True, blank=True)
    note = models.CharField("uwaga", max_length=255, blank=True)
    at = models.DateTimeField("kiedy")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kto"
    )
    report = models.ForeignKey(
        AttendanceReport, models.PROTECT, null=True, blank=True, related_name="marks", verbose_name="raport"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "znak obecności"
        verbose_name_plural = "znaki obecności"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["registration", "block"], name="marks_of_a_block")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source=Source.QR) | models.Q(by__isnull=False), name="somebody_says_who_was_there"
            ),
            # Ticked twice, scanned twice: one mark. A change of mind comes in another second.
            models.UniqueConstraint(
                fields=["registration", "block"],
                condition=models.Q(source=Source.QR),
                name="one_scan_of_a_block",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.get_presence_display()}"
