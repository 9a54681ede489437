"""The page of a training: what it shows to whom and when, and what it costs."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document

from courses.models import TrainingPage, TrainingSeries
from courses.views.trainings.pages import page_context
from elearning.accounts.models import User
from elearning.cms.models import Project
from elearning.records.models import Invitation
from elearning.records.places import Standing
from tests import make, trainings

pytestmark = pytest.mark.django_db

SECRET_LINK = "https://spotkania.example.org/tajne"


def answer(page: TrainingPage, client: Client | None = None, status: int = 200) -> str:
    found = (client or Client()).get(f"/szkolenia/{page.slug}/")
    assert found.status_code == status
    return found.content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def today(*blocks: Any) -> Any:
    return trainings.day(timezone.localdate(), *blocks)


def at(page: TrainingPage, hour: int, minute: int, user: User) -> Any:
    """What a person sees at that time of the first day."""
    first = page.days[0].value["date"]
    moment = datetime(first.year, first.month, first.day, hour, minute, tzinfo=ZoneInfo("Europe/Warsaw"))
    return page_context(user, TrainingPage.objects.get(pk=page.pk), moment)


def test_it_says_what_when_where_and_by_whom() -> None:
    series = TrainingSeries.objects.create(name="Szkoła Kooperacji")
    page = trainings.training(
        "Szkolenie dla PCPR",
        on=date(2127, 3, 27),
        series=series,
        address="ul. Szkolna 1, Łomża",
        directions="Od dworca pięć minut.",
        about="<p>Poznasz model.</p>",
        audience="Pracownice i pracownicy PCPR.",
        rules="<p>Zabierz dokument.</p>",
        accessibility="Pętla indukcyjna.",
        contact_name="Joanna Kamińska",
        contact_email="joanna@example.org",
        contact_phone="41 123 45 67 wew. 8",
        is_sample=True,
        urban=False,
    )
    text = answer(page)
    for words in (
        "Szkolenie dla PCPR",
        "szkolenie kompetencyjne",
        f"/szkolenia/?cykl={series.pk}",
        "czwartek, 27 marca 2127 r., 9:00–16:00",
        "Sala konferencyjna",
        "ul. Szkolna 1, Łomża",
        "Od dworca pięć minut.",
        "Poznasz model.",
        "Pracownice i pracownicy PCPR.",
        "Model w gminach wiejskich",
        "Zabierz dokument.",
        "Pętla indukcyjna.",
        "ROPS w Rzeszowie",
        'href="mailto:joanna@example.org"',
        'href="tel:411234567"',
        "treść przykładowa",
    ):
        assert words in text, words
    assert "Model w miastach" not in text
    assert text.count("<h1") == 1


def test_the_programme_has_times_trainers_and_teaching_hours() -> None:
    morning = trainings.block("9:00", "10:30", "Założenia modelu", hours=2, trainer="Tomasz Wójcik")
    pause = trainings.block("10:30", "10:45", "Przerwa", hours=0)
    short = trainings.block("10:45", "11:55", "Warsztat", hours="1.5")
    page = trainings.training(days=[trainings.day(date(2127, 1, 12), morning, pause, short)])
    text = answer(page)
    assert '<time datetime="2127-01-12T09:00:00+01:00">9:00</time>–<time' in text
    assert "Prowadzi: Tomasz Wójcik" in text
    assert "2 godziny dydaktyczne" in text
    assert "1,5 godziny dydaktycznej" in text
    assert "Razem: 3,5 godziny dydaktycznej" in text
    assert "Dzień 1" not in text
    assert "0 godzin" not in text


def test_days_have_totals_and_foreign_time_is_named() -> None:
    text = answer(trainings.training(zone="Europe/Brussels"))
    assert "Dzień 2" in text
    assert text.count("Razem w tym dniu: 8 godzin dydaktycznych") == 2
    assert "Razem: 16 godzin dydaktycznych" in text
    assert text.count("9:00–16:00 (czas w Brukseli)") >= 2


def test_the_programme_can_be_taken_as_a_file() -> None:
    document = Document.objects.create(title="Program", file=ContentFile(b"%PDF-1.7" + b" " * 4000, "program.pdf"))
    assert "Program do pobrania (PDF, 4 KB)" in answer(trainings.training(programme_file=document))


def test_a_course_that_belongs_to_it_is_named_while_it_is_published() -> None:
    course = make.course("Kooperacja na wsi")
    page = trainings.training(related_course=course)
    assert "Kooperacja na wsi" in answer(page)
    course.unpublish()
    assert "Kooperacja na wsi" not in answer(page)


def test_the_project_that_pays_for_it_is_named() -> None:
    project = Project.objects.create(name="Liderzy kooperacji", funding_text="Dofinansowanie z Funduszy Europejskich.")
    text = answer(trainings.training(project=project))
    assert "Projekt: Liderzy kooperacji" in text
    assert "Dofinansowanie z Funduszy Europejskich." in text


@pytest.mark.parametrize(
    ("fields", "has_button", "words"),
    [
        ({"capacity": 20}, True, "Wolne miejsca: 20 z 20"),
        ({}, True, "Nie musisz mieć konta."),
        ({"needs_account": True}, True, "Do zapisu potrzebujesz konta"),
        ({"approval": True}, True, "zdecyduje organizator"),
        ({"by_invitation": True}, False, "Swój link znajdziesz w zaproszeniu."),
        ({"has_registration": False}, False, "nie zapisujesz się na platformie"),
        ({"registration_opens_at": datetime(2126, 1, 12, 8, tzinfo=ZoneInfo("Europe/Warsaw"))}, False, "Zapisy od 12"),
        (
            {"registration_closes_at": datetime(2021, 1, 12, 8, tzinfo=ZoneInfo("Europe/Warsaw"))},
            False,
            "Zapisy trwały",
        ),
        ({"called_off": True, "called_off_reason": "Choroba prowadzącej."}, False, "Choroba prowadzącej."),
        ({"on": date(2021, 3, 5)}, False, "To wydarzenie już się odbyło"),
    ],
)
def test_it_says_whether_and_how_one_registers(fields: dict[str, Any], has_button: bool, words: str) -> None:
    text = answer(trainings.training(**{"on": date(2127, 1, 12), **fields}))
    assert words in text
    assert ("/-/zapis/" in text and ">Zapisz się</a>" in text) is has_button


def test_a_full_training_leads_to_the_reserve_list() -> None:
    page = trainings.training(capacity=1)
    trainings.registered(page)
    for _ in range(2):
        trainings.registered(page, standing=Standing.RESERVED)
    text = answer(page)
    assert "Brak miejsc – lista rezerwowa" in text
    assert "Możesz zapisać się na listę rezerwową." in text
    assert "2 osoby" in text
    assert ">Zapisz się</a>" in text


def test_who_is_invited_gets_the_form(as_learner: Client, learner: User, administrator: User) -> None:
    page = trainings.training(by_invitation=True)
    assert "/-/zapis/" not in answer(page, as_learner)
    Invitation.objects.create(
        training=page, email=learner.email.upper(), invited_at=timezone.now(), invited_by=administrator
    )
    assert "/-/zapis/" in answer(page, as_learner)
    assert "/-/zapis/" not in answer(page)


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing.ADMITTED, "Masz miejsce"),
        (Standing.RESERVED, "Jesteś na liście rezerwowej, miejsce 3"),
        (Standing.PENDING, "Czekasz na decyzję organizatora"),
        (Standing.OFFERED, "Zwolniło się miejsce dla Ciebie"),
    ],
)
def test_a_person_sees_their_own_state_and_nobody_elses(
    standing: Standing, words: str, as_learner: Client, learner: User, stranger: User
) -> None:
    page = trainings.training(capacity=1, offer_hours=24)
    for _ in range(2):
        trainings.registered(page, standing=Standing.RESERVED)
    until = timezone.now() + timedelta(hours=4) if standing is Standing.OFFERED else None
    own = trainings.registered(page, user=learner, standing=standing, offered_until=until)
    text = answer(page, as_learner)
    assert words in text
    assert reverse("trainings:registration", args=[page.slug, own.token]) in text
    assert "/-/zapis/" not in text
    others = Client()
    others.force_login(stranger)
    for client in (others, Client()):
        text = answer(page, client)
        assert words not in text
        assert str(own.token) not in text


def test_who_cancelled_may_register_again(as_learner: Client, learner: User) -> None:
    page = trainings.training()
    trainings.registered(page, user=learner, standing=Standing.CANCELLED)
    text = answer(page, as_learner)
    assert "Zgłoszenie jest anulowane" in text
    assert "/-/zapis/" in text
    trainings.registered(page, user=learner)
    text = answer(page, as_learner)
    assert "Masz miejsce" in text
    assert "anulowane" not in text


def test_the_way_into_the_meeting_is_for_the_admitted_from_half_an_hour_before(learner: User, stranger: User) -> None:
    page = trainings.training(mode="online", join_url=SECRET_LINK)
    own = trainings.registered(page, user=learner)
    trainings.registered(page, user=stranger, standing=Standing.RESERVED)
    way = reverse("trainings:join", args=[page.slug, own.token])
    times = {(8, 29): "", (8, 30): way, (15, 59): way, (16, 0): ""}
    assert {time: at(page, *time, learner)["own"].join_url for time in times} == times
    assert at(page, 9, 0, stranger)["own"].join_url == ""


@pytest.mark.usefixtures("site")
def test_the_link_itself_is_on_nobodys_page(as_learner: Client, learner: User) -> None:
    around_the_clock = trainings.block("0:00", "23:59")
    page = trainings.training(mode="hybrid", days=[today(around_the_clock)], join_url=SECRET_LINK, join_help="Hasło 1")
    own = trainings.registered(page, user=learner)
    text = answer(page, as_learner)
    assert "Dołącz do spotkania" in text
    assert reverse("trainings:join", args=[page.slug, own.token]) in text
    for client in (as_learner, Client()):
        assert SECRET_LINK not in answer(page, client)
        assert "Hasło 1" not in answer(page, client)
    assert "Dołącz do spotkania" not in answer(page)


def test_materials_stay_for_all_or_for_those_who_took_part(as_learner: Client, learner: User) -> None:
    link = {"url": "https://example.org/slajdy"}
    page = trainings.training(
        on=date(2021, 3, 5),
        materials=[
            ("link", {**link, "title": "Slajdy", "audience": "all"}),
            ("link", {**link, "title": "Zadania", "audience": "participants"}),
        ],
    )
    text = answer(page, as_learner)
    assert "Slajdy" in text
    assert "Zadania" not in text
    assert "Są też materiały dla uczestniczek i uczestników." in text
    trainings.registered(page, user=learner)
    text = answer(page, as_learner)
    assert "Zadania" in text
    assert "Są też materiały" not in text


def test_a_draft_is_for_its_organisers(as_learner: Client, administrator: User) -> None:
    page = trainings.training()
    page.unpublish()
    answer(page, status=404)
    answer(page, as_learner, status=404)
    organiser = Client()
    organiser.force_login(administrator)
    assert "Tej strony jeszcze nie opublikowano" in answer(page, organiser)


def test_who_is_registered_learns_that_a_page_is_gone(as_learner: Client, learner: User) -> None:
    page = trainings.training("Szkolenie wycofane")
    own = trainings.registered(page, user=learner)
    page.unpublish()
    text = answer(page, as_learner, status=404)
    assert "Redakcja wycofała „Szkolenie wycofane”" in text
    assert str(own.token) in text
    assert "Redakcja wycofała" not in answer(page, status=404)


def test_organisers_find_their_desk(as_learner: Client) -> None:
    page = trainings.training()
    desk = reverse("training_desk:training", args=[page.pk])
    organiser = Client()
    organiser.force_login(trainings.editor_of(page))
    assert desk in answer(page, organiser)
    assert desk not in answer(page, as_learner)
    assert desk not in answer(page)


def test_trainers_named_on_the_page_find_the_lists_of_its_days(as_learner: Client, learner: User) -> None:
    page = trainings.training()
    assert "/-/lista/" not in answer(page, as_learner)
    page.staff = [learner]
    make.publish(page)
    assert answer(page, as_learner).count("/-/lista/") == 2
    assert "/-/lista/" not in answer(page)


def test_an_unknown_training_is_not_found() -> None:
    trainings.index()
    assert Client().get("/szkolenia/nie-ma/").status_code == 404


def test_a_training_without_days_says_that_they_are_to_come() -> None:
    text = answer(trainings.training(days=[]))
    assert "Termin podamy wkrótce." in text
    assert "Program</h2>" not in text


def test_nobody_else_keeps_a_page_with_a_persons_state(as_learner: Client, learner: User) -> None:
    page = trainings.training()
    trainings.registered(page, user=learner)
    found = as_learner.get(f"/szkolenia/{page.slug}/")
    assert "Cookie" in found["Vary"]
    assert "public" not in found.get("Cache-Control", "")


@pytest.mark.parametrize("number", [2, 40])
def test_the_page_costs_the_same_for_many_registrations_and_blocks(
    number: int, as_learner: Client, learner: User, administrator: User, django_assert_max_num_queries: Any
) -> None:
    blocks = [
        trainings.block(f"{8 + each // 6}:{each % 6 * 10:02}", f"{8 + each // 6}:{each % 6 * 10 + 9:02}")
        for each in range(number)
    ]
    document = Document.objects.create(title="Program", file=ContentFile(b"%PDF-1.7", "program.pdf"), file_size=8)
    page = trainings.training(
        days=[trainings.day(date(2127, 1, 1) + timedelta(days=each), *blocks) for each in range(5)],
        capacity=3,
        by_invitation=True,
        programme_file=document,
        series=TrainingSeries.objects.create(name="Cykl"),
        project=Project.objects.create(name="Projekt", funding_text="Fundusze."),
        related_course=make.course(),
        mode="hybrid",
        join_url=SECRET_LINK,
        materials=[
            ("file", {"title": f"Plik {each}", "audience": "all", "document": document}) for each in range(number)
        ],
    )
    for _ in range(number):
        trainings.registered(page)
        trainings.registered(page, standing=Standing.RESERVED)
    trainings.registered(page, user=learner, standing=Standing.RESERVED)
    organiser, editor = Client(), Client()
    organiser.force_login(administrator)
    editor.force_login(trainings.member("Redakcja"))
    for client, most in ((Client(), 9), (as_learner, 16), (organiser, 13), (editor, 16)):
        answer(page, client)
        with django_assert_max_num_queries(most):
            answer(page, client)
