"""The funded projects, whose signs and funding text stand on pages and certificates."""

from django.db import models
from wagtail.admin.panels import FieldPanel


class Project(models.Model):
    """A funded project: its name, the text about its funding and its strip of signs."""

    name = models.CharField("nazwa", max_length=200, unique=True)
    funding_text = models.TextField("informacja o finansowaniu", max_length=500)
    logo_strip = models.ForeignKey(
        "wagtailimages.Image",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="zestawienie znaków",
        help_text="Jeden obraz ze wszystkimi znakami w kolejności z umowy o dofinansowanie.",
    )
    logo_strip_alt = models.CharField("opis zestawienia znaków", max_length=250, blank=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("funding_text"),
        FieldPanel("logo_strip"),
        FieldPanel("logo_strip_alt"),
    ]

    class Meta:
        verbose_name = "projekt"
        verbose_name_plural = "projekty"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
