"""The question bank."""

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import RevisionMixin
from wagtail.snippets.models import register_snippet


@register_snippet
class QuestionCategory(models.Model):
    """A shelf of the question bank."""

    name = models.CharField("nazwa", max_length=100, unique=True)

    class Meta:
        verbose_name = "kategoria pytań"
        verbose_name_plural = "kategorie pytań"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@register_snippet
class Question(RevisionMixin, models.Model):
    """A question of the bank. Each saved change is a revision; attempts freeze the one they asked.

    `content` holds exactly one block, whose type is the kind of the question.
    """

    category = models.ForeignKey(QuestionCategory, models.PROTECT, related_name="questions", verbose_name="kategoria")
    title = models.CharField("nazwa w bazie", max_length=150)
    content = StreamField([("question", blocks.StaticBlock())], min_num=1, max_num=1, verbose_name="pytanie")

    panels = [FieldPanel("title"), FieldPanel("category"), FieldPanel("content")]

    class Meta:
        verbose_name = "pytanie"
        verbose_name_plural = "pytania"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
