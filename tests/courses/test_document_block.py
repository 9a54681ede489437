"""The document of a lesson: always the version in force, for those who may open it."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from courses.models import CoursePage
from library.models import DocumentPage
from tests import make
from tests.library import documents

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(site: Any) -> CoursePage:
    return make.course("Kurs", slug="kurs", lessons=0)


def lesson_with(course: CoursePage, *chosen: DocumentPage) -> str:
    body = [
        ("document", {"title": f"Wzór {number}", "description": "Do wypełnienia.", "document": document})
        for number, document in enumerate(chosen, 1)
    ]
    lesson = make.lesson(course, slug="lekcja", body=body)
    return str(lesson.get_url())


@pytest.fixture
def reader(course: CoursePage, learner: Any, as_learner: Client) -> Client:
    return as_learner


def test_a_lesson_leads_to_the_version_in_force(course: CoursePage, learner: Any, reader: Client) -> None:
    document = documents.document()
    documents.version(document, days=-30)
    documents.version(document, days=-1)
    url = lesson_with(course, document)
    make.enrolment(learner, course)
    page = reader.get(url).content.decode()
    assert f'href="/dokumenty/{document.slug}/-/wypelnij/"' in page
    assert f'href="/dokumenty/{document.slug}/-/plik/docx/"' in page
    assert "Wkrótce w tym miejscu" not in page


def test_a_document_without_a_version_in_force_is_not_offered(course: CoursePage, learner: Any, reader: Client) -> None:
    document = documents.document()
    documents.version(document, days=10)
    url = lesson_with(course, document)
    make.enrolment(learner, course)
    page = reader.get(url).content.decode()
    assert "Tego wzoru teraz nie ma." in page
    assert "/-/wypelnij/" not in page


def test_a_restricted_document_is_not_offered_to_others(course: CoursePage, learner: Any, reader: Client) -> None:
    document = documents.document()
    documents.version(document)
    PageViewRestriction.objects.create(page=document, restriction_type=PageViewRestriction.GROUPS)
    url = lesson_with(course, document)
    make.enrolment(learner, course)
    assert "Tego wzoru teraz nie ma." in reader.get(url).content.decode()


def test_two_documents_take_the_same_queries_each(
    course: CoursePage, learner: Any, reader: Client, django_assert_max_num_queries: Any
) -> None:
    chosen = [documents.document(f"Wzór {number}") for number in range(3)]
    for document in chosen:
        documents.version(document)
    url = lesson_with(course, *chosen)
    make.enrolment(learner, course)
    reader.get(url)
    with django_assert_max_num_queries(12 + 3 * 3):
        reader.get(url)
