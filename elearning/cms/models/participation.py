"""Gminy and powiaty that took part in the projects."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from elearning.institutions.models import TerritorialUnit
from elearning.institutions.tracks import Track

FIRST_YEAR, LAST_YEAR = 2018, 2100


class Participation(models.Model):
    """A gmina or a powiat took part in a project: by which model, at what stage, when, and who says so.

    A stage or years that no source gives stay empty. `list_is_complete` is about the list that the source gives: a list
    that is cut off says nothing of who is not on it.
    """

    class Phase(models.TextChoices):
        """The milestones of the projects in which gminy and powiaty worked."""

        DEVELOPMENT = "development", "opracowanie modelu"
        TESTING = "testing", "testowanie modelu"
        DISSEMINATION = "dissemination", "upowszechnianie modelu"

    unit = models.ForeignKey(
        TerritorialUnit, models.PROTECT, related_name="participations", verbose_name="gmina albo powiat"
    )
    track = models.CharField("model kooperacji", max_length=20, choices=Track)
    phase = models.CharField(
        "etap", max_length=20, choices=Phase, blank=True, help_text="Zostaw pusty, jeśli źródło go nie podaje."
    )
    first_year = models.PositiveSmallIntegerField("od roku", null=True, blank=True)
    last_year = models.PositiveSmallIntegerField("do roku", null=True, blank=True)
    source = models.CharField("źródło", max_length=250)
    source_url = models.URLField("adres źródła", blank=True)
    list_is_complete = models.BooleanField(
        "lista w\xa0źródle jest pełna",
        default=False,
        help_text="Odznacz, gdy źródło urywa listę albo wymienia tylko niektóre jednostki.",
    )

    panels = [
        FieldPanel("unit"),
        FieldRowPanel([FieldPanel("track"), FieldPanel("phase")]),
        FieldRowPanel([FieldPanel("first_year"), FieldPanel("last_year")]),
        MultiFieldPanel(
            [FieldPanel("source"), FieldPanel("source_url"), FieldPanel("list_is_complete")], heading="Źródło"
        ),
    ]

    class Meta:
        verbose_name = "udział gminy albo powiatu"
        verbose_name_plural = "udział gmin i\xa0powiatów"
        ordering = ["unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "track", "phase"],
                name="one_participation_in_a_phase",
                violation_error_message="Ta jednostka ma już wpis o\xa0tym modelu i\xa0etapie.",
            ),
            models.CheckConstraint(
                condition=models.Q(last_year__gte=models.F("first_year")) | models.Q(last_year__isnull=True),
                name="participation_ends_after_its_start",
                violation_error_message="„Do roku” nie może być wcześniejsze niż „od roku”.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.get_track_display()}"

    def clean(self) -> None:
        """A voivodeship takes part as a partner, which the directory says; years are those of the projects."""
        problems = {}
        if self.unit_id and self.unit.kind == TerritorialUnit.Kind.VOIVODESHIP:
            problems["unit"] = "Wybierz gminę albo powiat."
        for name in ("first_year", "last_year"):
            year = getattr(self, name)
            if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
                problems[name] = f"Projekty zaczęły się w\xa0{FIRST_YEAR}\xa0r. Wpisz rok od {FIRST_YEAR}."
        if self.first_year is None and self.last_year is not None:
            problems["first_year"] = "Wpisz też, od którego roku."
        if problems:
            raise ValidationError(problems)

    @property
    def years(self) -> str:
        """„2019–2020”, „2020”, or nothing."""
        if self.first_year is None:
            return ""
        if self.last_year in {None, self.first_year}:
            return str(self.first_year)
        return f"{self.first_year}–{self.last_year}"
