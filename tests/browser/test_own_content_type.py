"""Our H5P content type in stock h5p-standalone: it plays, reports, restores, and needs neither mouse nor eyes."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
from PIL import Image as Pillow
from playwright.sync_api import Browser, Locator, expect

from courses.exchange import Found, Image, h5p_params
from tests.courses.questions.samples import SAMPLES

from .checks import AXE, RUN_AXE
from .own_content_type import PLAYER, SUB_CONTENT, Stock, stock

pytestmark = pytest.mark.skipif(not PLAYER.is_dir(), reason="h5p-standalone is missing; `python3 run.py setup` gets it")

KINDS = list(SAMPLES)
RIGHT = {
    "single_choice": "1",
    "multiple_choice": ["0", "1"],
    "true_false": True,
    "number": "86,34%",
    "gaps": {"1": "zesp.", "2": "kooperacji"},
    "matching": {"0": "1", "1": "2", "2": "3"},
    "ordering": {"0": "1", "1": "2", "2": "3", "3": "4"},
    "short_text": "lodz",
    "open_text": "Zaproszę szkołę, policję i sąd.",
}


def asked(kind: str, points: int = 1) -> h5p_params.Asked:
    found = Found(kind=kind, title=kind, data=SAMPLES[kind])
    return h5p_params.Asked(found=found, points=points, sub_content_id=str(uuid5(NAMESPACE_URL, kind)))


def params(*kinds: str, **behaviour: Any) -> dict[str, Any]:
    rules = h5p_params.Behaviour(**{"pass_percentage": 70, **behaviour})
    return h5p_params.content([asked(kind) for kind in kinds or KINDS], behaviour=rules).params


def state_of(answers: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """What the content keeps when these kinds of all are answered so."""
    return {"seed": 1, "answers": {str(KINDS.index(kind)): answer for kind, answer in answers.items()}, **more}


@pytest.fixture
def played(chromium: Browser, tmp_path: Path) -> Iterator[Stock]:
    """All nine kinds on a desktop."""
    with stock(chromium, tmp_path, params()) as found:
        yield found


def test_right_answers_are_worth_everything_and_reported(played: Stock) -> None:
    played.open(state_of(RIGHT))
    played.button("Sprawdź odpowiedzi").click()

    expect(played.frame.get_by_text("Twój wynik: 8 z\u00a08\u00a0pkt (100%)")).to_be_visible()
    expect(played.frame.get_by_text("Zaliczone. Próg: 70%.")).to_be_visible()
    assert (played.instance("getScore()"), played.instance("getMaxScore()")) == (8, 8)
    answered = played.reported("answered")
    assert [one["object"]["definition"]["extensions"][SUB_CONTENT] for one in answered] == [
        str(uuid5(NAMESPACE_URL, kind)) for kind in KINDS
    ]
    assert all(one["context"]["contextActivities"]["parent"] for one in answered)
    assert [one["result"].get("success") for one in answered] == [*[True] * 8, None]
    assert "score" not in answered[-1]["result"]
    [completed] = played.reported("completed")
    assert "parent" not in completed["context"]["contextActivities"]
    assert SUB_CONTENT not in completed["object"]["definition"]["extensions"]
    assert completed["result"]["score"] == {"min": 0, "max": 8, "raw": 8, "scaled": 1}
    assert completed["result"]["success"] is True


def test_partial_answers_bring_part_of_the_points(played: Stock) -> None:
    wrong = {
        "multiple_choice": ["0"],
        "gaps": {"1": "zespół", "2": "koło"},
        "matching": {"0": "1"},
        "ordering": {"0": "2", "1": "1", "2": "3", "3": "4"},
        "short_text": "Łask",
        "true_false": False,
    }
    played.open(state_of({**RIGHT, **wrong}))
    played.button("Sprawdź odpowiedzi").click()
    played.button("Sprawdź mimo to").click()

    [completed] = played.reported("completed")
    assert completed["result"]["score"]["raw"] == pytest.approx(1 + 0.5 + 0 + 1 + 0.5 + 1 / 3 + 0.5 + 0.5, abs=1e-4)
    assert completed["result"]["success"] is False
    expect(played.frame.get_by_text("Niezaliczone. Próg: 70%.")).to_be_visible()
    expect(played.question(2).get_by_text("Częściowo poprawnie · 0,5 z")).to_be_visible()
    expect(played.question(8).get_by_text("To mniejsze miasto.")).to_be_visible()
    assert [one["result"]["response"] for one in played.reported("answered")] == [
        *("1", "0", "false", "86,34%", "zespół[,]koło", "0[.]1", "1[,]0[,]2[,]3", "Łask", RIGHT["open_text"])
    ]


def test_definitions_say_what_was_asked(played: Stock) -> None:
    played.open()
    children = played.instance("getXAPIData()")["children"]
    definitions = [child["statement"]["object"]["definition"] for child in children]
    assert [one["interactionType"] for one in definitions] == [
        *("choice", "choice", "true-false", "fill-in", "fill-in", "matching", "sequencing", "fill-in", "long-fill-in")
    ]
    gaps = definitions[KINDS.index("gaps")]
    assert gaps["description"]["en-US"] == "PZK to Partnerski __________ __________."
    assert gaps["correctResponsesPattern"] == [
        "{case_matters=false}Zespół[,]Kooperacji",
        "{case_matters=false}Zesp.[,]Kooperacji",
    ]
    assert definitions[KINDS.index("matching")]["correctResponsesPattern"] == ["0[.]1[,]1[.]2[,]2[.]3"]


@pytest.mark.parametrize("checked", [False, True])
def test_state_comes_back(played: Stock, checked: bool) -> None:
    state = state_of(RIGHT, checked=checked, solutions=False)
    played.open(state)
    assert played.instance("getCurrentState()") == state
    assert played.button("Sprawdź odpowiedzi").count() == (not checked)
    assert played.reported("completed") == []


@pytest.mark.parametrize("state", [{}, {"answers": 3}, {"seed": "x", "answers": {"0": {}, "5": [1], "6": {"0": "9"}}}])
def test_a_strange_state_is_no_answer(played: Stock, state: dict[str, Any]) -> None:
    played.open(state)
    assert played.instance("getAnswerGiven()") is False
    assert played.instance("getCurrentState()") == {}


def test_missing_answers_are_named_before_anything_is_checked(played: Stock) -> None:
    played.open(state_of({kind: RIGHT[kind] for kind in KINDS if kind != "number"}))
    played.button("Sprawdź odpowiedzi").click()
    expect(played.frame.get_by_text("Te pytania nie mają pełnej odpowiedzi.")).to_be_visible()
    assert played.reported("completed") == []
    played.button("Przejdź do pytania 4").click()
    played.page.keyboard.press("Tab")
    played.page.keyboard.type("osiem")
    played.button("Sprawdź mimo to").click()
    field = played.question(4).get_by_label("Twoja odpowiedź")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Wpisz liczbę, na przykład 12 albo 86,34.")
    field.fill("86")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    played.button("Sprawdź mimo to").click()
    assert len(played.reported("completed")) == 1


def test_solutions_and_another_try(played: Stock) -> None:
    played.open(state_of({}, checked=True))
    played.button("Pokaż poprawne odpowiedzi").click()
    expect(played.question(4).get_by_text("od 85,84 do 86,84%")).to_be_visible()
    expect(played.question(5).get_by_text("Luka 1: Zespół albo Zesp.")).to_be_visible()
    expect(played.question(8).get_by_text("Łask (50% punktów)")).to_be_visible()
    played.button("Spróbuj jeszcze raz").click()
    assert played.instance("getAnswerGiven()") is False
    assert played.instance("getCurrentState()") == {}
    expect(played.question(1).locator("legend")).to_be_focused()
    expect(played.button("Sprawdź odpowiedzi")).to_be_visible()


def test_everything_works_by_keyboard(played: Stock) -> None:
    played.open()
    keys = played.page.keyboard
    played.question(1).locator("input").first.focus()
    for key in ("ArrowDown", "Tab", "Space", "Tab", "Space", "Tab", "Tab", "Tab", "Space", "Tab"):
        keys.press(key)
    keys.type("86,34")
    for word in ("Zespół", "Kooperacji"):
        keys.press("Tab")
        keys.type(word)
    for letters in ("GO", "PC", "RO"):
        keys.press("Tab")
        keys.type(letters)
    order_by_keyboard(played)
    keys.press("Tab")
    keys.type("Łódź")
    keys.press("Tab")
    keys.type("Zaproszę szkołę, policję i sąd.")
    keys.press("Tab")
    keys.press("Enter")
    expect(played.frame.locator(".aqs-notice")).to_be_focused()
    assert played.instance("getScore()") == 8


def order_by_keyboard(played: Stock) -> None:
    """Moves the elements with „W górę” until they stand in order; the focus ends on the last button."""
    items = SAMPLES["ordering"]["items"]
    for place, item in enumerate(items):
        tab_to(played, played.question(7).get_by_role("button", name=f"W górę: {item}"))
        names = played.question(7).locator("select").evaluate_all(NAMES)
        for _ in range(names.index(f"Miejsce: {item}") - place):
            played.page.keyboard.press("Enter")
    tab_to(played, played.question(7).get_by_role("button", name=f"W dół: {items[-1]}"))


def tab_to(played: Stock, target: Locator) -> None:
    for _ in range(50):
        if target.evaluate("element => element === document.activeElement"):
            return
        played.page.keyboard.press("Tab")
    raise AssertionError(f"The tab key does not reach {target}.")


@pytest.mark.parametrize("width", [320, 1000])
def test_axe_finds_nothing_and_it_fits(chromium: Browser, tmp_path: Path, width: int) -> None:
    with stock(chromium, tmp_path, params(), width=width) as played:
        played.open(state_of({"number": "osiem"}))
        healthy(played)
        played.button("Sprawdź odpowiedzi").click()  # an error
        healthy(played)
        played.question(4).get_by_label("Twoja odpowiedź").fill("86")
        played.button("Sprawdź odpowiedzi").click()  # something is missing
        healthy(played)
        played.button("Sprawdź mimo to").click()
        healthy(played)
        played.button("Pokaż poprawne odpowiedzi").click()
        healthy(played)


def healthy(played: Stock) -> None:
    if not played.frame.evaluate("typeof axe !== 'undefined'"):
        played.frame.evaluate(AXE.read_text())
    # Landmarks and headings are the page's, which the content only is a part of; its document is H5P's.
    found = played.frame.evaluate(RUN_AXE, [])
    outside = {"region", "page-has-heading-one", "landmark-one-main", "html-has-lang", "document-title"}
    assert [rule for rule in found if rule["id"] not in outside] == []
    wide, room = played.frame.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
    )
    assert wide <= room


def test_texts_of_authors_cannot_run_anything(chromium: Browser, tmp_path: Path) -> None:
    """The stock player filters nothing: the content type itself builds texts from the marks it knows."""
    hostile = params("single_choice", "gaps")
    bad = '<img src=x onerror="parent.bad = 1"><script>parent.bad = 1</script><a href="javascript:parent.bad=1">x</a>'
    for question in hostile["questions"]:
        question["text"] += bad
        question["feedback"] = bad
    hostile["intro"] = f"<p onclick='parent.bad=1'>Wstęp {bad}</p>"
    hostile["questions"][0]["options"][0]["text"] = bad
    with stock(chromium, tmp_path, hostile) as played:
        played.open(state_of({}, checked=True))
        assert played.page.evaluate("window.bad") is None
        shown = played.frame.locator(".aqs")
        assert shown.locator("img, script, a, [onclick]").count() == 0
        expect(played.question(1).locator("label").filter(has_text="onerror")).to_be_visible()


def test_pictures_are_shown_where_they_belong(chromium: Browser, tmp_path: Path) -> None:
    drawn = io.BytesIO()
    Pillow.new("RGB", (40, 20), "navy").save(drawn, "PNG")
    chart = Image(source="exchange:1", name="a.png", alt="", content=drawn.getvalue(), media_type="image/png")
    data = {
        "text": '<p>Co pokazuje wykres?</p><img src="exchange:1" alt="Wykres &quot;A&quot;"/>',
        "options": [
            {"text": "wzrost", "correct": True, "image": {"src": "exchange:1", "alt": "Strzałka & kreska"}},
            {"text": "spadek", "correct": False, "feedback": '<p><img src="exchange:1" alt="Inny opis"/></p>'},
        ],
    }
    found = Found(kind="single_choice", title="", data=data, images=(chart,))
    one = h5p_params.Asked(found=found, points=1, sub_content_id=str(uuid5(NAMESPACE_URL, "obraz")))
    content = h5p_params.content([one], behaviour=h5p_params.Behaviour())
    with stock(chromium, tmp_path, content.params, content.files) as played:
        played.open({"seed": 1, "answers": {"0": "1"}, "checked": True})
        for alt in ('Wykres "A"', "Strzałka & kreska", "Inny opis"):
            picture = played.question(1).get_by_alt_text(alt, exact=True)
            expect(picture).to_have_js_property("naturalWidth", 40)
        assert played.frame.locator("img").count() == 3


def test_what_is_kept_back_is_not_shown(chromium: Browser, tmp_path: Path) -> None:
    rules = {"feedback": False, "score": False, "solutions": False, "retry": False}
    with stock(chromium, tmp_path, params("single_choice", "true_false", **rules)) as played:
        played.open({"seed": 1, "answers": {"0": "1", "1": True}})
        played.button("Sprawdź odpowiedzi").click()
        expect(played.frame.get_by_text("To wszystko. Dziękujemy za odpowiedzi.")).to_be_visible()
        assert played.frame.locator("button").count() == 0
        assert played.frame.get_by_text("Dobrze").count() == 0
        assert played.reported("completed")[0]["result"]["score"]["raw"] == 2


def test_order_is_never_shown_as_the_key_is(chromium: Browser, tmp_path: Path) -> None:
    with stock(chromium, tmp_path, params("ordering")) as played:
        items = SAMPLES["ordering"]["items"]
        for seed in range(12):
            played.open({"seed": seed, "answers": {}})
            shown = [text.split(":")[-1] for text in played.question(1).locator("select").evaluate_all(NAMES)]
            assert sorted(name.strip() for name in shown) == sorted(items)
            assert [name.strip() for name in shown] != items


NAMES = "all => all.map(select => select.getAttribute('aria-label'))"
