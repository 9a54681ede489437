from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """Courses, lessons and quizzes: their pages and their delivery to learners."""

    name = "courses"
    verbose_name = "kursy"
