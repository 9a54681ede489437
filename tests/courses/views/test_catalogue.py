"""The catalogue, open to everyone."""

import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db


def test_it_works(client: Client) -> None:
    make.course("Wiejski", hours=6, lessons=2)
    page = client.get("/kursy/").content.decode()
    assert "Wiejski" in page
    assert "6&nbsp;godzin dydaktycznych" in page
    assert "2&nbsp;lekcje" in page


def test_it_is_filtered_by_model(client: Client) -> None:
    make.course("Wiejski")
    page = client.get("/kursy/?model=urban").content.decode()
    assert "Wiejski" not in page
    assert "Nie ma takich kursów" in page


def test_an_unknown_filter_is_ignored(client: Client) -> None:
    make.course("Wiejski")
    assert "Wiejski" in client.get("/kursy/?model=%27%22%3C&forma=x").content.decode()


def test_an_unpublished_course_is_not_listed(client: Client) -> None:
    make.course("Wiejski").unpublish()
    assert "Nie ma jeszcze kursów" in client.get("/kursy/").content.decode()


@pytest.mark.parametrize("courses", [2, 6])
def test_query_budget_holds_as_rows_grow(client: Client, courses: int, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _number in range(courses):
        make.course("Kurs", lessons=1)
    with django_assert_max_num_queries(4):
        client.get("/kursy/")
