"""What trainings share: a changed text of a clause is its next version, and who accepted keeps theirs."""

from typing import Any

import pytest
from django.test import Client

from courses.models import ConsentClause, TrainingPage, TrainingSeries
from courses.trainings.terms import training_of
from elearning.records import registration as registering
from elearning.records.models import AcceptedClause
from tests import make, trainings

CLAUSES = "/redakcja/snippets/courses/consentclause/"


@pytest.fixture
def clause(db: None) -> ConsentClause:
    return ConsentClause.objects.create(name="RODO", text="Pierwsza treść.\nDrugi wiersz.")


def save(client: Client, clause: ConsentClause, **more: str) -> None:
    sent = {"name": clause.name, "text": clause.text, "required": "on", **more}
    assert client.post(f"{CLAUSES}edit/{clause.pk}/", sent).status_code == 302
    clause.refresh_from_db()


def test_another_text_is_the_next_version(editorial: Client, clause: ConsentClause) -> None:
    save(editorial, clause, text="Druga treść.")
    assert (clause.text, clause.version) == ("Druga treść.", 2)
    save(editorial, clause, text="Trzecia treść.")
    assert clause.version == 3


def test_another_name_or_other_line_ends_are_not(editorial: Client, clause: ConsentClause) -> None:
    save(editorial, clause, name="Ochrona danych", text="Pierwsza treść.\r\nDrugi wiersz.")
    assert (clause.name, clause.version) == ("Ochrona danych", 1)


def test_a_form_with_an_error_raises_nothing(editorial: Client, clause: ConsentClause) -> None:
    answer = editorial.post(f"{CLAUSES}edit/{clause.pk}/", {"name": "", "text": "Inna", "required": "on"})
    assert answer.status_code == 200
    clause.refresh_from_db()
    assert (clause.text, clause.version) == ("Pierwsza treść.\nDrugi wiersz.", 1)


def test_a_new_clause_is_its_first_version(editorial: Client) -> None:
    editorial.post(f"{CLAUSES}add/", {"name": "Wizerunek", "text": "Zgoda.", "required": ""})
    made = ConsentClause.objects.get()
    assert (made.version, made.required) == (1, False)


def test_who_accepted_keeps_the_text_they_saw(
    editorial: Client, clause: ConsentClause, page: TrainingPage, learner: Any
) -> None:
    page.clauses.add(clause)
    page = make.publish(page)
    applicant = registering.Applicant(
        first_name="Anna",
        last_name="Ć",
        email=learner.email,
        user=learner,
        clauses=training_of(page).clauses,
    )
    registering.register(training_of(page), applicant)
    save(editorial, clause, text="Nowa treść.")
    kept = AcceptedClause.objects.get()
    assert (kept.version, kept.text) == (1, "Pierwsza treść.\nDrugi wiersz.")
    assert training_of(TrainingPage.objects.get(pk=page.pk)).clauses[0].version == 2


def test_editors_keep_series_and_others_do_not(editorial: Client) -> None:
    add = "/redakcja/snippets/courses/trainingseries/add/"
    assert editorial.post(add, {"name": "Szkoła Kooperacji", "about": ""}).status_code == 302
    assert TrainingSeries.objects.get().name == "Szkoła Kooperacji"
    coordinator = Client()
    coordinator.force_login(trainings.member("Koordynacja"))
    assert coordinator.post(add, {"name": "Inny cykl", "about": ""}).status_code == 302
    assert TrainingSeries.objects.count() == 1


def test_nobody_of_the_editors_deletes_a_clause(editorial: Client, clause: ConsentClause) -> None:
    editorial.post(f"{CLAUSES}delete/{clause.pk}/")
    assert ConsentClause.objects.filter(pk=clause.pk).exists()
