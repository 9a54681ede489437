"""Lessons: what a learner reads and does."""

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from courses.blocks import lesson_blocks

from .tracks import CourseContent


class LessonPage(CourseContent):
    """One lesson, completed by an explicit act of the learner."""

    minutes = models.PositiveSmallIntegerField("czas w minutach", default=10)
    required = models.BooleanField("wymagana", default=True, help_text="Bez niej nie można ukończyć kursu.")
    is_sample = models.BooleanField(
        "treść przykładowa", default=False, help_text="Zaznacz, gdy treść nie pochodzi ze źródła."
    )
    body = StreamField(lesson_blocks(), verbose_name="treść", blank=True)

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
