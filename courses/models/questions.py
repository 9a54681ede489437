"""The question bank."""

from typing import Any

from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin, RevisionMixin
from wagtail.search import index

from courses.blocks.questions import question_blocks
from courses.blocks.questions.base import plain
from courses.questions import KINDS
from courses.questions.base import words


class QuestionCategory(models.Model):
    """A shelf of the question bank."""

    name = models.CharField("nazwa", max_length=100, unique=True)

    panels = [FieldPanel("name")]

    class Meta:
        verbose_name = "kategoria pytań"
        verbose_name_plural = "kategorie pytań"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def kind_choices() -> list[tuple[str, str]]:
    """The kinds of questions; a function, so that one kind more makes no migration."""
    return [(kind, question.form.label) for kind, question in KINDS.items()]


class QuestionTag(TaggedItemBase):
    """That a question has a tag. Kept in the question's revisions, as a part of it."""

    content_object = ParentalKey("courses.Question", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = "tag pytania"
        verbose_name_plural = "tagi pytań"


class Question(  # type: ignore[django-manager-missing]  # taggit, below its tags, has no types
    PreviewableMixin, RevisionMixin, index.Indexed, ClusterableModel, models.Model
):
    """A question of the bank. Each saved change is a revision; attempts freeze the one they asked.

    `content` holds exactly one block, whose type is the kind of the question; `kind` repeats it for lists.
    """

    category = models.ForeignKey(QuestionCategory, models.PROTECT, related_name="questions", verbose_name="kategoria")
    title = models.CharField(
        "nazwa w bazie", max_length=150, help_text="Widzą ją tylko osoby, które redagują platformę."
    )
    kind = models.CharField("rodzaj", max_length=20, choices=kind_choices, editable=False, db_index=True)
    tags = ClusterTaggableManager(
        through=QuestionTag, blank=True, verbose_name="tagi", help_text="Oddzielaj je przecinkami."
    )
    content = StreamField(question_blocks(), min_num=1, max_num=1, verbose_name="pytanie")

    panels = [FieldPanel("title"), FieldPanel("category"), FieldPanel("tags"), FieldPanel("content")]
    search_fields = [
        index.SearchField("title", boost=2),
        index.AutocompleteField("title"),
        index.SearchField("prompt"),
        index.AutocompleteField("prompt"),
        index.RelatedFields("tags", [index.SearchField("name"), index.AutocompleteField("name")]),
        index.FilterField("id"),
        index.FilterField("kind"),
        index.FilterField("category"),
    ]

    class Meta:
        verbose_name = "pytanie"
        verbose_name_plural = "pytania"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The kind is that of the one block."""
        self.kind = self.content[0].block_type
        super().save(*args, **kwargs)

    @property
    def data(self) -> dict[str, Any]:
        """The question as plain data, as `courses.questions.load` reads it. No query: images are only named."""
        return plain(self.content.raw_data[0]["value"])

    @property
    def prompt(self) -> str:
        """What is asked, as plain text for the search."""
        return words(self.data["text"])

    @property
    def tag_names(self) -> list[str]:
        """The tags in the order of the alphabet; no query where `tagged_items__tag` was prefetched."""
        return sorted(item.tag.name for item in self.tagged_items.all())

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        return "courses/questions/preview.html"
