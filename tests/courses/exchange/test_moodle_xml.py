"""Moodle XML: what each type becomes, and what is said about the rest."""

import base64
from typing import Any

import pytest

from courses.exchange import Effect, Reading, read, with_images

from .generated import PNG

PICTURE = base64.b64encode(PNG).decode()


def quiz(*questions: str) -> Reading:
    return read(f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{"".join(questions)}</quiz>'.encode(), "pytania.xml")


def question(kind: str, inside: str = "", text: str = "<p>Pytanie?</p>", name: str = "Nazwa") -> str:
    return (
        f'<question type="{kind}"><name><text>{name}</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>'
        f"<defaultgrade>1.0000000</defaultgrade>{inside}</question>\n"
    )


def answer(text: str, fraction: str = "0", feedback: str = "", more: str = "") -> str:
    return (
        f'<answer fraction="{fraction}" format="html"><text><![CDATA[{text}]]></text>'
        f'<feedback format="html"><text><![CDATA[{feedback}]]></text></feedback>{more}</answer>'
    )


SINGLE = "<single>true</single>" + answer("<p>tak</p>", "100") + answer("<p>nie</p>")
SEVERAL = "<single>false</single>" + answer("a", "50") + answer("b", "50") + answer("c", "-50")
ORDER = (
    "<gradingtype>ABSOLUTE_POSITION</gradingtype><selecttype>ALL</selecttype>" + answer("raz", "1") + answer("dwa", "2")
)
PAIR = "<subquestion format='html'><text>{}</text><answer><text>{}</text></answer></subquestion>"


@pytest.mark.parametrize(
    ("xml", "kind", "part"),
    [
        (question("multichoice", SINGLE), "single_choice", {"text": "<p>Pytanie?</p>"}),
        (question("multichoice", SEVERAL), "multiple_choice", {}),
        (question("truefalse", answer("true", "0") + answer("false", "100")), "true_false", {"answer": False}),
        (
            question("shortanswer", answer("5 \\* 5", "100")),
            "short_text",
            {"accepted": [{"text": "5 * 5", "percent": 100, "feedback": ""}]},
        ),
        (
            question("numerical", answer("1.5e2", "100", more="<tolerance>0.1</tolerance>")),
            "number",
            {"answer": "150", "tolerance": "0,1"},
        ),
        (
            question(
                "numerical",
                answer("3", "100") + "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>",
            ),
            "number",
            {"unit": "km"},
        ),
        (
            question("matching", PAIR.format("a", "1") + PAIR.format("b", "1") + PAIR.format("", "2")),
            "matching",
            {"pairs": [{"left": "a", "right": "1"}, {"left": "b", "right": "1"}], "extra": ["2"]},
        ),
        (question("ordering", ORDER), "ordering", {"items": ["raz", "dwa"]}),
        (
            question(
                "essay",
                "<minwordlimit>10</minwordlimit><maxwordlimit>90</maxwordlimit>"
                "<graderinfo format='html'><text>Zwróć uwagę</text></graderinfo>",
            ),
            "open_text",
            {"min_words": 10, "max_words": 90, "guidance": "<p>Zwróć uwagę</p>"},
        ),
        (
            question("cloze", text="PZK to {1:SA:=Zespół~=Zesp.} i {1:NM:=2.5}."),
            "gaps",
            {"text": "<p>PZK to {{Zespół|Zesp.}} i {{2,5|2.5}}.</p>"},
        ),
        (
            question(
                "gapselect",
                "<selectoption><text>kot</text></selectoption><selectoption><text>pies</text></selectoption>",
                text="Ala ma [[2]].",
            ),
            "gaps",
            {"text": "<p>Ala ma {{pies}}.</p>"},
        ),
        (
            question("ddwtos", "<dragbox><text>kot</text></dragbox>", text="Ala ma [[1]]."),
            "gaps",
            {"text": "<p>Ala ma {{kot}}.</p>"},
        ),
    ],
)
def test_a_type_becomes_its_kind(xml: str, kind: str, part: dict[str, Any]) -> None:
    reading = quiz(xml)

    assert [found.kind for found in reading.found] == [kind], reading.problems
    assert {name: reading.found[0].data[name] for name in part} == part
    assert (reading.found[0].title, reading.found[0].place) == ("Nazwa", "wiersz 3, „Nazwa”")


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (question("description"), "Opis nie jest pytaniem."),
        (question("calculated"), "Pytanie z losowanymi liczbami nie ma u nas odpowiednika."),
        (question("stack"), "Typ „stack” nie ma u nas odpowiednika."),
        (question("multichoice", "<single>true</single>"), "Pytanie nie ma odpowiedzi."),
        (
            question("multichoice", "<single>true</single>" + answer("a", "50")),
            "Żadna odpowiedź nie daje 100% punktów.",
        ),
        (
            question("multichoice", "<single>true</single>" + answer("a", "sto")),
            "Waga odpowiedzi „sto” nie jest liczbą.",
        ),
        (
            question("truefalse", answer("true", "100") + answer("false", "100")),
            "Nie wiadomo, czy zdanie jest prawdziwe, czy fałszywe.",
        ),
        (question("matching", PAIR.format("a", "1")), "Za mało par. Potrzebne są co najmniej 2."),
        (question("numerical", answer("dużo", "100")), "„dużo” nie jest liczbą, którą umiemy odczytać."),
        (question("numerical", answer("1e30", "100")), "Liczba 1e30 jest za długa, żeby ją wpisać."),
        (question("cloze", text="Bez luk."), "W treści nie ma żadnej luki w zapisie Cloze."),
        (question("cloze", text="{1:NM:=2.5:0.1}"), "Luka z liczbą i tolerancją nie ma u nas odpowiednika."),
        (question("cloze", text="{1:SA:=a*}"), "Luka nie ma odpowiedzi za 100% punktów albo ma w niej znak *."),
        (question("cloze", text="{1:MR:=a~=b}"), "Luka typu MR nie ma u nas odpowiednika."),
        (
            question("cloze", text="{{x}} {1:SA:=a}"),
            "Treść zawiera podwójny nawias klamrowy, którym u nas zaznacza się luki.",
        ),
        (
            question("gapselect", "<selectoption><text>a</text></selectoption>", text="[[2]]"),
            "Luka [[2]] nie ma swojego słowa na liście.",
        ),
        (
            question("truefalse", answer("true", "100"), text="<math><mi>x</mi></math>?"),
            "Treść zawiera wzór w zapisie MathML, którego treść pytania nie przyjmuje.",
        ),
        (question("truefalse", answer("true", "100"), text=" "), "Wpisz treść pytania."),
    ],
)
def test_what_makes_no_question_is_left_out_with_its_element(xml: str, reason: str) -> None:
    reading = quiz(question("truefalse", answer("true", "100")), xml)

    assert [(p.place, p.reason, p.effect) for p in reading.problems] == [("wiersz 4, „Nazwa”", reason, Effect.LEFT_OUT)]
    assert reading.counts == {"true_false": 1}


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (
            question("shortanswer", "<usecase>1</usecase>" + answer("a", "100")),
            "Wielkość liter przestała mieć znaczenie.",
        ),
        (
            question("truefalse", answer("true", "100", "Tak!")),
            "Osobne informacje zwrotne do „Prawda” i „Fałsz” połączono w jedno wyjaśnienie.",
        ),
        (
            question("multichoice", SINGLE + "<hint format='html'><text>Pomyśl</text></hint>"),
            "Pominięto podpowiedzi do kolejnych prób.",
        ),
        (
            question(
                "multichoice",
                SINGLE + "<incorrectfeedback format='html'><text>Wróć do lekcji 3</text></incorrectfeedback>",
            ),
            "Pominięto informacje zwrotne dla odpowiedzi poprawnej, częściowej i błędnej.",
        ),
        (
            question("multichoice", SINGLE).replace("1.0000000", "3.0000000"),
            "Liczba punktów (3.0000000) należy u nas do testu, a nie do pytania.",
        ),
        (
            question("cloze", text="{1:MC:=tak~nie} {1:SA:=a}"),
            "Listę do wyboru zastąpiła luka do wpisania. Na liście były: tak, nie.",
        ),
        (question("cloze", text="{1:SA:=a} {2:SA:=b}"), "Luki miały różne wagi, teraz każda daje tyle samo punktów."),
        (question("cloze", text="{1:SA:=a~%50%b}"), "Pominięto odpowiedzi w lukach za część punktów: b."),
        (
            question("ordering", ORDER.replace("ABSOLUTE_POSITION", "ALL_OR_NOTHING")),
            "Kolejność będzie oceniana inaczej: punkty daje każdy element na swoim miejscu.",
        ),
        (question("essay", "<attachments>2</attachments>"), "Do odpowiedzi nie można u nas dołączyć plików."),
        (
            question("multichoice", SINGLE.replace("tak", "<b>tak</b>")),
            "Odpowiedzi straciły pogrubienia, kursywę, listy lub odnośniki.",
        ),
        (
            question("truefalse", answer("true", "100"), text="<p>Film: <video src='x.mp4'>brak</video></p>"),
            "Pominięto film, nagranie albo inny osadzony materiał.",
        ),
        (question("truefalse", answer("true", "100"), name="a" * 151), "Skrócono nazwę pytania do 150 znaków."),
    ],
)
def test_what_is_not_as_it_was_is_said(xml: str, reason: str) -> None:
    reading = quiz(xml)

    assert len(reading.found) == 1
    assert reason in [problem.reason for problem in reading.problems]
    assert {problem.effect for problem in reading.problems} == {Effect.CHANGED}


def test_what_moodle_writes_by_itself_is_no_news() -> None:
    feedback = "<correctfeedback format='html'><text>Twoja odpowiedź jest poprawna.</text></correctfeedback>"

    assert quiz(question("multichoice", SINGLE + feedback + "<hint><text></text></hint>")).problems == ()


def test_powers_do_not_become_other_numbers() -> None:
    reading = quiz(
        question("truefalse", answer("true", "100"), text="<p>10<sup>2</sup> H<sub>2</sub>O x<sup>a+b</sup></p>")
    )

    assert reading.found[0].data["text"] == "<p>10² H₂O x^(a+b)</p>"
    assert [problem.reason for problem in reading.problems] == [
        "Indeks górny lub dolny zapisano znakami ^( ) albo _( )."
    ]


def test_images_come_with_their_descriptions_and_are_put_where_the_caller_keeps_them() -> None:
    file = f'<file name="mapa gmin.png" path="/" encoding="base64">{PICTURE}</file>'
    picture = '<img src="@@PLUGINFILE@@/mapa%20gmin.png" alt="Mapa gmin">'
    inside = "<single>true</single>" + answer(f"ta {picture}", "100", more=file) + answer(picture) + file
    reading = quiz(question("multichoice", inside, text=f"<p>Która? {picture}</p>"))
    found = reading.found[0]

    assert reading.problems == ()
    assert [(image.name, image.content, image.media_type) for image in found.images] == [
        ("mapa gmin.png", PNG, "image/png")
    ]
    data = with_images(found, lambda image, alt: f"<{image.name}:{alt}>", lambda image, alt: (image.name, alt))
    assert data["text"] == "<p>Która? <mapa gmin.png:Mapa gmin></p>"
    assert [(row["text"], row["image"]) for row in data["options"]] == [
        ("ta", ("mapa gmin.png", "Mapa gmin")),
        ("Mapa gmin", ("mapa gmin.png", "")),
    ]


def test_a_picture_that_is_no_picture_does_not_come_in() -> None:
    svg = base64.b64encode(b"<svg onload='alert(1)'/>").decode()
    xml = question(
        "truefalse",
        answer("true", "100") + f'<file name="a.png" encoding="base64">{svg}</file>',
        text='<p>Zobacz <img src="@@PLUGINFILE@@/a.png" alt="wykres"></p>',
    )
    reading = quiz(xml)

    assert reading.found[0].images == ()
    assert reading.found[0].data["text"] == "<p>Zobacz [obraz: wykres]</p>"
    assert [p.reason for p in reading.problems] == ["Pominięto obraz a.png: to nie jest PNG, JPEG, GIF ani WebP."]


def test_scripts_and_styles_do_not_come_in() -> None:
    text = "<p onclick='x()'>A<script>alert(1)</script> <a href='javascript:x()'>b</a></p><style>p{}</style>"
    reading = quiz(question("truefalse", answer("true", "100"), text=text))

    assert reading.found[0].data["text"] == "<p>A b</p>"


def test_progress_is_told_item_by_item() -> None:
    told: list[tuple[int, int]] = []
    xml = f"<quiz>{question('truefalse', answer('true', '100')) * 3}</quiz>"

    read(xml.encode(), "pytania.xml", watch=lambda done, total: told.append((done, total)))

    assert told == [(1, 3), (2, 3), (3, 3)]
