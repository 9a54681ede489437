"""Figures: numbers with a source, entered once and reused."""

from django.db import models
from wagtail.admin.panels import FieldPanel


class Datum(models.Model):
    """A number from research or from the project, with where it comes from."""

    value = models.CharField("liczba", max_length=60, help_text="Tak, jak ma być widoczna, na przykład 86,34%.")
    label = models.CharField("co oznacza", max_length=250, unique=True)
    source = models.CharField("źródło", max_length=250)
    date = models.CharField("czego dotyczy data", max_length=60, blank=True, help_text="Na przykład 2019–2020.")
    note = models.TextField("uwaga o metodzie", blank=True)

    panels = [FieldPanel("value"), FieldPanel("label"), FieldPanel("source"), FieldPanel("date"), FieldPanel("note")]

    class Meta:
        verbose_name = "liczba z danych"
        verbose_name_plural = "liczby z danych"
        ordering = ["label"]

    def __str__(self) -> str:
        return f"{self.value} – {self.label}"
