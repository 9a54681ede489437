"""What people read about their registrations: one message for each move, with an entry for the calendar."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from courses.models import TrainingPage, TrainingQuota
from courses.trainings.terms import training_of
from elearning.accounts.models import User
from elearning.notifications.models import Message
from elearning.records import registration as registering
from elearning.records.models import Registration, RegistrationMove, TrainingBook
from elearning.records.places import Standing
from elearning.records.registration import Applicant
from elearning.records.schedule import Day, Mode
from elearning.records.training import Training
from elearning.records.training_words import days_in_words, moment_in_words, where_in_words
from tests import trainings

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(db: None) -> TrainingPage:
    return trainings.training(
        "Warsztat IPW",
        capacity=1,
        address="Rzeszów, ul. Jasna 1",
        contact_name="Maria Wzór",
        contact_phone="17 123 45 67",
    )


@pytest.fixture
def training(page: TrainingPage) -> Training:
    return training_of(page)


def letter(registration: Registration) -> Message:
    """The newest about that registration, found by the key of its move."""
    move = RegistrationMove.objects.filter(registration=registration).latest("pk")
    return Message.objects.get(key=f"registration-move:{move.pk}")


def calendar(message: Message) -> tuple[str, str, str]:
    """The method, UID and address of the attendee of an entry for the calendar."""
    read = Calendar.from_ical(message.calendar)
    (event,) = read.walk("VEVENT")
    attendees = event["ATTENDEE"] if isinstance(event["ATTENDEE"], list) else [event["ATTENDEE"]]
    return str(read["METHOD"]), str(event["UID"]), str(attendees[0])


def test_who_has_not_confirmed_the_address_reads_nothing_that_somebody_typed(training: Training) -> None:
    typed = Applicant(first_name="Wygrana! https://zlo.example", last_name="Kliknij", email="ofiara@example.org")
    made = registering.register(training, typed).registration
    message = letter(made)
    assert message.recipient == "ofiara@example.org"
    assert "zlo.example" not in message.body + message.subject
    assert f"http://localhost:8000{training.url}-/zgloszenie/{made.token}/" in message.body
    assert message.calendar == ""


def test_a_place_comes_with_all_that_one_needs_to_know(training: Training, learner: User) -> None:
    mine = Applicant(first_name="Anna", last_name="Żółć", email=learner.email, user=learner)
    made = registering.register(training, mine).registration
    message = letter(made)
    assert message.body.startswith("Dzień dobry, Anna!")
    assert (message.user, message.recipient) == (learner, learner.email)
    for fact in (
        "Warsztat IPW (szkolenie kompetencyjne)",
        *days_in_words(training.schedule),
        "Gdzie: Sala konferencyjna, Rzeszów, ul. Jasna 1",
        "Kontakt: Maria Wzór, 17 123 45 67",
        training.registration_url(made.token),
    ):
        assert fact in message.body
    method, uid, attendee = calendar(message)
    assert (method, attendee.lower()) == ("REQUEST", f"mailto:{learner.email}")
    assert str(training.uid) in uid


def test_a_given_up_place_leaves_the_calendar_it_came_to(page: TrainingPage, training: Training) -> None:
    TrainingBook.objects.create(page=page, title=page.title, sequence=4)
    mine = trainings.registered(page)
    registering.cancel(training, mine)
    message = letter(mine)
    assert calendar(message)[0] == "CANCEL"
    assert "SEQUENCE:4" in message.calendar
    assert "wybrano rezygnację" in message.body
    assert "zapisz się jeszcze raz" in message.body


def test_who_had_no_place_has_nothing_in_the_calendar(page: TrainingPage, training: Training) -> None:
    waiting = trainings.registered(page, standing=Standing.RESERVED)
    registering.cancel(training, waiting)
    assert letter(waiting).calendar == ""
    assert "kalendarza" not in letter(waiting).body


def confirmed(page: TrainingPage, training: Training, **fields: object) -> Registration:
    made = trainings.registered(page, standing=Standing.UNCONFIRMED, **fields)
    return registering.confirm(training, made)


def test_the_reserve_list_tells_the_place_on_it_and_why(page: TrainingPage, training: Training) -> None:
    trainings.registered(page)
    confirmed(page, training)
    body = letter(confirmed(page, training)).body
    assert "Miejsce na tej liście: 2." in body
    assert "Wszystkie miejsca są teraz zajęte: 1 z 1. O kolejności decyduje kolejność zgłoszeń." in body
    assert "od razu dostaniesz wiadomość" in body


def test_the_reserve_list_by_points_says_so(page: TrainingPage, training: Training) -> None:
    by_points = replace(training, admission=replace(training.admission, by_points=True, automatic=False))
    trainings.registered(page)
    trainings.registered(page, standing=Standing.RESERVED, points=2)
    body = letter(confirmed(page, by_points, points=3)).body
    assert "Miejsce na tej liście: 1." in body
    assert "Twoje zgłoszenie ma 3 punkty." in body
    assert "O wolnych miejscach decyduje organizator." in body


def test_a_full_quota_is_told_as_such(page: TrainingPage, learner: User) -> None:
    TrainingQuota.objects.create(training=page, institution=learner.institution, places=1)
    training = replace(training_of(page), admission=replace(training_of(page).admission, capacity=5))
    trainings.registered(page, institution=learner.institution)
    body = letter(confirmed(page, training, institution=learner.institution)).body
    assert "Miejsca dla Twojej instytucji są teraz zajęte: 1 z 1." in body


def test_those_who_wait_longer_are_why_a_free_place_is_not_given(page: TrainingPage, training: Training) -> None:
    by_hand = replace(training, admission=replace(training.admission, automatic=False))
    trainings.registered(page, standing=Standing.RESERVED)
    body = letter(confirmed(page, by_hand)).body
    assert "Wolne miejsca dostają najpierw osoby, które zgłosiły się wcześniej" in body


def test_a_promotion_is_another_letter_than_a_place_at_once(page: TrainingPage, training: Training) -> None:
    waiting = trainings.registered(page, standing=Standing.RESERVED)
    registering.settle(training, timezone.now())
    message = letter(waiting)
    assert message.subject == "Masz miejsce z listy rezerwowej: „Warsztat IPW”"
    assert "Zwolniło się miejsce, a Twoje zgłoszenie było następne na liście rezerwowej." in message.body
    assert calendar(message)[0] == "REQUEST"


def test_an_offer_says_until_when_and_a_lapsed_one_until_when_it_was(page: TrainingPage, training: Training) -> None:
    offering = replace(training, admission=replace(training.admission, offer_lasts=timedelta(hours=24)))
    waiting = trainings.registered(page, standing=Standing.RESERVED)
    now = timezone.now()
    registering.settle(offering, now)
    until = moment_in_words(now + timedelta(hours=24))
    message = letter(waiting)
    assert message.subject == f"Potwierdź miejsce do {until.replace(chr(160), ' ')}: „Warsztat IPW”"
    assert f"Potwierdź udział do {until}." in message.body
    assert message.calendar == ""

    registering.settle(offering, now + timedelta(hours=24))
    message = letter(waiting)
    assert f"czekało na potwierdzenie do {until}." in message.body
    assert training.url in message.body


def test_the_organisers_decisions_come_with_the_note(
    page: TrainingPage, training: Training, administrator: User
) -> None:
    for standing, to, said in [
        (Standing.PENDING, Standing.ADMITTED, "Organizator przyjął Twoje zgłoszenie. Masz miejsce."),
        (Standing.PENDING, Standing.ADMITTED, "Twoje zgłoszenie jest na liście rezerwowej."),
        (Standing.PENDING, Standing.REJECTED, "Organizator nie przyjął Twojego zgłoszenia."),
        (Standing.ADMITTED, Standing.CANCELLED, "Organizator anulował Twoje zgłoszenie."),
    ]:
        decided = trainings.registered(page, standing=standing)
        registering.decide(training, [decided], to=to, by=administrator, note="Bo <tak> & już.")
        body = letter(decided).body
        assert said in body
        assert "Organizator dodaje:\nBo <tak> & już." in body


def test_a_name_is_written_as_it_is_and_runs_nowhere(page: TrainingPage, training: Training) -> None:
    made = trainings.registered(page, first_name="<script>alert(1)</script>")
    registering.cancel(training, made)
    message = letter(made)
    assert "<script>" in message.body
    assert "<script>" not in message.html_body


def test_texts_have_no_gaps(page: TrainingPage, training: Training) -> None:
    """No letter has more than one empty line in a row or a line that begins with a space."""
    bare = replace(training, contact="", schedule=replace(training.schedule, days=(), place="", organiser=""))
    for facts in (training, bare):
        for _ in range(2):
            registering.register(
                facts, Applicant(first_name="A", last_name="B", email=f"{Registration.objects.count()}@b.pl")
            )
        for one in Registration.objects.filter(standing=Standing.UNCONFIRMED):
            registering.confirm(facts, one)
        for one in Registration.objects.open():
            registering.cancel(facts, one)
    bodies = list(Message.objects.values_list("body", flat=True))
    assert len(bodies) == RegistrationMove.objects.count() > 10
    for body in bodies:
        assert "\n\n\n" not in body
        assert "\n " not in body
    assert "Termin podamy później." in bodies[0]


# --- Words ------------------------------------------------------------------------------------------------------------
def test_days_are_told_with_their_hours_in_wall_time(training: Training) -> None:
    (first, second) = training.schedule.days
    october = replace(first, date=date(2026, 10, 7))
    brussels = Day(second.id, date(2026, 10, 8), second.blocks, zone="Europe/Brussels")
    assert [
        line.replace("\xa0", " ") for line in days_in_words(replace(training.schedule, days=(october, brussels)))
    ] == [
        "środa, 7 października 2026 r., 9:00–16:00",
        "czwartek, 8 października 2026 r., 9:00–16:00 (czas strefy Europe/Brussels)",
    ]


@pytest.mark.parametrize(
    ("mode", "place", "words"),
    [
        (Mode.ON_SITE, "Sala", "Sala"),
        (Mode.ON_SITE, "", ""),
        (Mode.ONLINE, "Sala", "online"),
        (Mode.HYBRID, "Sala", "Sala albo online"),
        (Mode.HYBRID, "", "na miejscu albo online"),
    ],
)
def test_where_it_is(training: Training, mode: Mode, place: str, words: str) -> None:
    assert where_in_words(replace(training.schedule, mode=mode, place=place)) == words
