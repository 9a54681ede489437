"""Statistics of films: who sees them, what they say, what they give away as files, what they cost."""

import csv
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from elearning.accounts.models import User
from elearning.reporting import films_tables
from media.models import FilmPage, Watch
from media.watching import length, share_of
from tests import make
from tests.media import films

from .conftest import ROLES, client_of

pytestmark = pytest.mark.django_db

LIST = "/redakcja/statystyki/filmy/"
# Ten of the admin itself, as in the statistics of quizzes; at most five of ours.
BUDGET = 15
MINUTE = 60_000


@pytest.fixture
def film(site: Any) -> FilmPage:
    """Ten minutes."""
    return films.film("Zespół", live=True, video=films.video(duration=10 * MINUTE))


def watch(film: FilmPage, person: User, *parts: tuple[int, int]) -> Watch:
    """Of parts in minutes."""
    played = [(start * MINUTE, end * MINUTE) for start, end in parts]
    return Watch.objects.create(
        user=person,
        film=film,
        played=[list(part) for part in played],
        watched=length(played),
        share=share_of(played, 10 * MINUTE),
        position=played[-1][1] if played else 0,
        counted_at=timezone.now(),
    )


def addresses(film: FilmPage) -> list[str]:
    own = f"{LIST}{film.pk}/"
    files = [f"{start}.{kind}" for start in (LIST[:-1], f"{own}ogladajacy") for kind in ("csv", "xlsx")]
    return [LIST, own, *files]


def status(client: Client, path: str) -> int:
    """The status of an answer that was read to its end, which closes its file."""
    answer = client.get(path)
    assert answer.getvalue() if answer.streaming else answer.content or answer.status_code != 200
    return answer.status_code


def read_csv(client: Client, path: str) -> list[list[str]]:
    return list(csv.reader(StringIO(client.get(path).getvalue().decode("utf-8-sig")), delimiter=";"))


def test_it_works(editor: Client, film: FilmPage, learner: User, colleague: User, stranger: User) -> None:
    watch(film, learner, (0, 10))
    watch(film, colleague, (0, 4))
    watch(film, stranger, (0, 2))
    page = editor.get(LIST).content.decode()
    assert re.search(r"<td>10:00</td><td>3</td><td>1</td><td>40%</td>", page)
    page = editor.get(f"{LIST}{film.pk}/").content.decode()
    assert "3 osoby rozpoczęły, 1 obejrzała co najmniej 90%" in page
    assert 'class="chart__drawing"' in page
    assert '<th scope="row">0:00</th><td>0:30</td><td>3</td>' in page
    assert '<th scope="row">9:30</th><td>10:00</td><td>1</td>' in page
    assert learner.last_name not in page  # who watches what of their own accord is nobody's business


@pytest.mark.parametrize("role", ROLES)
def test_staff_read_everything(film: FilmPage, as_member_of: Callable[[str], Client], role: str) -> None:
    client = as_member_of(ROLES[role])
    for path in addresses(film):
        assert status(client, path) == 200, path
    assert LIST in client.get("/redakcja/").content.decode()


def test_administrators_read_and_nobody_else(
    film: FilmPage, learner: User, administrator: User, as_member_of: Callable[[str], Client]
) -> None:
    watch(film, learner, (0, 10))
    for path in addresses(film):
        assert status(client_of(administrator), path) == 200, path
        assert Client().get(path).status_code == 302, path
        for client in (client_of(learner), as_member_of("Autorki i autorzy")):
            assert client.get(path).status_code in {302, 403}, path


def test_films_nobody_watched_and_films_that_are_not_counted(editor: Client, film: FilmPage, learner: User) -> None:
    watch(film, learner)
    elsewhere = films.film("Gdzie indziej", video=None, external_url="https://vimeo.com/123456", external_minutes=3)
    page = editor.get(LIST).content.decode()
    assert "Gdzie indziej</a> (nieopublikowany)" in page
    for found in (film, elsewhere):
        page = editor.get(f"{LIST}{found.pk}/").content.decode()
        assert "Nikt jeszcze nie oglądał tego filmu." in page
        assert "chart__drawing" not in page
    assert editor.get(f"{LIST}{film.get_parent().pk}/").status_code == 404
    assert editor.get(f"{LIST}999999/ogladajacy.csv").status_code == 404
    assert editor.post(LIST).status_code == 405


def test_files_hold_the_same(editor: Client, film: FilmPage, learner: User) -> None:
    watch(film, learner, (0, 3), (5, 6))
    path = f"{LIST}{film.pk}/ogladajacy"
    head, first, *others = read_csv(editor, f"{path}.csv")
    assert head == films_tables.STRETCH_HEAD
    assert first == ["0:00", "0:30", "1"]
    assert [row[2] for row in others[5:9]] == ["0", "0", "0", "0"]
    sheet = load_workbook(BytesIO(editor.get(f"{path}.xlsx").getvalue())).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == ["0:00", "0:30", 1]
    assert read_csv(editor, f"{LIST[:-1]}.csv")[1] == ["Zespół", "tak", "10:00", "1", "0", "40"]


def test_query_budgets_do_not_grow_with_rows(
    editor: Client, film: FilmPage, django_assert_max_num_queries: Any
) -> None:
    for other in (film, films.film("Drugi", live=True), films.film("Trzeci", live=True)):
        for _number in range(4):
            watch(other, make.user(), (0, 5))
    status(editor, LIST)
    for path in addresses(film):
        with django_assert_max_num_queries(BUDGET):
            assert status(editor, path) == 200
