"""Statistics of H5P activities: who sees them, what they say, what they give away as files, what they cost."""

import csv
import re
from collections.abc import Callable
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from openpyxl import load_workbook

from courses.models import CoursePage, LessonPage
from elearning.accounts.models import User
from elearning.records.outline import Item
from elearning.reporting import activities_tables
from h5p.django.models import Attempt
from tests import make
from tests.courses import activities

from .conftest import ROLES, client_of

pytestmark = pytest.mark.django_db

LIST = "/redakcja/statystyki/aktywnosci/"
# Ten of the admin itself, as in the statistics of quizzes; at most seven of ours.
BUDGET = 17
PARENT = {"context": {"contextActivities": {"parent": [{"id": "http://example.org/h5p"}]}}}


def asked(question: str, response: str, verb: str = "answered", part: UUID | None = None) -> dict[str, Any]:
    """A statement about a part of the content."""
    extensions = {"http://h5p.org/x-api/h5p-subContentId": str(part or uuid4())}
    definition = {"interactionType": "other", "description": {"pl": question}, "extensions": extensions}
    found = activities.statement(
        1, 2, verb, **PARENT, object={"id": "http://example.org/h5p", "definition": definition}
    )
    found["result"]["response"] = response
    return {"statement": found}


@pytest.fixture
def course(site: Any) -> CoursePage:
    return make.course("Kurs o kooperacji", slug="kurs", lessons=0)


@pytest.fixture
def item(course: CoursePage) -> Item:
    activities.lesson(course, slug="lekcja")
    return activities.activities_of(course)[0]


@pytest.fixture
def play(course: CoursePage, item: Item) -> Callable[..., Attempt]:
    def played(person: User, *sent: dict[str, Any], at: Item | None = None) -> Attempt:
        if not person.enrolments.exists():
            make.enrolment(person, course)
        assert activities.send(client_of(person), person.pk, at or item, *sent).status_code == 200
        return Attempt.objects.filter(user=person).latest("pk")

    return played


@pytest.fixture
def people(learner: User, colleague: User, stranger: User) -> list[User]:
    return [learner, colleague, stranger]


def whole(raw: float) -> dict[str, Any]:
    return {"statement": activities.statement(raw, 4)}


def words(client: Client, path: str, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def addresses(item: Item, attempt: Attempt) -> list[str]:
    own = f"{LIST}{item.id}/"
    pages = [LIST, own, f"{own}podejscia/{attempt.pk}/"]
    files = [
        f"{start}.{kind}" for start in (LIST[:-1], f"{own}podejscia", f"{own}odpowiedzi") for kind in ("csv", "xlsx")
    ]
    return pages + files


def status(client: Client, path: str) -> int:
    """The status of an answer that was read to its end, which closes its file."""
    answer = client.get(path)
    assert answer.getvalue() if answer.streaming else answer.content or answer.status_code != 200
    return answer.status_code


def read_csv(client: Client, path: str, **query: str) -> list[list[str]]:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("role", ROLES)
def test_staff_read_everything(
    item: Item, play: Callable[..., Attempt], learner: User, as_member_of: Callable[[str], Client], role: str
) -> None:
    attempt = play(learner, whole(3))
    client = as_member_of(ROLES[role])
    for path in addresses(item, attempt):
        assert status(client, path) == 200, path
    assert LIST in words(client, "/redakcja/")


def test_administrators_read_and_nobody_else(
    item: Item,
    play: Callable[..., Attempt],
    people: list[User],
    administrator: User,
    as_member_of: Callable[[str], Client],
) -> None:
    attempt = play(people[0], whole(3))
    others = [*map(client_of, people), as_member_of("Autorki i autorzy")]
    for path in addresses(item, attempt):
        assert status(client_of(administrator), path) == 200, path
        assert Client().get(path).status_code == 302, path
        for client in others:
            assert client.get(path).status_code in {302, 403}, path


@pytest.mark.parametrize("may", [True, False])
def test_an_editor_of_another_region_reads_what_they_read_of_quizzes(
    item: Item, play: Callable[..., Attempt], learner: User, may: bool
) -> None:
    attempt = play(learner, whole(3))
    person, group = make.user("Ewa", "Region"), Group.objects.create(name="Inny region")
    names = ["access_admin", "view_enrolment"] if may else ["access_admin"]
    group.permissions.set(Permission.objects.filter(codename__in=names))
    person.groups.add(group)
    client = client_of(person)
    expected = client.get("/redakcja/statystyki/").status_code
    assert (expected == 200) is may
    for path in addresses(item, attempt):
        assert status(client, path) == expected, path


def test_the_list_tells_finished_from_completed(
    item: Item, play: Callable[..., Attempt], editor: Client, learner: User, colleague: User, stranger: User
) -> None:
    play(learner, whole(4))
    play(colleague, whole(2))
    play(stranger, {"open": True})
    page = words(editor, LIST)
    assert "Lekcja z aktywnością" in page
    assert "Kurs o kooperacji" in page
    assert re.search(r"<td>3</td>\s*<td>2</td><td>1</td><td>75%</td>", page)
    assert "Wynik podany przez przeglądarkę" in page
    shown = words(editor, f"{LIST}{item.id}/")
    assert "3 osoby rozpoczęły, 2 zakończyły, 1 ukończyła" in shown
    assert "3 podejścia." in shown
    assert "2 z\xa04\xa0pkt" in shown


def test_an_activity_that_left_the_course_keeps_its_attempts(
    item: Item, play: Callable[..., Attempt], editor: Client, learner: User
) -> None:
    play(learner, whole(4))
    lesson = LessonPage.objects.get()
    lesson.body = [activities.TEXT]
    make.publish(lesson)
    assert "nie ma jej już" in words(editor, LIST)
    assert "100%" in words(editor, f"{LIST}{item.id}/")


def test_the_choice_of_attempts(
    item: Item, play: Callable[..., Attempt], editor: Client, learner: User, colleague: User
) -> None:
    for raw in (1, 4):
        play(learner, whole(raw))
    play(colleague, whole(2))
    own = f"{LIST}{item.id}/"
    scores = {
        choice: [row[5] for row in read_csv(editor, f"{own}podejscia.csv", podejscia=choice)[1:]]
        for choice in ("", "pierwsze", "ostatnie")
    }
    assert {name: sorted(found) for name, found in scores.items()} == {
        "": ["100", "25", "50"],
        "pierwsze": ["25", "50"],
        "ostatnie": ["100", "50"],
    }
    assert "podejscia.csv?podejscia=pierwsze" in words(editor, own, podejscia="pierwsze")
    assert "nie ma podejść" in words(editor, own, do="2020-01-01")
    assert editor.get(f"{own}odpowiedzi.csv", {"od": "wczoraj"}).status_code == 400


def test_an_attempt_opens_to_its_answers(
    item: Item, play: Callable[..., Attempt], editor: Client, learner: User
) -> None:
    attempt = play(
        learner,
        asked("Kto <b>prowadzi</b>?", "<script>Powiat</script>"),
        asked("Ile gmin?", "12", "interacted"),
        whole(3),
    )
    page = words(editor, f"{LIST}{item.id}/podejscia/{attempt.pk}/")
    assert "Kto prowadzi ?" in page
    assert "<script>Powiat" not in page
    assert "Powiat" in page
    assert re.search(r"<td>12</td>\s*<td>1 z\xa02\xa0pkt</td><td>część, w\xa0trakcie pracy \(interacted\)</td>", page)
    assert re.search(r"<td>3 z\xa04\xa0pkt</td><td>całość</td>", page)


def test_files_hold_the_same_and_no_formula(
    item: Item, play: Callable[..., Attempt], editor: Client, learner: User
) -> None:
    play(learner, asked("=1+1", "@SUM(A1)"), whole(3))
    path = f"{LIST}{item.id}/odpowiedzi"
    lines = read_csv(editor, f"{path}.csv")
    assert lines[0] == activities_tables.ANSWER_HEAD
    assert [line[4:] for line in lines[1:]] == [["część", "'=1+1", "'@SUM(A1)", "1", "2"], ["całość", "", "", "3", "4"]]
    sheet = load_workbook(BytesIO(editor.get(f"{path}.xlsx").getvalue())).active
    assert sheet is not None
    assert sheet.title == "Odpowiedzi"
    assert [str(cell.value) for cell in sheet[2]][5:7] == ["'=1+1", "'@SUM(A1)"]
    row = read_csv(editor, f"{LIST[:-1]}.csv")[1]
    assert row == ["Karta", "Lekcja z aktywnością", "Kurs o kooperacji", "tak", "1", "1", "1", "75"]


def test_what_is_unknown_is_not_found(
    item: Item, course: CoursePage, play: Callable[..., Attempt], editor: Client, learner: User
) -> None:
    attempt = play(learner, whole(3))
    activities.page(course, slug="cwiczenie")
    other = activities.activities_of(course)[1]
    for path in (f"{uuid4()}/", f"{uuid4()}/podejscia.csv", f"{other.id}/podejscia/{attempt.pk}/"):
        assert editor.get(f"{LIST}{path}").status_code == 404, path
    assert editor.post(LIST).status_code == 405


def test_query_budgets_do_not_grow_with_rows(
    item: Item,
    course: CoursePage,
    play: Callable[..., Attempt],
    editor: Client,
    learner: User,
    django_assert_max_num_queries: Any,
) -> None:
    activities.page(course, slug="cwiczenie")
    attempt = play(learner, *[asked(f"Pytanie {number}", "tak") for number in range(5)], whole(3))
    for _number in range(5):
        play(make.user(), whole(4))
    words(editor, LIST)
    for path in addresses(item, attempt):
        with django_assert_max_num_queries(BUDGET):
            assert status(editor, path) == 200


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, "–"), (0, "0\xa0s"), (45, "45\xa0s"), (725, "12\xa0min\xa05\xa0s"), (3905, "1\xa0godz.\xa05\xa0min")],
)
def test_times_in_words(seconds: int | None, text: str) -> None:
    assert activities_tables.duration(seconds) == text
