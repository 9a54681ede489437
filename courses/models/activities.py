"""An H5P activity with a page of its own, beside lessons and quizzes."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from courses.activity_form import ActivityPageForm
from courses.policies import POLICIES

from .tracks import CourseContent


class ActivityPage(CourseContent):
    """One interactive content as a step of a course, and the rule by which it is completed."""

    content = models.ForeignKey("h5p.Content", models.PROTECT, related_name="+", verbose_name="treść H5P")
    intro = RichTextField("wstęp", blank=True, features=["bold", "italic", "ul", "ol", "link"])
    minutes = models.PositiveSmallIntegerField("przewidywany czas w minutach", default=10)
    required = models.BooleanField("wymagana", default=True, help_text="Bez niej nie można ukończyć kursu.")
    policy = models.CharField(
        "kiedy jest ukończona",
        max_length=10,
        choices=POLICIES,
        blank=True,
        help_text="Zostaw puste, a wpiszemy to, co pasuje do rodzaju treści.",
    )
    pass_mark = models.PositiveSmallIntegerField(
        "próg zaliczenia w %",
        default=70,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="Gdy wybierzesz „po uzyskaniu progu”.",
    )
    minimum_minutes = models.PositiveSmallIntegerField(
        "najkrótszy czas w minutach", default=1, help_text="Gdy wybierzesz „po obejrzeniu”."
    )
    is_sample = models.BooleanField(
        "treść przykładowa", default=False, help_text="Zaznacz, gdy treść nie pochodzi ze źródła."
    )

    base_form_class = ActivityPageForm
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    content_panels = [
        *CourseContent.content_panels,
        FieldPanel("content"),
        FieldPanel("intro"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("required"), FieldPanel("minutes")]),
                FieldPanel("policy"),
                FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("minimum_minutes")]),
                FieldPanel("is_sample"),
            ],
            heading="Zasady ukończenia",
        ),
    ]

    class Meta:
        verbose_name = "aktywność H5P"
        verbose_name_plural = "aktywności H5P"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the template reads in an editor's preview, where nobody is learning."""
        return {**super().get_context(request, *args, **kwargs), "item": None}
