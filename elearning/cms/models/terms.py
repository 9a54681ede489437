"""Terms of the models, and the glossary."""

from itertools import groupby
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.text import slugify
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField

from elearning.cms.alphabet import alphabetical
from elearning.cms.blocks import RICH_TEXT
from elearning.cms.words import fold

from .base import BasePage

# The address of the glossary, which is one on the site.
GLOSSARY = "/slownik/"


class Term(models.Model):
    """A term of the Models of Cooperation, explained in plain words."""

    name = models.CharField("pojęcie", max_length=120, unique=True)
    abbreviation = models.CharField("skrót", max_length=20, blank=True)
    definition = RichTextField("co znaczy", features=RICH_TEXT)
    source = models.CharField("źródło", max_length=250, blank=True)
    is_sample = models.BooleanField("treść przykładowa", default=False, help_text="Zaznacz, gdy treść nie ma źródła.")

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("abbreviation")]),
        FieldPanel("definition"),
        FieldPanel("source"),
        FieldPanel("is_sample"),
    ]

    class Meta:
        verbose_name = "pojęcie"
        verbose_name_plural = "słownik pojęć"
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.abbreviation})" if self.abbreviation else self.name

    @property
    def anchor(self) -> str:
        """Its place in the glossary: „pzk”, or its name where it has no abbreviation."""
        return slugify(fold(self.abbreviation or self.name)) or f"pojecie-{self.pk}"

    @property
    def address(self) -> str:
        return f"{GLOSSARY}#{self.anchor}"


class GlossaryPage(BasePage):
    """All terms in the order of the Polish alphabet, by their first letters."""

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    search_kind: ClassVar[str] = "page"

    class Meta:
        verbose_name = "słownik pojęć"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With the terms by letters. One query."""
        return {**super().get_context(request, *args, **kwargs), "letters": self._letters()}

    def _letters(self) -> list[dict[str, Any]]:
        terms = sorted(Term.objects.all(), key=lambda term: alphabetical(term.name))
        by_letter = groupby(terms, key=lambda term: term.name[:1].upper())
        return [{"letter": letter, "id": f"litera-{ord(letter)}", "terms": list(found)} for letter, found in by_letter]

    def search_text(self) -> str:
        """The lead and every term, with its abbreviation and explanation."""
        terms = Term.objects.order_by("name")
        return "\n".join([self.lead, *(f"{term}: {term.definition}" for term in terms)])
