"""Pages of courses and the question bank."""

from .activities import ActivityPage
from .imports import QuestionImport
from .lessons import LessonPage
from .questions import Question, QuestionCategory
from .quizzes import QuizPage
from .tracks import CatalogueIndexPage, CoursePage, ModulePage
from .trainings import ConsentClause, TrainingIndexPage, TrainingPage, TrainingQuota, TrainingSeries

__all__ = [
    "ActivityPage",
    "CatalogueIndexPage",
    "ConsentClause",
    "CoursePage",
    "LessonPage",
    "ModulePage",
    "Question",
    "QuestionCategory",
    "QuestionImport",
    "QuizPage",
    "TrainingIndexPage",
    "TrainingPage",
    "TrainingQuota",
    "TrainingSeries",
]
