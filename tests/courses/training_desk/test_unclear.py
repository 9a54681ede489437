"""„Niejasne wpisy” on the organiser’s desk: whose stays these are, said by a person."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from courses.models import TrainingPage
from elearning.accounts.models import User
from elearning.records import unclear_stays
from elearning.records.models import MeetingStay
from tests import make, trainings
from tests.records.test_attendance_import import page, read_in, row, said, table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR = False


@pytest.fixture
def here(db: None) -> TrainingPage:
    return page()


@pytest.fixture
def admin(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def url(where: TrainingPage) -> str:
    return f"/redakcja/szkolenia/{where.pk}/obecnosc/niejasne/"


def sent(where: TrainingPage, *answers: dict[str, str]) -> dict[str, str]:
    """What the form sends where these groups of the queue get these answers."""
    found = {}
    for number, group in enumerate(unclear_stays.waiting(where.pk)):
        prefix = f"g{group.key}"
        found[f"{prefix}-stays"] = " ".join(map(str, sorted(group.keys)))
        found |= {f"{prefix}-{name}": value for name, value in (answers[number : number + 1] or ({},))[0].items()}
    return found


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def test_a_group_shows_its_times_reason_and_candidates(admin: Client, here: TrainingPage, administrator: User) -> None:
    pcpr = make.institution("PCPR w Łańcucie")
    for _number in range(2):
        trainings.registered(here, first_name="Jan", last_name="Nowak", institution=pcpr)
    read_in(here, table(row("Jan Nowak", "", "9:00", "10:00"), row("Jan Nowak", "", "10:10", "10:30")), administrator)
    text = text_of(admin.get(url(here)))
    for words in (
        "Jako Jan Nowak zapisała się więcej niż jedna osoba",
        "6.10.2026, 09:00–10:00; 6.10.2026, 10:10–10:30. Razem 80 min.",
        "Nowak Jan, PCPR w Łańcucie",
        "To nikt z zapisanych",
    ):
        assert words in text
    assert text.count('type="radio"') == 4
    assert "checked" not in text  # nobody is guessed


def test_several_groups_are_settled_at_once_and_the_rest_wait(
    admin: Client, here: TrainingPage, administrator: User
) -> None:
    jan = trainings.registered(here, "jan@example.org", first_name="Jan", last_name="Nowak")
    zofia = trainings.registered(here, "zofia@example.org", first_name="Zofia", last_name="Ćma")
    names = ("Janek Nowak", "Telefon", "Obserwator", "Nie wiem")
    read_in(here, table(*(row(name, "", "9:00", "12:30") for name in names)), administrator)
    choice = "Ćma Zofia, zofia@example.org"
    data = sent(here, {"whose": str(jan.pk)}, {"whose": "another", "person": choice}, {"whose": "nobody"})
    text = text_of(admin.post(url(here), data, follow=True))
    assert "3 wpisy są rozstrzygnięte." in text
    assert [group.name for group in unclear_stays.waiting(here.pk)] == ["Nie wiem"]
    assert [presence for _topic, presence, _minutes in said(jan) + said(zofia)] == ["present"] * 4
    assert set(MeetingStay.objects.filter(settled_at__isnull=False).values_list("settled_by", flat=True)) == {
        administrator.pk
    }


@pytest.mark.parametrize("typed", ["JAN@example.org", " Nowak Jan,  jan@example.org "])
def test_another_person_is_found_by_address_or_by_words(
    admin: Client, here: TrainingPage, administrator: User, typed: str
) -> None:
    jan = trainings.registered(here, "jan@example.org", first_name="Jan", last_name="Nowak")
    read_in(here, table(row("Telefon", "", "9:00", "12:30")), administrator)
    admin.post(url(here), sent(here, {"person": typed}))
    assert jan.stays.count() == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"whose": "another"}, "Wpisz nazwisko i wybierz osobę z podpowiedzi."),
        ({"whose": "another", "person": "Ktokolwiek"}, "Nie ma takiej osoby w zapisach."),
        ({"whose": "999999"}, "Wybierz poprawną wartość"),
        ({"whose": "nobody", "person": "jan@example.org"}, "Zaznaczona jest jedna osoba, a wpisana inna."),
    ],
)
def test_what_names_nobody_is_told_at_the_field_and_nothing_is_kept(
    admin: Client, here: TrainingPage, administrator: User, answer: dict[str, str], words: str
) -> None:
    trainings.registered(here, "jan@example.org", first_name="Jan", last_name="Nowak")
    read_in(here, table(row("Telefon", "", "9:00", "12:30"), row("Obcy", "", "9:00", "12:30")), administrator)
    text = text_of(admin.post(url(here), sent(here, answer, {"whose": "nobody"})))
    assert words in text
    assert answer.get("person", "") in text
    assert text.count("checked") >= 1  # what was chosen stays
    assert len(unclear_stays.waiting(here.pk)) == 2


def test_the_second_of_two_people_is_told_who_settled_it(
    admin: Client, here: TrainingPage, administrator: User, settings: Any
) -> None:
    jan = trainings.registered(here, "jan@example.org", first_name="Jan", last_name="Nowak")
    ewa = trainings.registered(here, "ewa@example.org", first_name="Ewa", last_name="Lis")
    read_in(here, table(row("Telefon", "", "9:00", "12:30"), row("Inny", "", "9:00", "12:30")), administrator)
    first, second = (sent(here, {"person": f"{name}@example.org"}) for name in ("jan", "ewa"))
    admin.post(url(here), first)
    other = Client()
    other.force_login(trainings.editor_of(here))
    text = text_of(other.post(url(here), second, follow=True))
    assert "Te wpisy rozstrzygnięto już wcześniej." in text
    assert (jan.stays.count(), ewa.stays.count()) == (1, 0)


def test_an_empty_queue_says_so(admin: Client, here: TrainingPage) -> None:
    assert "Nie ma niejasnych wpisów." in text_of(admin.get(url(here)))
    assert "Nic nie wybrano" not in text_of(admin.get(url(here)))


def test_nothing_chosen_changes_nothing(admin: Client, here: TrainingPage, administrator: User) -> None:
    read_in(here, table(row("Telefon", "", "9:00", "12:30")), administrator)
    assert "Nic nie wybrano" in text_of(admin.post(url(here), sent(here), follow=True))
    assert len(unclear_stays.waiting(here.pk)) == 1


def test_keys_of_other_trainings_in_the_form_change_nothing(
    admin: Client, here: TrainingPage, administrator: User
) -> None:
    read_in(here, table(row("Telefon", "", "9:00", "12:30")), administrator)
    elsewhere = page()
    read_in(elsewhere, table(row("Inny", "", "9:00", "12:30")), administrator)
    (mine,), (theirs,) = unclear_stays.waiting(here.pk), unclear_stays.waiting(elsewhere.pk)
    admin.post(url(here), {f"g{mine.key}-stays": str(theirs.key), f"g{mine.key}-whose": "nobody"})
    assert len(unclear_stays.waiting(elsewhere.pk)) == 1


def test_who_settles(client: Client, here: TrainingPage, administrator: User, learner: User) -> None:
    read_in(here, table(row("Telefon", "", "9:00", "12:30")), administrator)
    data = sent(here, {"whose": "nobody"})
    refused = [
        learner,
        trainings.member("Prowadzący"),
        trainings.member("Koordynacja"),
        trainings.editor_of(trainings.training("Inne")),
    ]
    assert client.get(url(here)).status_code == 302
    for person in refused:
        client.force_login(person)
        assert client.get(url(here)).status_code in {302, 403}
        assert client.post(url(here), data).status_code in {302, 403}
    assert len(unclear_stays.waiting(here.pk)) == 1
    client.force_login(trainings.editor_of(here))
    assert client.get(url(here)).status_code == 200
    client.post(url(here), data)
    assert unclear_stays.waiting(here.pk) == ()


def test_the_queue_is_shown_in_parts_with_few_queries(
    admin: Client, here: TrainingPage, administrator: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        trainings.registered(here, f"o{number}@example.org", last_name=f"Nowak {number}")
    read_in(here, table(*(row(f"Nowak z {number}", "", "9:00", "12:30") for number in range(50))), administrator)
    admin.get(url(here))
    with django_assert_max_num_queries(30):
        text = text_of(admin.get(url(here)))
    assert text.count("<fieldset") == 20
    assert "Strona 1 z 3" in text
    with django_assert_max_num_queries(50):
        shown = dict(list(sent(here, *[{"whose": "nobody"}] * 20).items())[:40])
        admin.post(url(here), shown)
    assert unclear_stays.number_waiting(here.pk) == 30
