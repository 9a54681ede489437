"""The screens of the bank: who sees them, finding, versions, where a question is used, changes to many at once."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Revision

from courses import question_bank
from courses.models import Question, QuestionCategory, QuizPage
from elearning.accounts.models import User
from tests import make

from .samples import SAMPLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexing")]

MOVE = reverse("wagtail_bulk_action", args=["courses", "question", "move"])
TAG = reverse("wagtail_bulk_action", args=["courses", "question", "tag"])


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


def member(group: str) -> User:
    person = make.user(is_staff=True)
    person.groups.add(Group.objects.get(name=group))
    return person


@pytest.fixture
def editor() -> User:
    return member("Redakcja")


@pytest.fixture
def admin(client: Client, editor: User) -> Client:
    """A browser in which an editor is logged in."""
    client.force_login(editor)
    return client


def url(name: str, *args: object, model: type[Any] = Question) -> str:
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def chosen(*questions: Question) -> str:
    """The questions that a bulk action is about, as the list names them."""
    return f"?next={url('list')}&" + "&".join(f"id={question.pk}" for question in questions)


def question(title: str = "Pytanie", kind: str = "number", category: str = "Wspólne") -> Question:
    made = make.question(kind, SAMPLES[kind], title=title)
    if category != "Wspólne":
        made.category = make.category(category)
        made.save()
    return made


def drawing_quiz(category: QuestionCategory, count: int, title: str = "Test losowany") -> QuizPage:
    page = make.quiz(make.course(), title)
    page.questions = [("draw", {"category": category, "count": count, "points": 1})]
    page = make.publish(page)
    assert isinstance(page, QuizPage)
    return page


# --- Who --------------------------------------------------------------------------------------------------------------

ROLES = {"stranger": 302, "learner": 403, "trainer": 302, "editor": 200, "administrator": 200}


@pytest.fixture(params=sorted(ROLES))
def role(request: pytest.FixtureRequest, client: Client, learner: User, administrator: User, editor: User) -> str:
    people = {"learner": learner, "trainer": None, "editor": editor, "administrator": administrator}
    if request.param == "trainer":
        people["trainer"] = member("Prowadzący")
    if request.param != "stranger":
        client.force_login(people[request.param])  # type: ignore[arg-type]
    return str(request.param)


@pytest.mark.parametrize("screen", ["list", "edit", "usage", "history", "revisions_view"])
def test_only_editors_and_administrators_open_the_screens(client: Client, role: str, screen: str) -> None:
    made = question()
    args = {"list": (), "revisions_view": (made.pk, made.latest_revision_id)}.get(screen, (made.pk,))

    answer = client.get(url(screen, *args))

    assert answer.status_code == ROLES[role]


@pytest.mark.parametrize(("action", "form"), [(MOVE, {"category": "x"}), (TAG, {"tags": "prawo"})])
def test_only_editors_and_administrators_change_many_questions(
    client: Client, role: str, action: str, form: dict[str, str]
) -> None:
    made, target = question(), make.category("Prawo")
    if "category" in form:
        form = {"category": str(target.pk), "confirmed": str(target.pk)}
    may = ROLES[role] == 200

    opened = client.get(action + chosen(made))
    client.post(action + chosen(made), form)

    assert (opened.status_code == 200) is may
    made = Question.objects.get(pk=made.pk)
    assert (made.category == target or made.tag_names == ["prawo"]) is may


# --- Finding ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def three(admin: Client) -> None:
    """Three questions, in the index of the search."""
    tagged = question("Procent badanych", "number")
    tagged.tags.add("statystyka")
    tagged.save()
    question("Skrót PZK", "gaps", "Miasta")
    question("Rzeka", "short_text", "Miasta")
    call_command("update_index", verbosity=0)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "skrót"}, {"Skrót PZK"}),
        ({"q": "badan"}, {"Procent badanych"}),
        ({"q": "partnerski"}, {"Skrót PZK"}),
        ({"q": "łódzkim"}, {"Rzeka"}),
        ({"q": "statyst"}, {"Procent badanych"}),
        ({"q": "brak takiego słowa"}, set()),
        ({"kind": "gaps"}, {"Skrót PZK"}),
        ({"category": "Miasta"}, {"Skrót PZK", "Rzeka"}),
        ({"category": "Miasta", "kind": "short_text"}, {"Rzeka"}),
        ({"tags": "statystyka"}, {"Procent badanych"}),
        ({"tags": "statystyka", "q": "procent"}, {"Procent badanych"}),
        ({"tags": "statystyka", "q": "skrót"}, set()),
        ({"category": "Miasta", "q": "procent"}, set()),
        ({}, {"Procent badanych", "Skrót PZK", "Rzeka"}),
    ],
)
@pytest.mark.usefixtures("three")
def test_questions_are_found_by_their_words_tags_kind_and_category(
    admin: Client, query: dict[str, str], found: set[str]
) -> None:
    if "category" in query:
        query = {**query, "category": str(make.category(query["category"]).pk)}
    if "tags" in query:
        query = {**query, "tags": str(Question.tags.get(name=query["tags"]).pk)}

    page = admin.get(url("list_results"), query).content.decode()

    assert {title for title in ("Procent badanych", "Skrót PZK", "Rzeka") if title in page} == found


@pytest.mark.parametrize("query", [{}, {"q": "pytanie"}, {"category": "1"}])
def test_the_list_of_fifty_costs_few_queries(
    admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries, query: dict[str, str]
) -> None:
    for number in range(50):
        made = question(f"Pytanie {number:02}", category=f"Kategoria {number % 5}")
        made.tags.add("jeden", f"tag {number}")
        made.save()
    call_command("update_index", verbosity=0)
    if "category" in query:
        query = {"category": str(make.category("Kategoria 1").pk)}
    admin.get(url("list"))

    with django_assert_max_num_queries(30):
        page = admin.get(url("list"), query).content.decode()

    assert page.count("jeden, tag ") == (10 if "category" in query else 50)


def test_the_list_of_categories_tells_their_size_and_costs_few_queries(
    admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(50):
        question(category=f"Kategoria {number:02}")
    admin.get(url("list", model=QuestionCategory))

    with django_assert_max_num_queries(25):
        page = admin.get(url("list", model=QuestionCategory)).content.decode()

    assert "Kategoria 49" in page
    assert "Liczba pytań" in page


# --- Versions ---------------------------------------------------------------------------------------------------------


def test_each_version_is_listed_previewed_and_compared(admin: Client, editor: User) -> None:
    made = question("Pierwsza nazwa")
    first = made.latest_revision_id
    made.content = [("true_false", {"text": "<p>Drugie brzmienie.</p>", "answer": True, "feedback": ""})]
    made.tags.add("prawo")
    made.save()
    made.save_revision(user=editor, log_action=True)

    history = admin.get(url("history", made.pk)).content.decode()
    old = admin.get(url("revisions_view", made.pk, first)).content.decode()
    new = admin.get(url("revisions_view", made.pk, made.latest_revision_id)).content.decode()
    compared = admin.get(url("revisions_compare", made.pk, first, made.latest_revision_id)).content.decode()

    assert url("revisions_view", made.pk, made.latest_revision_id) in history
    assert "Ile procent badanych?" in old
    assert "Drugie brzmienie" not in old
    assert "Drugie brzmienie" in new
    assert "Drugie brzmienie" in compared


def test_tags_are_a_part_of_each_version() -> None:
    made = question()
    made.tags.add("prawo")
    made.save()
    revision = made.save_revision()

    assert revision.as_object().tag_names == ["prawo"]
    assert Revision.objects.for_instance(made).first().as_object().tag_names == []


# --- Where ------------------------------------------------------------------------------------------------------------


def test_the_places_that_use_a_question_are_named_draws_included(
    admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made = question()
    question("Inne")
    make.quiz(make.course("Kurs pierwszy"), "Test wybrany", questions=[made])
    drawing_quiz(made.category, 2)
    drawing_quiz(make.category("Prawo"), 1, "Test obcy")
    for number in range(8):
        drawing_quiz(made.category, 2, f"Test {number}")
    admin.get(url("usage", made.pk))

    with django_assert_max_num_queries(25):
        page = admin.get(url("usage", made.pk)).content.decode()

    assert "Test wybrany" in page
    assert "Kurs pierwszy" in page
    assert "pytanie wybrane do testu" in page
    assert "Test losowany" in page
    assert "losowanie z kategorii „Wspólne”: 2 z 2" in page
    assert "Test obcy" not in page


def test_a_draw_counts_only_questions_that_the_quiz_does_not_ask_anyway() -> None:
    made, category = question(), make.category()
    question("Inne")
    page = drawing_quiz(category, 2)
    page.questions = [("question", {"question": made, "points": 1}), *[(c.block_type, c.value) for c in page.questions]]
    make.publish(page)

    (draw,) = question_bank.drawing_from([category])

    assert (draw.wanted, draw.found, draw.is_short) == (2, 1, True)


# --- Many at once -----------------------------------------------------------------------------------------------------


def test_a_move_tells_first_how_many_and_which_quizzes_draw(admin: Client) -> None:
    first, second, staying = question("Pierwsze"), question("Drugie"), question("Trzecie", category="Prawo")
    question("Zostaje")
    drawing_quiz(first.category, 2, "Test, któremu zabraknie")
    drawing_quiz(staying.category, 1, "Test z prawa")
    address = MOVE + chosen(first, second, staying)
    target = make.category("Prawo")

    asked = admin.get(address).content.decode()
    shown = admin.post(address, {"category": target.pk}).content.decode()

    assert "Liczba zaznaczonych pytań: 3" in asked
    assert "do kategorii „Prawo”: <strong>2</strong>. Liczba pytań, które już w niej są: 1." in shown
    assert "Test, któremu zabraknie" in shown
    assert "zostanie w&nbsp;niej do wylosowania: 1" in shown
    assert "To za mało" in shown
    assert "Test z prawa" in shown
    assert Question.objects.filter(category=target).count() == 1


def test_a_confirmed_move_is_a_version_of_each_question(admin: Client, editor: User) -> None:
    first, second = question("Pierwsze"), question("Drugie")
    target = make.category("Prawo")

    answer = admin.post(MOVE + chosen(first, second), {"category": target.pk, "confirmed": target.pk}, follow=True)

    assert "Liczba przeniesionych pytań: 2." in answer.content.decode()
    for made in Question.objects.all():
        assert made.category == target
        assert made.revisions.count() == 2
        assert made.latest_revision.user == editor
        assert made.latest_revision.as_object().category == target


def test_another_choice_than_the_confirmed_one_is_shown_again(admin: Client) -> None:
    made, other, target = question(), make.category("Miasta"), make.category("Prawo")

    shown = admin.post(MOVE + chosen(made), {"category": target.pk, "confirmed": other.pk}).content.decode()

    assert "Przenieś pytania" in shown
    assert Question.objects.get().category == make.category()


@pytest.mark.parametrize("category", ["", "0", "x"])
def test_a_move_to_nowhere_changes_nothing(admin: Client, category: str) -> None:
    made = question()

    answer = admin.post(MOVE + chosen(made), {"category": category, "confirmed": category})

    assert answer.status_code == 200
    assert Question.objects.get().category == make.category()
    assert made.revisions.count() == 1


def test_a_move_to_where_a_question_is_makes_no_version(editor: User) -> None:
    made = question()

    assert question_bank.move([made], make.category(), user=editor) == 0
    assert made.revisions.count() == 1


def test_tags_are_added_to_many_and_those_there_stay(admin: Client) -> None:
    first, second = question("Pierwsze"), question("Drugie")
    first.tags.add("prawo")
    first.save()

    admin.get(TAG + chosen(first, second))
    answer = admin.post(TAG + chosen(first, second), {"tags": "prawo, gmina wiejska"}, follow=True)

    assert "Pytania z nowymi tagami: 2." in answer.content.decode()
    assert {tuple(made.tag_names) for made in Question.objects.all()} == {("gmina wiejska", "prawo")}
    assert question_bank.tag([first, second], ["prawo"], user=User.objects.get(pk=admin.session["_auth_user_id"])) == 0


# --- Deleting ---------------------------------------------------------------------------------------------------------


def test_a_question_that_a_draw_needs_is_not_deleted(admin: Client) -> None:
    made = question()
    question("Inne")
    drawing_quiz(made.category, 2)

    answer = admin.post(url("delete", made.pk))

    assert answer.status_code == 409
    assert "Potrzebuje ich 2, a po usunięciu zostanie 1" in answer.content.decode()
    assert Question.objects.count() == 2


def test_a_question_that_a_draw_can_spare_is_deleted(admin: Client) -> None:
    made = question()
    question("Inne")
    drawing_quiz(made.category, 1)

    admin.post(url("delete", made.pk))

    assert [left.title for left in Question.objects.all()] == ["Inne"]


def test_a_category_in_use_is_not_deleted_and_the_reasons_are_named(admin: Client) -> None:
    made = question()
    drawing_quiz(make.category("Prawo"), 1, "Test z prawa")

    full = admin.post(url("delete", made.category.pk, model=QuestionCategory))
    drawn = admin.post(url("delete", make.category("Prawo").pk, model=QuestionCategory))

    assert (full.status_code, drawn.status_code) == (409, 409)
    assert "Liczba pytań w tej kategorii: 1" in full.content.decode()
    assert "Test z prawa" in drawn.content.decode()
    assert QuestionCategory.objects.count() == 2


def test_an_empty_category_is_deleted(admin: Client) -> None:
    category = make.category("Prawo")

    admin.post(url("delete", category.pk, model=QuestionCategory))

    assert not QuestionCategory.objects.exists()
