"""QTI: items of 2.x and 3.0, alone and in packages, in our kinds."""

import zipfile
from io import BytesIO
from typing import Any

import pytest

from courses.exchange import Effect, Format, Found, Reading, read, write
from courses.exchange.qti.names import as_3
from courses.exchange.xml_tree import parse, serialise

from .generated import PNG

MATCH = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'
MAP = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/>'
CHOICES = "".join(f'<simpleChoice identifier="{key}">{key.lower()}</simpleChoice>' for key in "ABC")


def item(declaration: str, body: str, processing: str = MATCH, rest: str = "") -> str:
    return (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i" title="Nazwa" adaptive="false"'
        f' timeDependent="false">{declaration}<itemBody>{body}</itemBody>{processing}{rest}</assessmentItem>'
    )


def response(*values: str, cardinality: str = "single", base: str = "identifier", mapping: str = "") -> str:
    correct = "".join(f"<value>{value}</value>" for value in values)
    return (
        f'<responseDeclaration identifier="R" cardinality="{cardinality}" baseType="{base}">'
        f"<correctResponse>{correct}</correctResponse>{mapping}</responseDeclaration>"
    )


def points(case: str = "", **entries: str) -> str:
    rows = "".join(
        f'<mapEntry mapKey="{key.replace("_", " ")}" mappedValue="{value}" {case}/>' for key, value in entries.items()
    )
    return f'<mapping defaultValue="0">{rows}</mapping>'


def interaction(name: str, inside: str = "", **attributes: str) -> str:
    shown = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<{name} responseIdentifier="R"{shown}>{inside}</{name}>'


def near(mode: str, tolerance: str) -> str:
    return (
        f'<responseProcessing><responseCondition><responseIf><equal toleranceMode="{mode}" tolerance="{tolerance}">'
        '<variable identifier="R"/><correct identifier="R"/></equal><setOutcomeValue identifier="SCORE">'
        '<baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf></responseCondition>'
        "</responseProcessing>"
    )


CHOICE = interaction("choiceInteraction", f"<prompt>Które?</prompt>{CHOICES}", maxChoices="1")
ENTRY = interaction("textEntryInteraction")
SETS = (
    '<simpleMatchSet><simpleAssociableChoice identifier="A" matchMax="1">a</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="B" matchMax="1">b</simpleAssociableChoice></simpleMatchSet>'
    '<simpleMatchSet><simpleAssociableChoice identifier="X" matchMax="2">x</simpleAssociableChoice>'
    '<simpleAssociableChoice identifier="Y" matchMax="2">y</simpleAssociableChoice></simpleMatchSet>'
)
ANYCASE = 'caseSensitive="false"'

SINGLE = item(response("B"), f"<p>Treść.</p>{CHOICE}")
ITEMS: list[tuple[str, str, dict[str, Any]]] = [
    (SINGLE, "single_choice", {"text": "<p>Treść.</p><p>Które?</p>"}),
    (
        item(
            response("A", "B", cardinality="multiple", mapping=points(A="1", B="1", C="-1")),
            f"<p>T.</p>{interaction('choiceInteraction', CHOICES, maxChoices='0')}",
            MAP,
        ),
        "multiple_choice",
        {},
    ),
    (
        item(
            response("true"),
            "<p>T.</p>"
            + interaction(
                "choiceInteraction",
                '<simpleChoice identifier="true">Prawda</simpleChoice>'
                '<simpleChoice identifier="false">Fałsz</simpleChoice>',
                maxChoices="1",
            ),
        ),
        "true_false",
        {"answer": True},
    ),
    (
        item(
            response("A X", "B X", cardinality="multiple", base="directedPair", mapping=points(A_X="1", B_X="1")),
            f"<p>T.</p>{interaction('matchInteraction', SETS)}",
            MAP,
        ),
        "matching",
        {"pairs": [{"left": "a", "right": "x"}, {"left": "b", "right": "x"}], "extra": ["y"]},
    ),
    (
        item(
            response("12.5", base="float"),
            f"<p>Ile? {ENTRY}</p>",
            near("absolute", "0.5 0.5"),
        ),
        "number",
        {"text": "<p>Ile?</p>", "answer": "12,5", "tolerance": "0,5"},
    ),
    (
        item(
            response("200", base="integer"),
            f"<p>Ile? {ENTRY} km</p>",
            near("relative", "5"),
        ),
        "number",
        {"text": "<p>Ile? _____ km</p>", "answer": "200", "tolerance": "10"},
    ),
    (
        item(
            response("PCPR", base="string", mapping=points(ANYCASE, PCPR="1", GOPS="0.5")),
            f"<p>Kto?</p><p>{ENTRY}</p>",
            MAP,
        ),
        "short_text",
        {
            "text": "<p>Kto?</p>",
            "accepted": [
                {"text": "PCPR", "percent": 100, "feedback": ""},
                {"text": "GOPS", "percent": 50, "feedback": ""},
            ],
        },
    ),
    (
        item(response("PZK", base="string", mapping=points(ANYCASE, PZK="2")), f"<p>To {ENTRY} jest.</p>", MAP),
        "gaps",
        {"text": "<p>To {{PZK}} jest.</p>"},
    ),
    (
        item(
            response("B"),
            "<p>To "
            + interaction(
                "inlineChoiceInteraction",
                '<inlineChoice identifier="A">a</inlineChoice><inlineChoice identifier="B">b</inlineChoice>',
            )
            + ".</p>",
        ),
        "single_choice",
        {"text": "<p>To _____.</p>"},
    ),
    (
        item(
            '<responseDeclaration identifier="R" cardinality="single" baseType="string"/>',
            "<p>Opisz.</p>"
            + interaction("extendedTextInteraction")
            + '<rubricBlock view="scorer"><p>Uważaj.</p></rubricBlock>',
            "",
        ),
        "open_text",
        {"guidance": "<p>Uważaj.</p>"},
    ),
]


def one(xml: str) -> Reading:
    return read(xml.encode(), "pytanie.xml")


def three(xml: str) -> str:
    return serialise(as_3(parse(xml.encode())))


@pytest.mark.parametrize("spelling", [str, three], ids=["2", "3"])
@pytest.mark.parametrize(("xml", "kind", "part"), ITEMS)
def test_an_item_becomes_its_kind_in_both_spellings(xml: str, kind: str, part: dict[str, Any], spelling: Any) -> None:
    reading = one(spelling(xml))

    assert [found.kind for found in reading.found] == [kind], reading.problems
    assert {name: reading.found[0].data[name] for name in part} == part
    assert reading.found[0].title == "Nazwa"
    assert {problem.effect for problem in reading.problems} <= {Effect.CHANGED}


def test_the_order_of_an_order_is_the_key() -> None:
    reading = one(
        item(response("C", "A", "B", cardinality="ordered"), f"<p>T.</p>{interaction('orderInteraction', CHOICES)}")
    )

    assert reading.found[0].data["items"] == ["c", "a", "b"]
    assert [p.reason for p in reading.problems] == [
        "Kolejność będzie oceniana inaczej: punkty daje każdy element na swoim miejscu."
    ]


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (item("", interaction("hotspotInteraction")), "Pytanie typu hotspotInteraction nie ma u nas odpowiednika."),
        (item("", "<p>Tylko tekst.</p>"), "Element nie zawiera pytania."),
        (item("", CHOICE), "Pytanie nie ma deklaracji swojej odpowiedzi."),
        (item(response(), CHOICE), "Plik nie mówi, która odpowiedź jest poprawna."),
        (item(response("B"), CHOICE + CHOICE), "Element zawiera kilka pytań naraz (2). U nas każde stoi osobno."),
        (
            SINGLE.replace('adaptive="false"', 'adaptive="true"'),
            "Pytanie, które zmienia się w czasie odpowiadania, nie ma u nas odpowiednika.",
        ),
        (
            item("<templateDeclaration identifier='T'/>" + response("B"), CHOICE),
            "Pytanie z losowanymi wartościami nie ma u nas odpowiednika.",
        ),
        (
            item(response("B"), f"<p><printedVariable identifier='T'/></p>{CHOICE}"),
            "Treść zależy od wartości losowanych w czasie testu.",
        ),
        (
            item(response("B"), f"<p><math><mi>x</mi></math></p>{CHOICE}"),
            "Treść zawiera wzór w zapisie MathML, którego treść pytania nie przyjmuje.",
        ),
        (
            item(response("C", "A", cardinality="ordered"), f"<p>T.</p>{interaction('orderInteraction', CHOICES)}"),
            "Poprawna kolejność nie obejmuje wszystkich elementów.",
        ),
        (
            item(
                response("A X", "A Y", "B X", cardinality="multiple", base="directedPair"),
                f"<p>T.</p>{interaction('matchInteraction', SETS)}",
            ),
            "Element do dopasowania ma kilka poprawnych odpowiedzi albo żadnej.",
        ),
    ],
)
def test_what_makes_no_question_is_left_out_with_its_place(xml: str, reason: str) -> None:
    reading = one(xml)

    assert [(p.place, p.reason, p.effect) for p in reading.problems] == [("wiersz 1, „Nazwa”", reason, Effect.LEFT_OUT)]
    assert reading.found == ()


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (
            item(response("A", "B", cardinality="multiple"), f"<p>T.</p>{interaction('choiceInteraction', CHOICES)}"),
            "Punkty dawała tylko w pełni poprawna odpowiedź, teraz da je też jej część.",
        ),
        (
            item(
                response("A", "B", cardinality="multiple", mapping=points(A="1", B="1")),
                f"<p>T.</p>{interaction('choiceInteraction', CHOICES)}",
                MAP,
            ),
            "Każda błędna odpowiedź odejmie tyle, ile daje poprawna. W pliku: c (0%).",
        ),
        (
            item(response("PZK", base="string", mapping=points(PZK="1")), f"<p>To {ENTRY} jest.</p>", MAP),
            "Wielkość liter przestała mieć znaczenie.",
        ),
        (
            item(
                response("B"),
                CHOICE,
                MATCH,
                '<modalFeedback outcomeIdentifier="F" identifier="ok" showHide="show">Dobrze</modalFeedback>',
            ),
            "Informacje zwrotne zależne od odpowiedzi połączono w jedno wyjaśnienie.",
        ),
        (
            item(response("B"), f"{CHOICE}<rubricBlock view='tutor'><p>Sekret</p></rubricBlock>"),
            "Pominięto wskazówki dla osób oceniających.",
        ),
        (
            item(response("B"), CHOICE, "<responseProcessing><lookupOutcomeValue/></responseProcessing>"),
            "Reguły punktacji z pliku zastąpiła punktacja naszego rodzaju pytania.",
        ),
    ],
)
def test_what_is_not_as_it_was_is_said(xml: str, reason: str) -> None:
    reading = one(xml)

    assert len(reading.found) == 1
    assert reason in [problem.reason for problem in reading.problems]
    assert "Sekret" not in str(reading.found)


def package(files: dict[str, bytes | str], resources: str) -> Reading:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("imsmanifest.xml", f"<manifest><resources>{resources}</resources></manifest>")
        for name, content in files.items():
            archive.writestr(name, content)
    return read(buffer.getvalue(), "paczka.zip")


def resource(href: str, kind: str = "imsqti_item_xmlv2p1") -> str:
    return f'<resource identifier="r" type="{kind}" href="{href}"/>\n'


def test_images_of_a_package_come_by_their_paths() -> None:
    xml = item(response("B"), f'<p><img src="../media/mapa%20gmin.png" alt="Mapa"/></p>{CHOICE}')
    reading = package({"items/i.xml": xml, "media/mapa gmin.png": PNG}, resource("items/i.xml"))

    assert [(image.name, image.content) for image in reading.found[0].images] == [("mapa gmin.png", PNG)]
    assert reading.found[0].place == "items/i.xml"


def test_items_of_a_test_belong_to_the_package_and_others_do_not() -> None:
    test = '<assessmentTest><assessmentItemRef identifier="i" href="a.xml"/></assessmentTest>'
    reading = package({"test.xml": test, "a.xml": SINGLE, "b.xml": SINGLE}, resource("test.xml", "imsqti_test_xmlv2p1"))

    assert [found.place for found in reading.found] == ["a.xml"]
    assert [(p.place, p.effect) for p in reading.problems] == [("b.xml", Effect.LEFT_OUT)]


@pytest.mark.parametrize(
    ("files", "resources", "place", "effect"),
    [
        ({}, resource("a.xml"), "imsmanifest.xml, wiersz 1", Effect.BROKEN),
        ({"a.xml": "<assessmentItem>"}, resource("a.xml"), "a.xml, wiersz 1", Effect.BROKEN),
        ({}, resource("https://example.org/a.xml"), "imsmanifest.xml, wiersz 1", Effect.LEFT_OUT),
        ({"a.xml": "<questestinterop/>"}, resource("a.xml"), "a.xml", Effect.BROKEN),
        ({}, resource("a.xml", "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"), "imsmanifest.xml, wiersz 1", Effect.BROKEN),
    ],
)
def test_a_package_that_is_not_whole_is_named_by_its_file(
    files: dict[str, bytes | str], resources: str, place: str, effect: Effect
) -> None:
    reading = package(files, resources)

    assert [(p.place, p.effect) for p in reading.problems] == [(place, effect)]


@pytest.mark.parametrize(("to", "root"), [(Format.QTI_2_1, "assessmentItem"), (Format.QTI_3_0, "qti-assessment-item")])
def test_our_package_names_its_items_and_is_the_same_each_time(to: Format, root: str) -> None:
    question = Found(kind="true_false", title="T", data={"text": "<p>T.</p>", "answer": True}, category=("Prawo",))
    written = write([question, question], to)

    with zipfile.ZipFile(BytesIO(written.content)) as archive:
        names = archive.namelist()
        items = [parse(archive.read(name)) for name in names if name.startswith("items/")]
        manifest = parse(archive.read("imsmanifest.xml"))
    assert [element.get("href") for element in manifest.walk() if element.name == "resource"] == names[:2]
    assert [element.name for element in items] == [root, root]
    assert write([question, question], to).content == written.content
