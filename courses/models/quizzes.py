"""Quizzes: which questions are asked, and by which rules."""

import secrets
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.snippets.blocks import SnippetChooserBlock

from courses import papers, quiz_rules
from elearning.records.attempts import FrozenQuestion, Rules

from .tracks import CourseContent


class QuizQuestionBlock(blocks.StructBlock):
    """One chosen question of the bank and its weight."""

    question = SnippetChooserBlock("courses.Question", label="Pytanie")
    points = blocks.IntegerBlock(label="Punkty", min_value=1, max_value=100, default=1)

    class Meta:
        icon = "help"
        label = "Pytanie z bazy"
        label_format = "{question}"


class QuizPage(CourseContent):
    """A quiz of a course: chosen questions, pass mark, attempts, and what is shown afterwards."""

    class Review(models.TextChoices):
        NONE = "none", "nic"
        SCORE = "score", "tylko wynik"
        ANSWERS = "answers", "wynik i własne odpowiedzi"
        KEY = "key", "wynik, odpowiedzi, klucz i wyjaśnienia"

    class Counts(models.TextChoices):
        BEST = "best", "najlepsze"
        LAST = "last", "ostatnie"
        FIRST = "first", "pierwsze"
        AVERAGE = "average", "średnia"

    required = models.BooleanField("wymagany", default=True, help_text="Bez niego nie można ukończyć kursu.")
    minutes = models.PositiveSmallIntegerField("czas w minutach", default=10)
    intro = RichTextField("wstęp", blank=True, features=["bold", "italic", "ul", "ol", "link"])
    pass_mark = models.PositiveSmallIntegerField(
        "próg zaliczenia w %", default=70, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    attempts_allowed = models.PositiveSmallIntegerField("liczba podejść", default=0, help_text="0 oznacza bez limitu.")
    shuffle_questions = models.BooleanField("losowa kolejność pytań", default=False)
    shuffle_options = models.BooleanField("losowa kolejność odpowiedzi", default=True)
    review = models.CharField("co widać po podejściu", max_length=10, choices=Review, default=Review.KEY)
    counts = models.CharField("które podejście się liczy", max_length=10, choices=Counts, default=Counts.BEST)
    questions = StreamField([("question", QuizQuestionBlock())], verbose_name="pytania", blank=True)

    template = "courses/quiz_preview.html"  # for editors; learners get the quiz from `courses.views`
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    content_panels = [
        *CourseContent.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("required"), FieldPanel("minutes")]),
                FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("attempts_allowed"), FieldPanel("counts")]),
                FieldRowPanel([FieldPanel("shuffle_questions"), FieldPanel("shuffle_options"), FieldPanel("review")]),
            ],
            heading="Zasady testu",
        ),
        FieldPanel("questions"),
    ]

    class Meta:
        verbose_name = "test"
        verbose_name_plural = "testy"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The questions as learners will see them, for the preview."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        questions = self.frozen_questions()
        context["sheets"] = [
            papers.sample(question.kind, question.data, number=number, points=question.points)
            for number, question in enumerate(questions, 1)
        ]
        context["facts"] = quiz_rules.facts(self.rules, questions=len(questions), minutes=self.minutes, used=0)
        return context

    @property
    def rules(self) -> Rules:
        """The settings as an attempt that starts now takes them over."""
        return Rules(
            pass_mark=Decimal(self.pass_mark) / 100,
            attempts_allowed=self.attempts_allowed,
            shuffle=self.shuffle_options,
            review=self.review,
            counts=self.counts,
        )

    def frozen_questions(self) -> list[FrozenQuestion]:
        """The questions as they stand now, in the order in which an attempt asks them. One query.

        Questions that are no longer in the bank are left out.
        """
        chosen = [child.value for child in self.questions if child.value["question"] is not None]
        questions = [
            FrozenQuestion(
                question=row["question"].pk,
                revision=row["question"].latest_revision_id,
                title=row["question"].title,
                kind=row["question"].kind,
                points=row["points"],
                data=row["question"].data,
            )
            for row in chosen
        ]
        if self.shuffle_questions:
            secrets.SystemRandom().shuffle(questions)
        return questions
