"""What the admin does beyond Wagtail: nothing that other rows need is deleted, and nobody meets an error instead."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Picture
from wagtail.images.models import Image
from wagtail.models import Page, Workflow

from courses.models import CoursePage, QuestionCategory
from elearning.accounts.models import User
from elearning.cms.models import Project
from tests import make

# Wagtail says so of what others refer to.
PROTECTED = "uniemożliwia"

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_editor(client: Client, administrator: User, settings: Any) -> Client:
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(administrator)
    return client


@pytest.fixture
def category() -> QuestionCategory:
    make.question("true_false", {"text": "<p>Prawda?</p>", "answer": True, "feedback": ""})
    return make.category()


@pytest.fixture
def project(indexing: None) -> Project:
    project = Project.objects.create(name="Liderzy kooperacji", funding_text="Ze środków UE")
    make.course("Kurs", project=project)
    return project


def bulk(model: str) -> str:
    return reverse("wagtail_bulk_action", args=[*model.split("."), "delete"])


def test_a_category_with_questions_stays(as_editor: Client, category: QuestionCategory) -> None:
    for url in (
        reverse("wagtailsnippets_courses_questioncategory:delete", args=[category.pk]),
        f"{bulk('courses.questioncategory')}?id={category.pk}",
    ):
        for answer in (as_editor.get(url), as_editor.post(url)):
            assert answer.status_code == 409
            assert "Najpierw przenieś je do innej kategorii" in answer.content.decode()
    assert QuestionCategory.objects.filter(pk=category.pk).exists()


def test_a_project_of_a_course_stays(as_editor: Client, project: Project) -> None:
    url = f"{bulk('cms.project')}?id={project.pk}"
    assert PROTECTED in as_editor.get(url).content.decode()
    assert as_editor.post(url).status_code == 302
    assert Project.objects.filter(pk=project.pk).exists()


def test_the_strip_of_signs_of_a_project_stays(as_editor: Client, indexing: None) -> None:
    file = io.BytesIO()
    Picture.new("RGB", (40, 30), "navy").save(file, "PNG")
    image = Image.objects.create(title="Znaki", file=ImageFile(file, "znaki.png"))
    Project.objects.create(name="Liderzy kooperacji", funding_text="Ze środków UE", logo_strip=image)
    url = f"{bulk('wagtailimages.image')}?id={image.pk}"
    assert PROTECTED in as_editor.get(url).content.decode()
    assert as_editor.post(url).status_code == 302
    assert Image.objects.filter(pk=image.pk).exists()


def test_a_person_with_records_stays(as_editor: Client, learner: User) -> None:
    make.enrolment(learner, make.course())
    single = as_editor.post(reverse("wagtailusers_users:delete", args=[learner.pk]))
    several = as_editor.post(f"{bulk('accounts.user')}?id={learner.pk}")
    assert [single.status_code, several.status_code] == [409, 409]
    assert "zapisy" in single.content.decode()
    assert User.objects.filter(pk=learner.pk).exists()


def test_what_nothing_needs_is_deleted(as_editor: Client, db: None) -> None:
    category = make.category()
    assert as_editor.post(f"{bulk('courses.questioncategory')}?id={category.pk}").status_code == 302
    assert not QuestionCategory.objects.exists()


def test_groups_and_the_workflow_have_polish_names(db: None) -> None:
    names = set(Group.objects.values_list("name", flat=True))
    assert names == {"Redakcja", "Autorki i autorzy", "Koordynacja", "Prowadzący"}
    assert [workflow.name for workflow in Workflow.objects.all()] == ["Akceptacja redakcji"]


def test_an_editor_of_the_group_publishes_and_keeps_the_bank(client: Client, settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False
    editor = make.user("Renata", "Redaktorska", is_staff=True)
    editor.groups.add(Group.objects.get(name="Redakcja"))
    client.force_login(editor)
    course = make.course()
    assert CoursePage.objects.get().permissions_for_user(editor).can_publish()
    assert client.get(reverse("wagtailadmin_pages:edit", args=[course.pk])).status_code == 200
    for name in ("courses_question", "courses_questioncategory", "cms_datum", "cms_project"):
        assert client.get(reverse(f"wagtailsnippets_{name}:list")).status_code == 200, name
    for name in ("wagtaildocs:add", "wagtailimages:add", "wagtaildocs:index"):
        assert client.get(reverse(name)).status_code == 200, name


@pytest.mark.parametrize("group", ["Koordynacja", "Prowadzący"])
def test_coordinators_and_trainers_enter_but_edit_nothing(client: Client, settings: Any, group: str) -> None:
    settings.STAFF_SECOND_FACTOR = False
    person = make.user(is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    client.force_login(person)
    course = make.course()
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[course.pk])).status_code == 302


def test_the_admin_wears_our_mark(as_editor: Client) -> None:
    page = as_editor.get(reverse("wagtailadmin_home")).content.decode()
    assert "img/mark.svg" in page
    assert "Kokpit - Modele Kooperacji</title>" in page
    assert "guide.wagtail.org/en/releases" not in page


def test_pages_are_listed_in_the_order_that_learners_meet(as_editor: Client) -> None:
    course = make.course(lessons=3)
    module = course.get_children().get()
    listed = as_editor.get(reverse("wagtailadmin_explore", args=[module.pk])).context["object_list"]
    assert [page.title for page in listed] == ["Lekcja 1", "Lekcja 2", "Lekcja 3"]


def test_the_root_of_all_pages_has_a_polish_name(db: None) -> None:
    assert Page.objects.get(depth=1).title == "Wszystkie strony"
