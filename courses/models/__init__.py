"""Pages of courses and the question bank."""

from .imports import QuestionImport
from .lessons import LessonPage
from .questions import Question, QuestionCategory
from .quizzes import QuizPage
from .tracks import CatalogueIndexPage, CoursePage, ModulePage

__all__ = [
    "CatalogueIndexPage",
    "CoursePage",
    "LessonPage",
    "ModulePage",
    "Question",
    "QuestionCategory",
    "QuestionImport",
    "QuizPage",
]
