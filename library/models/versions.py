"""Versions of a document."""

from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Revision
from wagtail.search import index

from elearning.cms.models.base import BasePage
from elearning.cms.words import fold
from library import composing, sheet, streams
from library.blocks import FieldsStream, PartsStream
from library.panels import VERSION_PANELS
from library.publishing import require_publishable
from library.structure import Document
from library.version_form import VersionPageForm


class VersionPage(BasePage):
    """What a document says from a day on. Once that day has come, a published version never changes.

    A structured version is written in the admin: fields and the parts in which they stand. A marked one is a Word file
    with marks, whose fields are proposed from the marks. A plain file is only downloaded.
    """

    class Source(models.TextChoices):
        STRUCTURED = "structured", "napisana tutaj"
        MARKED = "marked", "plik Word ze znacznikami"
        FILE = "file", "gotowy plik"

    number = models.PositiveIntegerField("numer", default=1, editable=False)
    in_force_on = models.DateField("stan prawny na", default=timezone.localdate)
    changes = models.TextField("co się zmieniło i\xa0dlaczego", max_length=1000, blank=True)
    approved_by = models.CharField("kto zatwierdził", max_length=200, blank=True)
    source = models.CharField("treść", max_length=10, choices=Source, default=Source.STRUCTURED)
    paper_title = models.CharField(
        "tytuł na dokumencie", max_length=200, blank=True, help_text="Zostaw puste, a\xa0weźmiemy tytuł dokumentu."
    )
    form_fields = StreamField(FieldsStream(), verbose_name="pola do wypełnienia", blank=True)
    parts = StreamField(PartsStream(), verbose_name="treść dokumentu", blank=True)
    file = models.ForeignKey(
        "library.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="plik"
    )
    file_text = models.TextField("tekst pliku", blank=True, editable=False)

    parent_page_types = ["library.DocumentPage"]
    subpage_types: list[str] = []
    base_form_class = VersionPageForm
    content_panels = VERSION_PANELS
    # Title and address are made of the number.
    promote_panels: list[Any] = []
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("written"),
        index.AutocompleteField("found_by"),
        index.FilterField("in_force_on"),
    ]

    class Meta:
        verbose_name = "wersja dokumentu"
        verbose_name_plural = "wersje dokumentów"

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Raises `NotPublishable`, whoever calls it: for a version that lacks something or is in force already."""
        require_publishable(revision)
        super().publish(revision, *args, **kwargs)

    @property
    def has_begun(self) -> bool:
        """Whether its day has come."""
        return self.in_force_on <= timezone.localdate()

    @property
    def is_filled_in(self) -> bool:
        """Whether there is a form: a plain file has none."""
        return self.source != self.Source.FILE and bool(self.form_fields)

    def document(self) -> Document:
        """The template as the rules know it; of a marked file its fields alone."""
        title = self.paper_title or self.get_parent().title
        return streams.read(title, self.form_fields.get_prep_value(), self.parts.get_prep_value())

    def text_lines(self) -> list[str]:
        """All that the version says, line by line, for searching and for comparing."""
        if self.source == self.Source.STRUCTURED:
            return sheet.text_lines(composing.blank(self.document()))
        return [line for line in self.file_text.splitlines() if line.strip()]

    def written(self) -> str:
        """The same as one text, for the search index."""
        return "\n".join([self.paper_title, *self.text_lines()])

    def found_by(self) -> str:
        """The same without Polish letters, for searches by the beginnings of words."""
        return fold(self.written())

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "library/version_preview.html"
