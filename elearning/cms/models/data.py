"""Figures: numbers with a source, entered once and reused."""

from django.db import models
from wagtail.admin.panels import FieldPanel

# The address of the page of evidence, which is one on the site.
REGISTER = "/wyniki-badan/"


class Datum(models.Model):
    """A number from research or from the project, with where it comes from."""

    value = models.CharField("liczba", max_length=60, help_text="Tak, jak ma być widoczna, na przykład 86,34%.")
    label = models.CharField("co oznacza", max_length=250, unique=True)
    source = models.CharField("źródło", max_length=250)
    source_url = models.URLField("adres źródła", blank=True)
    date = models.CharField("czego dotyczy data", max_length=60, blank=True, help_text="Na przykład 2019–2020.")
    note = models.TextField("uwaga o metodzie", blank=True)

    panels = [
        FieldPanel("value"),
        FieldPanel("label"),
        FieldPanel("source"),
        FieldPanel("source_url"),
        FieldPanel("date"),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = "liczba z danych"
        verbose_name_plural = "liczby z danych"
        ordering = ["label"]

    def __str__(self) -> str:
        return f"{self.value} – {self.label}"

    @property
    def anchor(self) -> str:
        """Its place on the page of evidence, where every figure stands."""
        return f"liczba-{self.pk}"

    @property
    def address(self) -> str:
        """Where one reads its source, date and method; nothing for a figure that is not saved."""
        return f"{REGISTER}#{self.anchor}" if self.pk else ""

    @property
    def in_words(self) -> str:
        """The whole figure in one line: what it says, whose it is, what it is about, how it was found."""
        told = [f"{self.value} – {self.label}", self.source, self.date, self.note]
        return ". ".join(part.rstrip(".") for part in told if part)
