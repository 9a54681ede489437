"""The register of institutions and of the territorial units they work in."""

from django.db import models

from . import teryt
from .tracks import Track


class TerritorialUnit(models.Model):
    """A voivodeship, powiat or gmina of the TERYT register (TERC), loaded by `load_teryt`.

    The code is the key because names repeat (Łomża is a town and a rural gmina; there are three gminy Kolno).
    """

    class Kind(models.TextChoices):
        VOIVODESHIP = "voivodeship", "województwo"
        COUNTY = "county", "powiat"
        COMMUNE = "commune", "gmina"

    class CommuneType(models.IntegerChoices):
        """RODZ of the TERC register, for whole gminy."""

        URBAN = 1, "gmina miejska"
        RURAL = 2, "gmina wiejska"
        URBAN_RURAL = 3, "gmina miejsko-wiejska"

    code = models.CharField("kod TERC", max_length=7, primary_key=True, help_text="2, 4 albo 7 cyfr")
    name = models.CharField("nazwa", max_length=100)
    kind = models.CharField("rodzaj", max_length=12, choices=Kind)
    commune_type = models.PositiveSmallIntegerField("typ gminy", choices=CommuneType, null=True, blank=True)
    population = models.PositiveIntegerField(
        "liczba mieszkańców", null=True, blank=True, help_text="TERYT jej nie podaje. Pusta, jeśli nieznana."
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="units", verbose_name="jednostka nadrzędna"
    )

    class Meta:
        verbose_name = "jednostka terytorialna"
        verbose_name_plural = "jednostki terytorialne"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="commune", commune_type__isnull=False)
                | (~models.Q(kind="commune") & models.Q(commune_type__isnull=True)),
                name="only_communes_have_a_type",
                violation_error_message="Typ gminy mają tylko gminy.",
            )
        ]

    def __str__(self) -> str:
        if self.kind == self.Kind.COMMUNE:
            return f"{self.name} ({self.get_commune_type_display()})"
        if teryt.parse(self.code).is_city_county:
            return f"{self.name} (miasto na prawach powiatu)"
        return f"{self.get_kind_display()} {self.name}"

    @property
    def suggestion(self) -> teryt.Suggestion:
        """The Model of Cooperation that fits this gmina, and why; for a powiat or a voivodeship none."""
        return teryt.suggest_track(self.code, population=self.population)


class Institution(models.Model):
    """An office whose staff learn here: the choice at sign-up and the unit of reports."""

    class Kind(models.TextChoices):
        ROPS = "rops", "regionalny ośrodek polityki społecznej (ROPS)"
        PCPR = "pcpr", "powiatowe centrum pomocy rodzinie (PCPR)"
        OPS = "ops", "ośrodek pomocy społecznej (OPS, GOPS, MOPS, MOPR)"
        CUS = "cus", "centrum usług społecznych (CUS)"
        JST = "jst", "jednostka samorządu terytorialnego (JST)"
        VOIVODESHIP_OFFICE = "voivodeship_office", "urząd wojewódzki"
        MARSHAL_OFFICE = "marshal_office", "urząd marszałkowski"
        COURT = "court", "sąd, kuratorzy"
        LABOUR_OFFICE = "labour_office", "urząd pracy"
        POLICE = "police", "Policja"
        PFRON = "pfron", "PFRON"
        EDUCATION = "education", "oświata"
        NURSES = "nurses", "izba pielęgniarek i położnych"
        SANITARY = "sanitary", "stacja sanitarno-epidemiologiczna (sanepid)"
        PUBLIC_BENEFIT_COUNCIL = "public_benefit_council", "rada działalności pożytku publicznego"
        NGO = "ngo", "organizacja społeczna"
        OTHER = "other", "inna"

    name = models.CharField("nazwa", max_length=200, unique=True)
    kind = models.CharField("rodzaj", max_length=30, choices=Kind)
    unit = models.ForeignKey(
        TerritorialUnit, models.PROTECT, null=True, blank=True, related_name="institutions", verbose_name="obszar"
    )
    address = models.CharField(
        "adres", max_length=200, blank=True, help_text="Wpiszemy go we wzory dokumentów, które wypełniają pracownicy."
    )
    head = models.CharField("kierowniczka lub kierownik", max_length=150, blank=True, help_text="Tak samo jak adres.")

    class Meta:
        verbose_name = "instytucja"
        verbose_name_plural = "instytucje"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


__all__ = ["Institution", "TerritorialUnit", "Track"]
