"""Lessons: what a learner reads and does."""

from typing import ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from courses.blocks import lesson_blocks

from .tracks import CourseContent, CoursePage


class LessonPage(CourseContent):
    """One lesson, completed by an explicit act of the learner."""

    minutes = models.PositiveSmallIntegerField("czas w minutach", default=10)
    required = models.BooleanField("wymagana", default=True, help_text="Bez niej nie można ukończyć kursu.")
    is_sample = models.BooleanField(
        "treść przykładowa", default=False, help_text="Zaznacz, gdy treść nie pochodzi ze źródła."
    )
    body = StreamField(lesson_blocks(), verbose_name="treść", blank=True)

    search_kind: ClassVar[str] = "lesson"
    search_is_open: ClassVar[bool] = False
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    content_panels = [
        *CourseContent.content_panels,
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("required"), FieldPanel("is_sample")]),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = "lekcja"
        verbose_name_plural = "lekcje"

    def search_tracks(self) -> list[str]:
        """Those of its course. One query."""
        return list(CoursePage.objects.ancestor_of(self).values_list("track", flat=True))
