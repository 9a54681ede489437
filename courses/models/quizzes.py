"""Quizzes: which questions are asked, and by which rules."""

from decimal import Decimal
from random import SystemRandom
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.snippets.blocks import SnippetChooserBlock

from courses import drawing, papers, quiz_rules
from courses.quiz_form import QuizPageForm
from elearning.records.attempt_rules import FrozenQuestion, Rules

from .tracks import CourseContent


class PointsBlock(blocks.IntegerBlock):
    """The weight of a question among the others."""

    class Meta:
        label = "Punkty"
        default = 1


class CountBlock(blocks.IntegerBlock):
    """How many questions are drawn."""

    class Meta:
        label = "Liczba pytań"
        default = 3


class ChosenQuestionBlock(SnippetChooserBlock):
    """A question of the bank."""

    class Meta:
        label = "Pytanie"
        icon = "help"


class ChosenCategoryBlock(SnippetChooserBlock):
    """A category of the bank."""

    class Meta:
        label = "Kategoria"
        icon = "folder-open-inverse"


class QuizQuestionBlock(blocks.StructBlock):
    """One chosen question of the bank and its weight."""

    question = ChosenQuestionBlock("courses.Question")
    points = PointsBlock(min_value=1, max_value=100)

    class Meta:
        icon = "help"
        label = "Pytanie z bazy"
        label_format = "{question}"


class DrawBlock(blocks.StructBlock):
    """Questions drawn from a category, others in each attempt."""

    category = ChosenCategoryBlock("courses.QuestionCategory")
    count = CountBlock(min_value=1, max_value=100)
    points = PointsBlock(min_value=1, max_value=100)

    class Meta:
        icon = "rotate"
        label = "Pytania losowane z kategorii"
        label_format = "{count} z kategorii {category}"


class QuizPage(CourseContent):
    """A quiz of a course: chosen questions, pass mark, attempts, and what is shown afterwards."""

    class Review(models.TextChoices):
        NONE = "none", "nic"
        SCORE = "score", "tylko wynik"
        ANSWERS = "answers", "wynik i własne odpowiedzi"
        FEEDBACK = "feedback", "wynik, własne odpowiedzi i wyjaśnienia"
        KEY = "key", "wynik, odpowiedzi, klucz i wyjaśnienia"

    class ReviewWhen(models.TextChoices):
        AT_ONCE = "at_once", "od razu"
        CLOSING = "closing", "po zamknięciu testu"

    class Counts(models.TextChoices):
        BEST = "best", "najlepsze"
        LAST = "last", "ostatnie"
        FIRST = "first", "pierwsze"
        AVERAGE = "average", "średnia"

    required = models.BooleanField("wymagany", default=True, help_text="Bez niego nie można ukończyć kursu.")
    minutes = models.PositiveSmallIntegerField("przewidywany czas w minutach", default=10)
    intro = RichTextField("wstęp", blank=True, features=["bold", "italic", "ul", "ol", "link"])
    pass_mark = models.PositiveSmallIntegerField(
        "próg zaliczenia w %", default=70, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    attempts_allowed = models.PositiveSmallIntegerField("liczba podejść", default=0, help_text="0 oznacza bez limitu.")
    time_limit = models.PositiveSmallIntegerField(
        "limit czasu podejścia w minutach", default=0, help_text="0 oznacza bez limitu. Czas liczy serwer."
    )
    opens_at = models.DateTimeField("otwarty od", null=True, blank=True)
    closes_at = models.DateTimeField(
        "otwarty do", null=True, blank=True, help_text="Wtedy kończą się też podejścia, które trwają."
    )
    pause = models.PositiveIntegerField(
        "przerwa między podejściami w minutach", default=0, help_text="0 oznacza bez przerwy. Doba to 1440 minut."
    )
    shuffle_questions = models.BooleanField("losowa kolejność pytań", default=False)
    shuffle_options = models.BooleanField("losowa kolejność odpowiedzi", default=True)
    review = models.CharField("co widać po podejściu", max_length=10, choices=Review, default=Review.KEY)
    review_when = models.CharField("kiedy to widać", max_length=10, choices=ReviewWhen, default=ReviewWhen.AT_ONCE)
    counts = models.CharField("które podejście się liczy", max_length=10, choices=Counts, default=Counts.BEST)
    pre_test = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="post_tests",
        verbose_name="test wstępny",
        help_text="Wskaż go w teście końcowym. Osoba, która rozwiąże oba testy, zobaczy swój przyrost wiedzy.",
    )
    questions = StreamField(
        [("question", QuizQuestionBlock()), ("draw", DrawBlock())], verbose_name="pytania", blank=True
    )

    base_form_class = QuizPageForm
    template = "courses/quiz_preview.html"  # for editors; learners get the quiz from `courses.views`
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    content_panels = [
        *CourseContent.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("required"), FieldPanel("minutes")]),
                FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("counts")]),
                FieldRowPanel([FieldPanel("attempts_allowed"), FieldPanel("pause")]),
                FieldRowPanel([FieldPanel("shuffle_questions"), FieldPanel("shuffle_options")]),
                FieldRowPanel([FieldPanel("review"), FieldPanel("review_when")]),
            ],
            heading="Zasady testu",
        ),
        MultiFieldPanel(
            [
                FieldPanel("time_limit"),
                FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            ],
            heading="Czas",
        ),
        PageChooserPanel("pre_test", "courses.QuizPage"),
        FieldPanel("questions"),
    ]

    class Meta:
        verbose_name = "test"
        verbose_name_plural = "testy"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The questions as learners will see them, for the preview; of those drawn, one draw."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        try:
            questions = self.draw()
        except drawing.TooFewQuestions as error:
            questions, context["error"] = [], str(error)
        context["sheets"] = [
            papers.sample(question.kind, question.data, number=number, points=question.points)
            for number, question in enumerate(questions, 1)
        ]
        context["facts"] = quiz_rules.facts(self.rules, questions=self.size, minutes=self.minutes, used=0)
        return context

    @property
    def rules(self) -> Rules:
        """The settings as an attempt that starts now takes them over."""
        return Rules(
            pass_mark=Decimal(self.pass_mark) / 100,
            attempts_allowed=self.attempts_allowed,
            shuffle=self.shuffle_options,
            review=self.review,
            review_when=self.review_when,
            counts=self.counts,
            time_limit=self.time_limit,
            pause=self.pause,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
        )

    @property
    def size(self) -> int:
        """How many questions an attempt asks. One query for each kind of line."""
        return drawing.size(self.questions)

    def draw(self) -> list[FrozenQuestion]:
        """The questions that an attempt which starts now asks. Four queries. Raises `drawing.TooFewQuestions`."""
        return drawing.draw(self.questions, chance=SystemRandom(), shuffle=self.shuffle_questions)
