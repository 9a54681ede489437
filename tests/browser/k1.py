"""Course K1 of the journeys: lessons L1, L2 and L3, this one with H5P, then test T1 with ten questions of all kinds.

Films come with a later issue: until then L2 is a lesson that keeps a place for one.
"""

import re
from io import BytesIO
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from playwright.sync_api import FrameLocator, Locator, Page, expect
from wagtail.models import Collection

from courses.demo.streams import Shelves, stream
from courses.exchange import Found, h5p_params
from courses.h5p_export import pack
from courses.models import CoursePage, ModulePage
from h5p.django.importing import import_package
from h5p.django.models import Content
from tests import make
from tests.browser.checks import choose, press, tab_to
from tests.courses.questions.samples import SAMPLES

TITLE = "Kooperacja w praktyce"
URL = "/kursy/k1/"
QUIZ_URL = f"{URL}m2/t1/"
LESSONS = {"L1": "Dlaczego razem", "L2": "Zespół przy stole", "L3": "Od zgody do programu"}
ACTIVITY = "Dwa szybkie pytania"
QUIZ = "Sprawdź się"
SEVEN = ("single_choice", "multiple_choice", "true_false", "number", "gaps", "matching", "ordering")
KINDS = (*SEVEN, "single_choice", "true_false", "number")
BODY: list[dict[str, Any]] = [
    {"type": "heading", "value": {"text": "Po co współpraca", "level": "h2"}},
    {"type": "paragraph", "value": "<p>Rodzina rozmawia z <b>jednym zespołem</b>, nie z siedmioma urzędami.</p>"},
    {
        "type": "table",
        "value": {
            "caption": "Kto za co odpowiada",
            "header": ["Instytucja", "Zadanie", "Termin odpowiedzi", "Osoba odpowiedzialna"],
            "rows": [
                ["GOPS", "rozmowa z rodziną", "7 dni", "pracownica socjalna"],
                ["PCPR", "plan", "14 dni", "doradca"],
            ],
        },
    },
    {"type": "callout", "value": {"kind": "important", "title": "Zgoda", "text": "<p>Bez zgody nie zaczynamy.</p>"}},
    {
        "type": "accordion",
        "value": {"title": "Pytania", "items": [{"title": "A gdy rodzina odmówi?", "text": "<p>Wracamy później.</p>"}]},
    },
]


def build(**rules: Any) -> CoursePage:
    """The published course. `rules` are fields of the test."""
    course = make.course(
        TITLE,
        slug="k1",
        lessons=0,
        sequential=True,
        hours=6,
        lead="Jak instytucje gminy i powiatu pracują razem z rodziną.",
        organiser="Regionalny Ośrodek Polityki Społecznej w Rzeszowie",
        place="Rzeszów",
        signatory_name="Anna Przykładowa",
        signatory_function="Dyrektor",
    )
    shelves = Shelves({}, {"k1": h5p()})
    first = ModulePage.objects.child_of(course).get()
    first.title, first.slug = "Podstawy", "m1"
    make.publish(first)
    second = make.module(course, "Praktyka", slug="m2")
    make.lesson(first, LESSONS["L1"], slug="l1", body=stream(BODY, shelves))
    make.lesson(first, LESSONS["L2"], slug="l2", body=stream([*BODY[1:2], FILM], shelves))
    make.lesson(second, LESSONS["L3"], slug="l3", body=stream([*BODY[:2], H5P], shelves))
    questions = [make.question(kind, SAMPLES[kind], f"Pytanie {number}") for number, kind in enumerate(KINDS, 1)]
    make.quiz(second, QUIZ, slug="t1", questions=questions, **{"pass_mark": 70, "attempts_allowed": 2, **rules})
    return CoursePage.objects.get(pk=course.pk)


FILM: dict[str, Any] = {
    "type": "film",
    "value": {"title": "Zespół w Przykładowie", "description": "Jak wygląda pierwsze spotkanie."},
}


H5P: dict[str, Any] = {
    "type": "h5p",
    "value": {
        "title": ACTIVITY,
        "content": "k1",
        "required": True,
        "policy": "passed",
        "pass_mark": 70,
        "minutes": 0,
    },
}


def h5p() -> Content:
    """Two questions as an H5P content of our own type."""
    asked = [
        h5p_params.Asked(
            found=Found(kind=kind, title=kind, data=SAMPLES[kind]),
            points=1,
            sub_content_id=str(uuid5(NAMESPACE_URL, kind)),
        )
        for kind in ("single_choice", "true_false")
    ]
    package = BytesIO()
    content = h5p_params.content(asked, behaviour=h5p_params.Behaviour(pass_percentage=70))
    pack(content, title=ACTIVITY, target=package)
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    return import_package(package, user=None, collection=root, trust=True).content


def frame(page: Page) -> FrameLocator:
    """What is inside the frame of the activity."""
    return page.frame_locator("h5p-player iframe")


def do_activity(page: Page, *, right: bool = True) -> None:
    """Answer both questions of the activity with the mouse and check them."""
    inside = frame(page)
    inside.get_by_label("3", exact=True).check()
    inside.get_by_label("Prawda" if right else "Fałsz", exact=True).check()
    inside.get_by_role("button", name="Sprawdź odpowiedzi").click()


def do_activity_by_keyboard(page: Page) -> None:
    """The same with the keyboard alone, through the frame and out of it."""
    inside = frame(page)
    for label in ("3", "Prawda"):
        option = inside.get_by_label(label, exact=True)
        group = inside.locator(f"input[name='{option.get_attribute('name')}']")
        tab_to(page, group.first)
        page.keyboard.press("Space")
        for _ in range(5):
            if option.is_checked():
                break
            page.keyboard.press("ArrowDown")
        expect(option).to_be_checked()
    press(page, inside.get_by_role("button", name="Sprawdź odpowiedzi"))


def expect_activity_saved(page: Page) -> None:
    expect(page.locator("h5p-player").get_by_role("status")).to_contain_text("Zapisano ")
    expect(page.locator("activity-state").get_by_text("Ukończone")).to_be_visible()


def question(page: Page, number: int) -> Locator:
    return page.get_by_role("group", name=re.compile(rf"^Pytanie {number}\b"))


def answer_all(page: Page, *, right: int = len(KINDS)) -> None:
    """Answer every question with the mouse, that many of them rightly, and wait for each receipt."""
    for number, kind in enumerate(KINDS, 1):
        sheet = question(page, number)
        ANSWER[kind](sheet, number <= right)
        expect(sheet.get_by_text(re.compile(r"Zapisano \d\d:\d\d"))).to_be_visible()


def _single(sheet: Locator, right: bool) -> None:
    sheet.get_by_label("3" if right else "5", exact=True).check()


def _multiple(sheet: Locator, right: bool) -> None:
    for word in ("gmina", "powiat") if right else ("sołectwo", "państwo"):
        sheet.get_by_label(word, exact=True).check()


def _true_false(sheet: Locator, right: bool) -> None:
    sheet.get_by_label("Prawda" if right else "Fałsz", exact=True).check()


def _number(sheet: Locator, right: bool) -> None:
    sheet.get_by_role("textbox").fill("86,3" if right else "12")
    sheet.get_by_role("textbox").blur()


def _gaps(sheet: Locator, right: bool) -> None:
    for gap, word in enumerate(("zespół", "kooperacji") if right else ("zakład", "karny"), 1):
        sheet.get_by_label(f"Luka {gap}").fill(word)
    sheet.get_by_label("Luka 2").blur()


PAIRS = {"gmina": "GOPS", "powiat": "PCPR", "województwo": "ROPS"}


def _matching(sheet: Locator, right: bool) -> None:
    for left, meant in PAIRS.items():
        sheet.get_by_label(left, exact=True).select_option(label=meant if right else "CUS")


ORDER = ("porozumienie", "diagnoza", "program", "ocena")


def _ordering(sheet: Locator, right: bool) -> None:
    wanted = ORDER if right else (*ORDER[1:], ORDER[0])
    for place, item in enumerate(wanted, 1):
        sheet.get_by_label(f"Miejsce: {item}").select_option(label=str(place))


ANSWER = {
    "single_choice": _single,
    "multiple_choice": _multiple,
    "true_false": _true_false,
    "number": _number,
    "gaps": _gaps,
    "matching": _matching,
    "ordering": _ordering,
}


def answer_by_keyboard(page: Page) -> None:
    """Answer every question rightly with the keyboard alone, and wait for each receipt."""
    for number, kind in enumerate(KINDS, 1):
        sheet = question(page, number)
        TYPED[kind](page, sheet)
        expect(sheet.get_by_text(re.compile(r"Zapisano \d\d:\d\d"))).to_be_visible()


def _tick(page: Page, sheet: Locator) -> None:
    for word in ("gmina", "powiat"):
        press(page, sheet.get_by_label(word, exact=True), "Space")


def _fill_gaps(page: Page, sheet: Locator) -> None:
    for gap, word in enumerate(("Zespół", "Kooperacji"), 1):
        _type(page, sheet.get_by_label(f"Luka {gap}"), word)


def _match(page: Page, sheet: Locator) -> None:
    for left, meant in PAIRS.items():
        _type(page, sheet.get_by_label(left, exact=True), meant)


def _type(page: Page, target: Locator, words: str) -> None:
    tab_to(page, target)
    page.keyboard.type(words)


def _order(page: Page, sheet: Locator) -> None:
    """„W górę” until each item is at its place."""
    for place, item in enumerate(ORDER):
        row = sheet.get_by_role("listitem").filter(has_text=item)
        up = row.get_by_role("button", name=re.compile("^W górę"))
        tab_to(page, up)
        for _ in range(len(ORDER)):
            if sheet.get_by_role("listitem").nth(place).inner_text().find(item) >= 0:
                break
            page.keyboard.press("Enter")
    # An order that happened to be right already is an answer only once something was moved.
    down = sheet.get_by_role("button", name=re.compile("^W dół")).first
    press(page, down)
    press(page, sheet.get_by_role("listitem").nth(1).get_by_role("button", name=re.compile("^W górę")))


TYPED = {
    "single_choice": lambda page, sheet: choose(page, sheet.get_by_label("3", exact=True)),
    "multiple_choice": _tick,
    "true_false": lambda page, sheet: choose(page, sheet.get_by_label("Prawda", exact=True)),
    "number": lambda page, sheet: _type(page, sheet.get_by_role("textbox"), "86,34"),
    "gaps": _fill_gaps,
    "matching": _match,
    "ordering": _order,
}
