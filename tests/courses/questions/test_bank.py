"""The question bank: blocks, revisions, and the admin's lists and refusals."""

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from courses import question_bank
from courses.blocks.questions import question_blocks
from courses.models import Question
from courses.models.questions import kind_choices
from courses.outline import outline_of
from courses.questions import KINDS, load
from elearning.accounts.models import User
from elearning.records import attempts
from tests import make

from .samples import SAMPLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indexing")]


@pytest.fixture
def admin(client: Client, administrator: User, settings: Any) -> Client:
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(administrator)
    return client


def url(name: str, *args: object) -> str:
    return reverse(Question.snippet_viewset.get_url_name(name), args=args)


def test_every_kind_has_a_block_and_a_name_in_the_bank() -> None:
    assert [name for name, _block in question_blocks()] == list(KINDS) == [kind for kind, _label in kind_choices()]


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_question_keeps_what_its_kind_reads(kind: str) -> None:
    made = make.question(kind, SAMPLES[kind])

    kept = Question.objects.get(pk=made.pk)
    question = load(kept.kind, kept.data)

    assert kept.kind == kind
    assert kept.latest_revision_id
    assert question.grade(question.key()).share == (0 if question.graded_by_person else 1)
    assert question.describe_key() == load(kind, SAMPLES[kind]).describe_key()
    assert kept.data == Question.objects.get(pk=made.pk).data


def test_a_question_stored_before_answers_had_images_stays_as_it_is(admin: Client) -> None:
    options = [
        {"type": "item", "id": "a1", "value": {"text": "GOPS", "correct": False, "feedback": "<p>Nie.</p>"}},
        {"type": "item", "id": "b2", "value": {"text": "PCPR", "correct": True, "feedback": ""}},
    ]
    value = {"text": "<p>Która?</p>", "options": options, "feedback": ""}
    made = make.question("number", SAMPLES["number"])
    made.content = json.dumps([{"type": "single_choice", "id": "c3", "value": value}])
    made.save()

    kept = Question.objects.get(pk=made.pk)
    page = admin.get(url("edit", kept.pk))
    kept.content[0].value["text"]  # the whole block is read
    kept.save()
    again = Question.objects.get(pk=made.pk)

    assert page.status_code == 200
    for question in (kept, again):
        assert load(question.kind, question.data).key() == "b2"
        assert [(row["id"], row["text"], row["feedback"]) for row in question.data["options"]] == [
            ("a1", "GOPS", "<p>Nie.</p>"),
            ("b2", "PCPR", ""),
        ]


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_right_question_passes_its_block(kind: str) -> None:
    stream = Question._meta.get_field("content").stream_block
    stream.clean(make.question(kind, SAMPLES[kind]).content)


@pytest.mark.parametrize(
    ("kind", "change", "field"),
    [
        ("single_choice", {"options": [{"text": "a"}, {"text": "b"}]}, "options"),
        ("number", {"answer": "sto"}, "answer"),
        ("gaps", {"text": "<p>Bez luki</p>"}, "text"),
        ("ordering", {"items": ["a", "A"]}, "items"),
    ],
)
def test_what_makes_no_question_is_said_at_its_field(kind: str, change: dict[str, Any], field: str) -> None:
    block = dict(question_blocks())[kind]
    block.set_name(kind)

    with pytest.raises(ValidationError) as caught:
        block.clean(block.normalize({"feedback": "", **SAMPLES[kind], **change}))

    assert list(caught.value.block_errors) == [field]  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_block_has_a_preview(admin: Client, kind: str) -> None:
    block = dict(Question._meta.get_field("content").stream_block.child_blocks)[kind]

    answer = admin.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    assert block.is_previewable
    assert answer.status_code == 200
    assert '<fieldset class="question" id="q-podglad-1-pytanie"' in answer.content.decode()


def test_the_list_shows_kind_and_category_and_filters_by_them(
    admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make.question("number", SAMPLES["number"], title="Procent badanych")
    make.question("gaps", SAMPLES["gaps"], title="Skrót PZK")
    admin.get(url("list"))

    with django_assert_max_num_queries(25):
        page = admin.get(url("list")).content.decode()
    filtered = admin.get(url("list_results"), {"kind": "gaps"}).content.decode()

    assert "Procent badanych" in page
    assert "uzupełnij luki" in page
    assert "Wspólne" in page
    assert "Skrót PZK" in filtered
    assert "Procent badanych" not in filtered


def test_the_menu_groups_the_bank(admin: Client) -> None:
    menu = admin.get(reverse("wagtailadmin_home")).content.decode("unicode_escape")
    assert "Baza pytań" in menu


def test_the_edit_page_and_its_preview_open(admin: Client) -> None:
    question = make.question("matching", SAMPLES["matching"])

    assert admin.get(url("edit", question.pk)).status_code == 200
    assert admin.get(url("add")).status_code == 200


def test_an_unused_question_may_be_deleted(admin: Client) -> None:
    question = make.question("number", SAMPLES["number"])

    admin.post(url("delete", question.pk))

    assert not Question.objects.exists()


@pytest.fixture
def used() -> Question:
    question = make.question("number", SAMPLES["number"], title="Procent badanych")
    make.quiz(make.course(), "Sprawdź, co wiesz", questions=[question])
    return question


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_question_of_a_quiz_is_not_deleted_and_the_quiz_is_named(admin: Client, used: Question, method: str) -> None:
    answer = getattr(admin, method)(url("delete", used.pk))

    assert answer.status_code == 409
    assert "Sprawdź, co wiesz" in answer.content.decode()
    assert Question.objects.filter(pk=used.pk).exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_used_question_among_many_stops_the_bulk_delete(admin: Client, used: Question, method: str) -> None:
    other = make.question("gaps", SAMPLES["gaps"])
    bulk = reverse("wagtail_bulk_action", args=["courses", "question", "delete"])

    answer = getattr(admin, method)(f"{bulk}?id={used.pk}&id={other.pk}")

    assert answer.status_code == 409
    assert Question.objects.count() == 2


def test_a_question_answered_in_an_attempt_is_not_deleted_though_no_quiz_asks_it(
    admin: Client, used: Question, learner: User
) -> None:
    page = question_bank.asking(used)[0]
    outline = outline_of(page.get_parent().get_parent().specific)
    item = outline.item(page.translation_key)
    enrolment = make.enrolment(learner, page.get_parent().get_parent())
    attempt = attempts.start(
        enrolment=enrolment,
        outline=outline,
        item=item,
        draw=page.draw,
        rules=page.rules,
        now=timezone.now(),
    )
    attempts.submit(
        enrolment.attempts.filter(pk=attempt.pk),
        came=attempts.HandedIn(),
        grade=lambda _asked, _value: 0,  # type: ignore[arg-type, return-value]
        merge=lambda _asked, saved, _came: saved,
        outline=outline,
        now=timezone.now(),
    )
    page.questions = []
    make.publish(page)

    answer = admin.get(url("delete", used.pk))

    assert answer.status_code == 409
    assert "Liczba podejść, w których na nie odpowiedziano: 1" in answer.content.decode()


def test_a_category_with_questions_is_not_deleted(admin: Client, used: Question) -> None:
    category = used.category
    name = type(category).snippet_viewset.get_url_name("delete")

    admin.post(reverse(name, args=[category.pk]))

    assert type(category).objects.filter(pk=category.pk).exists()


def test_each_saved_change_is_a_revision() -> None:
    question = make.question("number", SAMPLES["number"])
    first = question.latest_revision_id

    question.title = "Inna nazwa"
    question.save_revision()

    assert question.latest_revision_id != first
    assert question.revisions.count() == 2
