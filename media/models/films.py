"""Films of good practice: the library and its films, as pages."""

from typing import Any

from django import forms
from django.db import models
from django.utils.html import strip_tags
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Revision
from wagtail.search import index

from elearning.cms.models.base import BasePage
from elearning.cms.words import fold
from elearning.institutions.tracks import Track
from media.captions import parse_vtt
from media.film_form import FilmPageForm
from media.panels import DeadlinePanel, StoredCaptionsPanel, TracksPanel, TranscriptPanel
from media.place_chooser import place_chooser
from media.publishing import require_publishable
from media.transcripts import Passage, moments_of, parse_transcript

from .text_tracks import TextTrack


class Licence(models.TextChoices):
    """Under which terms a film may be used again."""

    CC_BY = "cc-by", "Creative Commons: uznanie autorstwa 4.0 (CC BY)"
    CC_BY_SA = "cc-by-sa", "Creative Commons: uznanie autorstwa, na tych samych warunkach 4.0 (CC BY-SA)"
    CC_BY_NC = "cc-by-nc", "Creative Commons: uznanie autorstwa, użycie niekomercyjne 4.0 (CC BY-NC)"
    ALL_RIGHTS = "all-rights", "Wszystkie prawa zastrzeżone"


class FilmTopic(TaggedItemBase):
    """A topic of a film."""

    content_object = ParentalKey("media.FilmPage", on_delete=models.CASCADE, related_name="tagged_items")


class FilmIndexPage(BasePage):
    """The library of films."""

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["media.FilmPage"]
    admin_default_ordering = "-latest_revision_created_at"

    class Meta:
        verbose_name = "lista filmów"

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "media/film_index_preview.html"


class FilmPage(BasePage):
    """A film: an uploaded video, or an address at a hosting service, with all that makes it accessible."""

    video = models.ForeignKey(
        "media.Video", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="plik filmu"
    )
    external_url = models.URLField(
        "albo adres w serwisie z filmami",
        blank=True,
        help_text="YouTube lub Vimeo. Film odtworzy się dopiero za zgodą osoby.",
    )
    external_minutes = models.PositiveSmallIntegerField(
        "czas filmu w minutach", null=True, blank=True, help_text="Gdy podajesz adres w serwisie z filmami."
    )
    poster = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="obraz tytułowy",
        help_text="Zostaw puste, a weźmiemy go z filmu.",
    )
    about = RichTextField("o filmie", blank=True, features=["bold", "italic", "ul", "ol", "link"])
    chapters = models.TextField(
        "rozdziały", blank=True, help_text="Każdy w osobnej linii: czas i tytuł, na przykład „1:05 Zespół”."
    )
    transcript = models.TextField(
        "transkrypcja",
        blank=True,
        help_text="Zostaw puste, a zrobimy ją z napisów. Czas na początku akapitu, np. „1:05”, prowadzi do filmu.",
    )
    audio_description = models.TextField(
        "audiodeskrypcja jako tekst", blank=True, help_text="Co widać, a czego nie słychać."
    )
    described_video = models.ForeignKey(
        "media.Video",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wersja z audiodeskrypcją",
    )
    signed_video = models.ForeignKey(
        "media.Video",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wersja z tłumaczeniem PJM",
    )
    track = models.CharField("model kooperacji", max_length=12, choices=Track, blank=True)
    place = models.ForeignKey(
        "institutions.TerritorialUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gmina, powiat lub województwo",
    )
    credits = models.TextField("twórczynie i twórcy", blank=True)
    licence = models.CharField("licencja", max_length=12, choices=Licence, default=Licence.ALL_RIGHTS)
    recorded_live_on = models.DateField(
        "nagranie wydarzenia na żywo z dnia",
        null=True,
        blank=True,
        help_text="Takie nagranie może czekać na napisy 14 dni od wydarzenia.",
    )
    is_sample = models.BooleanField("treść przykładowa", default=False, help_text="Zaznacz, gdy film nie ma źródła.")
    topics = ClusterTaggableManager(through=FilmTopic, blank=True, verbose_name="tematy")

    # What the form repaired in captions that were just given, for the message after saving.
    repaired_captions: tuple[str, ...] = ()

    base_form_class = FilmPageForm
    parent_page_types = ["media.FilmIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        DeadlinePanel(),
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("video"),
                FieldRowPanel([FieldPanel("external_url"), FieldPanel("external_minutes")]),
                FieldPanel("recorded_live_on"),
                FieldPanel("poster"),
            ],
            heading="Film",
        ),
        TracksPanel(
            "tracks",
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
                FieldPanel("upload"),
                FieldPanel("vtt", widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "true"})),
                StoredCaptionsPanel(),
            ],
            heading="Napisy",
            label="napisy",
            help_text=(
                "Film bez napisów dla niesłyszących nie może być opublikowany. Nagranie wydarzenia na żywo może na nie "
                "poczekać 14 dni, jeśli podasz dzień wydarzenia."
            ),
        ),
        MultiFieldPanel(
            [
                FieldPanel("about"),
                FieldPanel("chapters"),
                FieldPanel("transcript", widget=forms.Textarea(attrs={"rows": 12})),
                TranscriptPanel(),
            ],
            heading="Treść",
        ),
        MultiFieldPanel(
            [
                FieldPanel("described_video"),
                FieldPanel("audio_description"),
                FieldPanel("signed_video"),
            ],
            heading="Dostępność",
        ),
        MultiFieldPanel(
            [
                FieldPanel("track"),
                FieldPanel("place", widget=place_chooser.widget_class),
                FieldPanel("topics"),
                FieldPanel("credits"),
                FieldRowPanel([FieldPanel("licence"), FieldPanel("is_sample")]),
            ],
            heading="O filmie",
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("spoken"),
        index.AutocompleteField("spoken"),
        index.FilterField("track"),
    ]

    class Meta:
        verbose_name = "film"
        verbose_name_plural = "filmy"

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Raises `NotPublishable`. What was approved for a later day is published on it, as it was approved."""
        if revision.approved_go_live_at is None:
            require_publishable(revision.as_object())
        super().publish(revision, *args, **kwargs)

    @property
    def has_captions(self) -> bool:
        """Whether deaf people can follow. One query, none for a revision."""
        return any(track.kind == track.Kind.CAPTIONS and track.vtt.strip() for track in self.tracks.all())

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "media/film_preview.html"

    def passages(self) -> tuple[Passage, ...]:
        """The transcript as the editor wrote it, or made of the captions, Polish ones first. One query."""
        if self.transcript.strip():
            return parse_transcript(self.transcript)
        tracks = [track for track in self.tracks.all() if track.vtt and track.kind != TextTrack.Kind.DESCRIPTIONS]
        tracks.sort(
            key=lambda track: (track.language != TextTrack.Language.POLISH, track.kind != TextTrack.Kind.CAPTIONS)
        )
        return moments_of(parse_vtt(tracks[0].vtt)) if tracks else ()

    def spoken(self) -> str:
        """All that is written and said in the film, without Polish letters, as the search index keeps it."""
        said = [passage.text for passage in self.passages()]
        written = [self.title, self.lead, strip_tags(self.about), self.chapters, self.audio_description, self.credits]
        return fold(" ".join([*written, *said]))
