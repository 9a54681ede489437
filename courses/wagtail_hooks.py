"""What courses add to the admin."""

from collections.abc import Iterator

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from courses.models import QuizPage, TrainingPage
from courses.trainings import access as training_access
from courses.trainings import desk_log as training_desk_log
from courses.trainings import viewsets as training_viewsets
from courses.views import bank, deletion, exchange_files, h5p_export, learners, marking, regrades
from courses.views.trainings import materials
from elearning.accounts.models import User
from elearning.records import access
from elearning.records.models import Answer, Enrolment
from elearning.records.staff_lists import ViewOnly, ViewWhere

register_permission_policy(Answer, ViewWhere(Answer, access.may_see_marks))
register_permission_policy(Enrolment, ViewOnly(Enrolment))
register_snippet(bank.BankViewSetGroup)
register_snippet(training_viewsets.TrainingsGroup)
hooks.register("register_trainings_menu_item", training_viewsets.desk_menu_item)
hooks.register("register_log_actions", training_desk_log.register_actions)
hooks.register("before_delete_snippet", bank.refuse_deletion)
hooks.register("register_bulk_action", bank.MoveQuestions)
hooks.register("register_bulk_action", bank.TagQuestions)
hooks.register("before_delete_page", deletion.keep_page)
hooks.register("before_bulk_action", deletion.keep_pages)
hooks.register("before_serve_document", materials.keep_back)


@hooks.register("register_admin_viewset")
def question_exchange() -> exchange_files.ExchangeViewSet:
    return exchange_files.ExchangeViewSet()


@hooks.register("register_admin_viewset")
def learner_list() -> learners.EnrolmentViewSet:
    return learners.EnrolmentViewSet()


@hooks.register("register_admin_viewset")
def marking_queue() -> marking.QueueViewSet:
    return marking.QueueViewSet()


@hooks.register("register_admin_urls")
def regrade_urls() -> list[URLResolver]:
    return [path("przelicz/", include((regrades.URLS, "przelicz")))]


@hooks.register("register_admin_urls")
def h5p_export_urls() -> list[URLResolver]:
    return [path("test-h5p/", include((h5p_export.URLS, "test_h5p")))]


@hooks.register("register_admin_urls")
def training_desk_urls() -> list[URLResolver]:
    return [path("szkolenia/", include("courses.trainings.desk_urls"))]


@hooks.register("register_page_header_buttons")
def quiz_buttons(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    yield from _regrade_button(page, user)
    yield from _h5p_button(page, user)
    yield from _desk_button(page, user)


@hooks.register("register_page_listing_more_buttons")
def quiz_listing_buttons(page: Page, user: User, next_url: str | None = None) -> Iterator[Button]:
    yield from _regrade_button(page, user)
    yield from _h5p_button(page, user)
    yield from _desk_button(page, user)


def _regrade_button(page: Page, user: User) -> Iterator[Button]:
    """„Przelicz wyniki” at a quiz. The class of a page is known without a query."""
    if page.pk and page.cached_content_type.model_class() is QuizPage and access.may_see_regrades(user):
        url = reverse("przelicz:quiz", args=[page.pk])
        yield Button("Przelicz wyniki", url, icon_name="rotate", priority=45)


def _h5p_button(page: Page, user: User) -> Iterator[Button]:
    """„Pobierz jako H5P” at a quiz."""
    if page.pk and page.cached_content_type.model_class() is QuizPage and h5p_export.may_download(user, page):
        url = reverse("test_h5p:quiz", args=[page.pk])
        yield Button("Pobierz jako H5P", url, icon_name="download", priority=46)


def _desk_button(page: Page, user: User) -> Iterator[Button]:
    """„Biurko szkolenia” at a training."""
    is_training = page.pk and page.cached_content_type.model_class() is TrainingPage
    if is_training and training_access.may_look(user, page):
        url = reverse("training_desk:training", args=[page.pk])
        yield Button("Biurko szkolenia", url, icon_name="group", priority=44)
