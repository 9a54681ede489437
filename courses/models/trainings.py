"""Trainings, webinars, conferences and meetings, as pages, with the snippets they share."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable
from wagtail.search import index

from courses.blocks.training import CriteriaBlock, DaysBlock, ExtraQuestionsBlock, MaterialsBlock, SurveyBlock
from courses.trainings.days import days_of
from courses.trainings.page_form import TrainingPageForm
from elearning.cms.models import BasePage, Project
from elearning.cms.words import fold
from elearning.institutions.models import Institution
from elearning.institutions.tracks import Track
from elearning.records.schedule import ZONE, Mode

from .tracks import PLAIN_RICH_TEXT, CoursePage

TRAININGS_SLUG = "szkolenia"
ZONES = [
    (ZONE, "czas polski"),
    ("Europe/Brussels", "czas w\xa0Brukseli"),
    ("Europe/Kyiv", "czas w\xa0Kijowie"),
    ("Europe/London", "czas w\xa0Londynie"),
    ("Europe/Vilnius", "czas w\xa0Wilnie"),
]


class TrainingSeries(models.Model):
    """Trainings that belong together, such as Makroregionalna Szkoła Kooperacji."""

    name = models.CharField("nazwa", max_length=200, unique=True)
    about = models.TextField("o\xa0cyklu", max_length=1000, blank=True)

    panels: ClassVar[list[Any]] = [FieldPanel("name"), FieldPanel("about")]

    class Meta:
        verbose_name = "cykl szkoleń"
        verbose_name_plural = "cykle szkoleń"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ConsentClause(models.Model):
    """A text that people accept when they register. Saving another text raises `version`; who accepted keeps theirs."""

    key = models.UUIDField("klucz", default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("nazwa", max_length=150, unique=True)
    text = models.TextField("treść", max_length=5000)
    required = models.BooleanField("wymagana", default=True, help_text="Bez niej nie można się zapisać.")
    version = models.PositiveIntegerField("wersja", default=1, editable=False)

    panels: ClassVar[list[Any]] = [FieldPanel("name"), FieldPanel("text"), FieldPanel("required")]

    class Meta:
        verbose_name = "zgoda przy zapisie"
        verbose_name_plural = "zgody przy zapisie"
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} (wersja {self.version})"


class TrainingIndexPage(BasePage):
    """The calendar and list of trainings. There is one, and its address is fixed."""

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["courses.TrainingPage"]
    admin_default_ordering = "-latest_revision_created_at"

    class Meta:
        verbose_name = "lista szkoleń"

    def clean(self) -> None:
        super().clean()
        if self.slug != TRAININGS_SLUG:
            raise ValidationError({"slug": f"Lista szkoleń ma stały adres „{TRAININGS_SLUG}”."})

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "courses/trainings/index_preview.html"


class TrainingPage(BasePage):
    """A training, webinar, conference or meeting: from the invitation to what stays after it.

    Times are wall time of `zone`. The days and blocks are known by the ids of the stream; what people did points there.
    `starts_at` and `ends_at` are those of the programme, for lists and filters.
    """

    class Kind(models.TextChoices):
        COURSE = "course", "szkolenie kompetencyjne"
        WEBINAR = "webinar", "webinarium"
        CONFERENCE = "conference", "konferencja"
        MEETING = "meeting", "spotkanie"

    class ModeChoice(models.TextChoices):
        ON_SITE = Mode.ON_SITE.value, "na miejscu"
        ONLINE = Mode.ONLINE.value, "online"
        HYBRID = Mode.HYBRID.value, "na miejscu i\xa0online"

    kind = models.CharField("rodzaj", max_length=10, choices=Kind, default=Kind.COURSE)
    series = models.ForeignKey(
        TrainingSeries, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cykl"
    )
    about = RichTextField("o\xa0wydarzeniu", features=PLAIN_RICH_TEXT, blank=True)
    audience = models.TextField("dla kogo", max_length=1000, blank=True)
    rural = models.BooleanField(Track.RURAL.label, default=True)
    urban_rural = models.BooleanField(Track.URBAN_RURAL.label, default=True)
    urban = models.BooleanField(Track.URBAN.label, default=True)
    days = StreamField(DaysBlock(), verbose_name="program", blank=True)
    zone = models.CharField("strefa czasowa", max_length=40, choices=ZONES, default=ZONE)
    starts_at = models.DateTimeField("początek", null=True, blank=True, editable=False, db_index=True)
    ends_at = models.DateTimeField("koniec", null=True, blank=True, editable=False)
    programme_file = models.ForeignKey(
        "wagtaildocs.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="program do pobrania",
    )
    mode = models.CharField("tryb", max_length=8, choices=ModeChoice, default=ModeChoice.ON_SITE)
    venue = models.CharField("miejsce", max_length=200, blank=True, help_text="Na przykład „Sala konferencyjna”.")
    address = models.CharField("adres", max_length=200, blank=True)
    directions = models.TextField("jak dojechać", max_length=2000, blank=True)
    place = models.ForeignKey(
        "institutions.TerritorialUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="gmina, powiat lub województwo",
    )
    join_url = models.URLField(
        "link do spotkania",
        max_length=500,
        blank=True,
        help_text="Zobaczą go tylko osoby przyjęte, od 30\xa0minut przed początkiem dnia.",
    )
    join_help = models.TextField("jak dołączyć", max_length=1000, blank=True)
    accessibility = models.TextField("dostępność", max_length=2000, blank=True)
    contact_name = models.CharField("kontakt", max_length=150, blank=True)
    contact_email = models.EmailField("e-mail do kontaktu", blank=True)
    contact_phone = models.CharField("telefon do kontaktu", max_length=40, blank=True)
    related_course = models.ForeignKey(
        CoursePage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="powiązany kurs"
    )
    is_sample = models.BooleanField("treść przykładowa", default=False, help_text="Zaznacz, gdy treść nie ma źródła.")

    called_off = models.BooleanField(
        "odwołane", default=False, help_text="Po opublikowaniu wszyscy zapisani dostaną wiadomość."
    )
    called_off_reason = models.TextField("dlaczego odwołane", max_length=1000, blank=True)

    has_registration = models.BooleanField(
        "zapisy na platformie", default=True, help_text="Odznacz wydarzenie, na które nikt się tu nie zapisuje."
    )
    needs_account = models.BooleanField(
        "zapis tylko z\xa0kontem", default=False, help_text="Webinarium wystarczą imię, e-mail i\xa0instytucja."
    )
    by_invitation = models.BooleanField("tylko dla zaproszonych", default=False)
    capacity = models.PositiveIntegerField(
        "liczba miejsc",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100_000)],
        help_text="Zostaw puste, gdy miejsc wystarczy dla wszystkich.",
    )
    registration_opens_at = models.DateTimeField("zapisy od", null=True, blank=True)
    registration_closes_at = models.DateTimeField(
        "zapisy do", null=True, blank=True, help_text="Zostaw puste, a\xa0zapisy potrwają do początku."
    )
    approval = models.BooleanField("o\xa0przyjęciu decyduje organizator", default=False)
    by_criteria = models.BooleanField(
        "lista rezerwowa według kryteriów", default=False, help_text="Inaczej według kolejności zgłoszeń."
    )
    criteria = StreamField(CriteriaBlock(), verbose_name="kryteria", blank=True)
    automatic_promotion = models.BooleanField(
        "wolne miejsca od razu dla listy rezerwowej", default=True, help_text="Inaczej przenosi je organizator."
    )
    offer_hours = models.PositiveSmallIntegerField(
        "ile godzin na potwierdzenie miejsca",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
        help_text="Zostaw puste, a\xa0miejsce z\xa0listy rezerwowej nie wymaga potwierdzenia.",
    )
    questions = StreamField(ExtraQuestionsBlock(), verbose_name="pytania w\xa0formularzu", blank=True)
    clauses = ParentalManyToManyField(ConsentClause, blank=True, verbose_name="zgody", related_name="+")
    rules = RichTextField("zasady udziału", features=PLAIN_RICH_TEXT, blank=True)
    reminder_days = models.CharField(
        "przypomnienia",
        max_length=40,
        blank=True,
        default="7, 1",
        help_text="Ile dni przed początkiem, na przykład „7, 1”.",
    )

    staff = ParentalManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="+",
        verbose_name="kto zaznacza obecność",
        help_text="Osoby prowadzące z\xa0kontem. Organizatorzy mogą to zawsze.",
    )
    presence_share = models.PositiveSmallIntegerField(
        "ile bloku wystarczy online, w\xa0%",
        default=75,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    lateness = models.PositiveSmallIntegerField("spóźnienie od ilu minut", default=15)
    gives_certificates = models.BooleanField("zaświadczenia o\xa0udziale", default=True)
    certificate_share = models.PositiveSmallIntegerField(
        "zaświadczenie od ilu % godzin", default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="projekt"
    )
    organiser = models.CharField("organizator", max_length=200, blank=True)
    certificate_place = models.CharField("miejscowość na zaświadczeniu", max_length=100, blank=True)
    signatory_name = models.CharField("imię i\xa0nazwisko osoby podpisującej", max_length=150, blank=True)
    signatory_function = models.CharField("funkcja osoby podpisującej", max_length=150, blank=True)

    materials = StreamField(MaterialsBlock(), verbose_name="materiały", blank=True)
    survey = StreamField(SurveyBlock(), verbose_name="ankieta ewaluacyjna", blank=True)
    survey_closes_on = models.DateField("ankieta do", null=True, blank=True)
    pre_test = models.ForeignKey(
        "courses.QuizPage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="test wstępny"
    )
    post_test = models.ForeignKey(
        "courses.QuizPage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="test końcowy"
    )

    base_form_class = TrainingPageForm
    parent_page_types = ["courses.TrainingIndexPage"]
    subpage_types: list[str] = []
    private_page_options: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("kind"), FieldPanel("series"), FieldPanel("is_sample")]),
        FieldPanel("about"),
        FieldPanel("audience"),
        MultiFieldPanel(
            [FieldPanel("rural"), FieldPanel("urban_rural"), FieldPanel("urban")], heading="Modele kooperacji"
        ),
        FieldPanel("related_course"),
        MultiFieldPanel(
            [FieldPanel("contact_name"), FieldPanel("contact_email"), FieldPanel("contact_phone")], heading="Kontakt"
        ),
        MultiFieldPanel([FieldPanel("called_off"), FieldPanel("called_off_reason")], heading="Odwołanie"),
    ]
    when_panels = [
        FieldPanel("days"),
        FieldPanel("zone"),
        FieldPanel("programme_file"),
        MultiFieldPanel(
            [
                FieldPanel("mode"),
                FieldPanel("venue"),
                FieldPanel("address"),
                FieldPanel("place"),
                FieldPanel("directions"),
            ],
            heading="Miejsce",
        ),
        MultiFieldPanel([FieldPanel("join_url"), FieldPanel("join_help")], heading="Spotkanie online"),
        FieldPanel("accessibility"),
    ]
    registration_panels = [
        FieldRowPanel([FieldPanel("has_registration"), FieldPanel("needs_account"), FieldPanel("by_invitation")]),
        FieldRowPanel(
            [FieldPanel("capacity"), FieldPanel("registration_opens_at"), FieldPanel("registration_closes_at")]
        ),
        MultiFieldPanel(
            [
                FieldPanel("approval"),
                FieldPanel("automatic_promotion"),
                FieldPanel("offer_hours"),
                FieldPanel("by_criteria"),
                FieldPanel("criteria"),
            ],
            heading="Kto dostaje miejsce",
        ),
        InlinePanel("quotas", heading="Miejsca dla instytucji", label="limit instytucji"),
        FieldPanel("questions"),
        FieldPanel("clauses"),
        FieldPanel("rules"),
        FieldPanel("reminder_days"),
    ]
    presence_panels = [
        FieldPanel("staff"),
        FieldRowPanel([FieldPanel("presence_share"), FieldPanel("lateness")]),
        FieldRowPanel([FieldPanel("gives_certificates"), FieldPanel("certificate_share")]),
        FieldPanel("project"),
        FieldRowPanel([FieldPanel("organiser"), FieldPanel("certificate_place")]),
        FieldRowPanel([FieldPanel("signatory_name"), FieldPanel("signatory_function")]),
    ]
    after_panels = [
        FieldPanel("materials"),
        FieldPanel("survey"),
        FieldPanel("survey_closes_on"),
        FieldRowPanel([FieldPanel("pre_test"), FieldPanel("post_test")]),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Opis"),
            ObjectList(when_panels, heading="Kiedy i\xa0gdzie"),
            ObjectList(registration_panels, heading="Zapisy"),
            ObjectList(presence_panels, heading="Obecność i\xa0zaświadczenia"),
            ObjectList(after_panels, heading="Po wydarzeniu"),
            ObjectList(BasePage.promote_panels, heading="Adres i\xa0menu"),
        ]
    )
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("lead"),
        index.SearchField("about"),
        index.AutocompleteField("found_by"),
    ]

    class Meta:
        verbose_name = "szkolenie lub wydarzenie"
        verbose_name_plural = "szkolenia i\xa0wydarzenia"

    @property
    def tracks(self) -> list[Track]:
        """The models for which it is meant."""
        return [track for track in Track if getattr(self, track.value)]

    def clean(self) -> None:
        """The moments of lists and filters follow the programme."""
        super().clean()
        days = days_of(self.days, self.zone)
        self.starts_at = min((day.starts_at for day in days), default=None)
        self.ends_at = max((day.ends_at for day in days), default=None)

    def found_by(self) -> str:
        """What its page says, without Polish letters, as the search index keeps it."""
        return fold(" ".join([self.title, self.lead, self.audience, self.venue, self.address]))

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "courses/trainings/training_preview.html"


class TrainingQuota(Orderable):
    """How many places people of one institution may take in a training."""

    training = ParentalKey(TrainingPage, on_delete=models.CASCADE, related_name="quotas")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name="instytucja")
    places = models.PositiveSmallIntegerField("liczba miejsc", validators=[MinValueValidator(1)])

    panels: ClassVar[list[Any]] = [FieldPanel("institution"), FieldPanel("places")]

    class Meta(Orderable.Meta):
        verbose_name = "limit instytucji"
        verbose_name_plural = "limity instytucji"
        constraints = [models.UniqueConstraint(fields=["training", "institution"], name="one_quota_of_an_institution")]

    def __str__(self) -> str:
        return f"{self.institution_id}: {self.places}"
