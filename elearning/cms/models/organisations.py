"""Organisations that made the models: regional centres, voivodeships, a university."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.http import urlencode
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from elearning.cms import phones
from elearning.cms.blocks import RICH_TEXT
from elearning.institutions.models import TerritorialUnit
from elearning.institutions.tracks import Track

MAP_SEARCH = "https://www.openstreetmap.org/search"


class Organisation(models.Model):
    """An organisation with its address, and its part in a project. What nobody has confirmed stays empty."""

    class Kind(models.TextChoices):
        CENTRE = "centre", "regionalny ośrodek lub centrum polityki społecznej"
        VOIVODESHIP = "voivodeship", "województwo"
        OTHER = "other", "inny partner"

    class Role(models.TextChoices):
        LEADER = "leader", "lider projektu"
        PARTNER = "partner", "partner projektu"

    name = models.CharField("nazwa", max_length=200, unique=True)
    slug = models.SlugField(
        "adres strony", max_length=60, unique=True, help_text="Ostatnia część adresu, na przykład „rops-rzeszow”."
    )
    kind = models.CharField("rodzaj", max_length=12, choices=Kind)
    province = models.ForeignKey(
        TerritorialUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="województwo",
        limit_choices_to={"kind": TerritorialUnit.Kind.VOIVODESHIP},
    )
    track = models.CharField("model, przy którym pracuje", max_length=20, choices=Track, blank=True)
    role = models.CharField("rola w\xa0projekcie", max_length=8, choices=Role, blank=True)
    emblem = models.ForeignKey(
        "wagtailimages.Image",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="herb albo znak",
    )
    emblem_alt = models.CharField("opis herbu albo znaku", max_length=250, blank=True)
    street = models.CharField("ulica i\xa0numer", max_length=120, blank=True)
    postcode = models.CharField(
        "kod pocztowy",
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^\d{2}-\d{3}\Z", "Wpisz kod w\xa0postaci 35-045.")],
    )
    town = models.CharField("miejscowość", max_length=60, help_text="Siedziba. Ją pokażemy także bez adresu.")
    phone = models.CharField("telefon", max_length=30, blank=True, validators=[phones.validate])
    fax = models.CharField("faks", max_length=30, blank=True, validators=[phones.validate])
    email = models.EmailField("e-mail", blank=True)
    website = models.URLField("strona internetowa", blank=True)
    directions = RichTextField(
        "jak dojechać", features=RICH_TEXT, blank=True, help_text="Opis słowami: przystanki, wejście, winda, parking."
    )
    source = models.CharField("źródło danych", max_length=250, blank=True)
    source_url = models.URLField("adres źródła", blank=True)
    checked_on = models.DateField("stan na dzień", null=True, blank=True, help_text="Z jakiego dnia są te dane.")

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("track"), FieldPanel("role"), FieldPanel("province")]),
        MultiFieldPanel([FieldPanel("emblem"), FieldPanel("emblem_alt")], heading="Herb albo znak"),
        MultiFieldPanel(
            [
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("postcode"), FieldPanel("town")]),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("fax")]),
                FieldRowPanel([FieldPanel("email"), FieldPanel("website")]),
                FieldPanel("directions"),
            ],
            heading="Kontakt i\xa0dojazd",
        ),
        MultiFieldPanel(
            [FieldPanel("source"), FieldRowPanel([FieldPanel("source_url"), FieldPanel("checked_on")])],
            heading="Źródło",
        ),
    ]

    class Meta:
        verbose_name = "ośrodek albo partner"
        verbose_name_plural = "ośrodki i\xa0partnerzy"
        ordering = ["town", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        problems = {}
        if self.emblem and not self.emblem_alt:
            problems["emblem_alt"] = "Opisz, co widać, na przykład „Herb województwa podkarpackiego”."
        if self.role and not self.track:
            problems["track"] = "Wybierz, przy którym modelu organizacja ma tę rolę."
        if self.province and self.province.kind != TerritorialUnit.Kind.VOIVODESHIP:
            problems["province"] = "Wybierz województwo."
        if self.street and not self.postcode:
            problems["postcode"] = "Do ulicy wpisz też kod pocztowy."
        if problems:
            raise ValidationError(problems)

    @property
    def has_contact(self) -> bool:
        return any((self.street, self.phone, self.fax, self.email, self.website))

    @property
    def phone_url(self) -> str:
        return phones.link(self.phone)

    @property
    def site_name(self) -> str:
        """The name of the host of its pages, without „www.”."""
        return (urlsplit(self.website).hostname or "").removeprefix("www.")

    @property
    def map_url(self) -> str:
        """A search on a public map; nothing without a street. It is only ever a link."""
        if not self.street:
            return ""
        return f"{MAP_SEARCH}?{urlencode({'query': f'{self.street}, {self.postcode} {self.town}'})}"
