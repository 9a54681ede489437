"""The shelf of documents: templates and materials, as pages."""

from typing import Any

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from elearning.cms.models.base import BasePage
from elearning.cms.words import fold
from elearning.institutions.tracks import Track
from library.document_form import DocumentPageForm
from library.panels import VersionsPanel


class DocumentKind(models.TextChoices):
    """What a document is: a template to fill in, or a material to read."""

    TEMPLATE = "template", "wzór dokumentu"
    PRESENTATION = "presentation", "prezentacja"
    HANDBOOK = "handbook", "Księga rekomendacyjna"
    RESEARCH = "research", "wyniki badań"
    STARTER_PACK = "starter_pack", "pakiet startowy"
    OTHER = "other", "inny materiał"


class Audience(models.TextChoices):
    """Who signs the document or is concerned by it."""

    INSTITUTIONS = "institutions", "dla instytucji"
    FAMILIES = "families", "dla osób i\xa0rodzin"


class Stage(models.TextChoices):
    """Where in the work by a model a document is used. The sequence is ours: no source numbers the stages."""

    AGREEMENT = "agreement", "porozumienie"
    DIAGNOSIS = "diagnosis", "diagnoza"
    PLAN = "plan", "plan współpracy (IPW)"
    WORK = "work", "praca zespołu"
    EVALUATION = "evaluation", "ocena efektów"
    LAW = "law", "prawo i\xa0ochrona danych"
    TRAINING = "training", "szkolenia"


class DocumentIndexPage(BasePage):
    """The library of documents."""

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["library.DocumentPage"]
    admin_default_ordering = "title"

    class Meta:
        verbose_name = "biblioteka dokumentów"

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "library/document_index_preview.html"


class DocumentPage(BasePage):
    """A document whose address never changes; what it says stands in its versions, the pages below it."""

    kind = models.CharField("rodzaj", max_length=12, choices=DocumentKind, default=DocumentKind.TEMPLATE)
    audience = models.CharField("dla kogo", max_length=12, choices=Audience, default=Audience.INSTITUTIONS)
    stage = models.CharField("etap", max_length=10, choices=Stage, blank=True)
    rural = models.BooleanField(Track.RURAL.label, default=True)
    urban_rural = models.BooleanField(Track.URBAN_RURAL.label, default=True)
    urban = models.BooleanField(Track.URBAN.label, default=True)
    purpose = models.TextField("do czego służy", max_length=1000, blank=True)
    who = models.TextField("kto i\xa0kiedy go używa", max_length=1000, blank=True)
    legal_basis = models.TextField("podstawa prawna", max_length=1000, blank=True)
    author = models.CharField("autorka lub autor", max_length=200, blank=True)
    review_on = models.DateField(
        "sprawdzić ponownie do", null=True, blank=True, help_text="Po tym dniu przypomnimy Ci o\xa0przeglądzie."
    )
    project = models.ForeignKey(
        "cms.Project",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="projekt",
        help_text="Jego znaki i\xa0informacja o\xa0finansowaniu będą na druku.",
    )
    is_sample = models.BooleanField("treść przykładowa", default=False, help_text="Zaznacz, gdy treść nie ma źródła.")

    parent_page_types = ["library.DocumentIndexPage"]
    subpage_types = ["library.VersionPage"]
    admin_default_ordering = "-latest_revision_created_at"
    base_form_class = DocumentPageForm
    content_panels = [
        VersionsPanel(heading="Wersje"),
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("audience"), FieldPanel("stage")]),
        MultiFieldPanel(
            [FieldPanel("rural"), FieldPanel("urban_rural"), FieldPanel("urban")], heading="Modele kooperacji"
        ),
        MultiFieldPanel(
            [FieldPanel("purpose"), FieldPanel("who"), FieldPanel("legal_basis"), FieldPanel("author")],
            heading="O\xa0dokumencie",
        ),
        FieldRowPanel([FieldPanel("review_on"), FieldPanel("project"), FieldPanel("is_sample")]),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("purpose"),
        index.SearchField("who"),
        index.AutocompleteField("found_by"),
    ]

    class Meta:
        verbose_name = "dokument"
        verbose_name_plural = "dokumenty"

    @property
    def is_template(self) -> bool:
        return self.kind == DocumentKind.TEMPLATE

    @property
    def tracks(self) -> list[Track]:
        """The models for which the document is meant."""
        return [track for track in Track if getattr(self, track.value)]

    def found_by(self) -> str:
        """What the document's page says, without Polish letters, as the search index keeps it."""
        return fold(" ".join([self.title, self.lead, self.purpose, self.who, self.legal_basis]))

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "library/document_preview.html"
