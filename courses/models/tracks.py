"""The catalogue, the courses and their modules."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count
from django.db.models.functions import Substr
from django.http import HttpRequest
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from elearning.cms.models import BasePage, Project
from elearning.institutions.tracks import Track

CATALOGUE_SLUG = "kursy"
PLAIN_RICH_TEXT = ["bold", "italic", "ul", "ol", "link"]


class CourseContent(BasePage):
    """What is delivered by the views of courses: open by enrolment, not by Wagtail's privacy settings."""

    private_page_options: list[str] = []

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What a template reads in an editor's preview, where nobody is learning."""
        nobody = dict.fromkeys(("outline", "visit", "progress", "state", "previous_item", "next_item", "total"))
        return {
            **super().get_context(request, *args, **kwargs),
            **nobody,
            "position": 0,
            "may_enrol": False,
            "has_activity": False,
        }


class CatalogueIndexPage(BasePage):
    """The catalogue of courses. There is one, and its address is fixed: `courses.urls` delivers what is below it."""

    intro = RichTextField("wstęp", features=PLAIN_RICH_TEXT, blank=True)

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["courses.CoursePage"]
    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = "katalog kursów"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """All its courses, for an editor's preview."""
        choices = {"tracks": Track.choices, "forms": CoursePage.Form.choices, "chosen_track": "", "chosen_form": ""}
        return {
            **super().get_context(request, *args, **kwargs),
            **choices,
            "courses": self.courses(),
            "is_filtered": False,
        }

    def clean(self) -> None:
        super().clean()
        if self.slug != CATALOGUE_SLUG:
            raise ValidationError({"slug": f"Katalog kursów ma stały adres „{CATALOGUE_SLUG}”."})

    def courses(self, **chosen: str) -> list[tuple["CoursePage", int]]:
        """Published courses with `chosen` values of fields, each with the number of its lessons. Two queries."""
        courses = CoursePage.objects.child_of(self).live().filter(**chosen).order_by("path")
        lessons = Page.objects.descendant_of(self).live().filter(content_type__model="lessonpage").order_by()
        of_course = Substr("path", 1, (self.depth + 1) * self.steplen)
        counts = dict(lessons.annotate(of_course=of_course).values_list("of_course").annotate(Count("pk")))
        return [(course, counts.get(course.path, 0)) for course in courses]


class CoursePage(CourseContent):
    """A course: what it is about, for whom, and the rules by which it is completed."""

    class Form(models.TextChoices):
        ONLINE = "online", "online, w swoim tempie"
        BLENDED = "blended", "online i na spotkaniach"

    track = models.CharField("model kooperacji", max_length=20, choices=Track)
    form = models.CharField("forma", max_length=20, choices=Form, default=Form.ONLINE)
    aim = RichTextField("cel", features=PLAIN_RICH_TEXT, blank=True)
    audience = RichTextField("dla kogo", features=PLAIN_RICH_TEXT, blank=True)
    hours = models.PositiveSmallIntegerField("godziny dydaktyczne", default=0, help_text="Po 45 minut.")
    sequential = models.BooleanField(
        "po kolei", default=False, help_text="Następny element otwiera się po ukończeniu wymaganych przed nim."
    )
    pass_rules = models.TextField("zasady zaliczenia", blank=True, help_text="Dodatkowe wyjaśnienie dla uczestników.")
    prerequisites = ParentalManyToManyField(
        "self", symmetrical=False, blank=True, related_name="opens", verbose_name="wymagane wcześniej kursy"
    )
    opens_on = models.DateField("otwarty od", null=True, blank=True)
    closes_on = models.DateField("zapisy do", null=True, blank=True, help_text="Ostatni dzień zapisów.")
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="projekt"
    )
    organiser = models.CharField("organizator", max_length=200, blank=True)
    place = models.CharField("miejscowość na zaświadczeniu", max_length=100, blank=True)
    signatory_name = models.CharField("imię i nazwisko osoby podpisującej", max_length=150, blank=True)
    signatory_function = models.CharField("funkcja osoby podpisującej", max_length=150, blank=True)

    parent_page_types = ["courses.CatalogueIndexPage"]
    subpage_types = ["courses.ModulePage"]
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("track"), FieldPanel("form"), FieldPanel("hours")]),
        FieldPanel("aim"),
        FieldPanel("audience"),
        MultiFieldPanel(
            [
                FieldPanel("sequential"),
                FieldPanel("prerequisites"),
                FieldPanel("pass_rules"),
                FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
            ],
            heading="Zasady ukończenia",
        ),
        MultiFieldPanel(
            [
                FieldPanel("project"),
                FieldPanel("organiser"),
                FieldPanel("place"),
                FieldRowPanel([FieldPanel("signatory_name"), FieldPanel("signatory_function")]),
            ],
            heading="Zaświadczenie",
        ),
    ]

    class Meta:
        verbose_name = "kurs"
        verbose_name_plural = "kursy"

    def clean(self) -> None:
        super().clean()
        if self.opens_on and self.closes_on and self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": "Koniec zapisów nie może być przed otwarciem kursu."})


class ModulePage(CourseContent):
    """A part of a course: a group of lessons, activities and tests, in the order of the pages."""

    parent_page_types = ["courses.CoursePage"]
    subpage_types = ["courses.LessonPage", "courses.ActivityPage", "courses.QuizPage"]

    class Meta:
        verbose_name = "moduł"
        verbose_name_plural = "moduły"
