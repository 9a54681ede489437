"""GIFT: what each way of writing a question becomes, and what is said about the rest."""

from time import monotonic
from typing import Any

import pytest

from courses.exchange import Effect, Reading, read


def gift(text: str, encoding: str = "utf-8") -> Reading:
    return read(text.encode(encoding), "pytania.gift")


def only(text: str) -> tuple[str, dict[str, Any]]:
    """The kind and data of the only question."""
    reading = gift(text)
    assert len(reading.found) == 1, reading.problems
    return reading.found[0].kind, dict(reading.found[0].data)


def reasons(reading: Reading) -> list[tuple[str, str]]:
    return [(problem.place, problem.reason) for problem in reading.problems]


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("Ile?{=trzy ~dwa#źle}", "single_choice", {"options": [("trzy", True, ""), ("dwa", False, "<p>źle</p>")]}),
        (
            "Które?{~%50%a ~%50%b ~%-50%c}",
            "multiple_choice",
            {"options": [("a", True, ""), ("b", True, ""), ("c", False, "")]},
        ),
        ("Prawda?{T}", "true_false", {"answer": True}),
        ("Prawda?{FALSE}", "true_false", {"answer": False}),
        (
            "Kto?{=gmina =%50%powiat#prawie}",
            "short_text",
            {"accepted": [("gmina", 100, ""), ("powiat", 50, "<p>prawie</p>")]},
        ),
        ("Kto?{gmina}", "short_text", {"accepted": [("gmina", 100, "")]}),
        ("Ile?{#3}", "number", {"answer": "3", "tolerance": "0"}),
        ("Ile?{#3.5:0.25}", "number", {"answer": "3,5", "tolerance": "0,25"}),
        ("Ile?{#1..4}", "number", {"answer": "2,5", "tolerance": "1,5"}),
        (
            "Pary.{=a -> 1 =b -> 2 = -> 3}",
            "matching",
            {"pairs": [{"left": "a", "right": "1"}, {"left": "b", "right": "2"}], "extra": ["3"]},
        ),
        ("Ułóż.{>2 ALL VERTICAL ABSOLUTE SHOW\nraz\ndwa\n}", "ordering", {"items": ["raz", "dwa"]}),
        (
            "PZK to Zespół {=Kooperacji =Koop.} i już.",
            "gaps",
            {"text": "<p>PZK to Zespół {{Kooperacji|Koop.}} i już.</p>"},
        ),
        ("Grant jest {~żywy =pochowany} w grobie.", "single_choice", {"text": "<p>Grant jest _____ w grobie.</p>"}),
        ("Opisz.{}", "open_text", {"guidance": ""}),
        ("[html]<p>A \\= B\\: <b>\\{x\\}</b></p>{T}", "true_false", {"text": "<p>A = B: <b>{x}</b></p>"}),
        ("[markdown]To **ważne** i *ciche*.{T}", "true_false", {"text": "<p>To <b>ważne</b> i <i>ciche</i>.</p>"}),
        ("[plain]Czy 1 <b> 2?{T}", "true_false", {"text": "<p>Czy 1 &lt;b&gt; 2?</p>"}),
        (
            "Wzór $$\\frac\\{1\\}\\{2\\}$$?{T####Bo tak.}",
            "true_false",
            {"text": "<p>Wzór $$\\frac{1}{2}$$?</p>", "feedback": "<p>Bo tak.</p>"},
        ),
    ],
)
def test_a_question_becomes_its_kind(text: str, kind: str, part: dict[str, Any]) -> None:
    found, data = only(text)
    for name in ("options", "accepted"):
        if name in part:
            data[name] = [tuple(value for key, value in row.items() if key != "image") for row in data[name]]

    assert found == kind
    assert {name: data[name] for name in part} == part


def test_titles_and_categories_are_kept() -> None:
    reading = gift(
        "$CATEGORY: $course$/top/Prawo/Gminy // powiaty\n\n::Próg\\: 20::Ile?{#20}\n\nBez nazwy, ale z treścią?{T}"
    )

    assert [(q.title, q.category, q.place) for q in reading.found] == [
        ("Próg: 20", ("Prawo", "Gminy / powiaty"), "wiersz 3"),
        ("Bez nazwy, ale z treścią?", ("Prawo", "Gminy / powiaty"), "wiersz 5"),
    ]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("Ile?{=trzy ~dwa", "Nawias { nie ma pary }."),
        ("Ile?=trzy ~dwa}", "Nawias } nie ma przed sobą nawiasu {."),
        ("Ile?{=trzy {~dwa}}", "Nawias { stoi wewnątrz innego nawiasu {."),
        ("Ile?{=trzy} i {=dwa}", "Po odpowiedziach stoi jeszcze jeden nawias {."),
    ],
)
def test_a_broken_question_is_named_by_its_line(broken: str, reason: str) -> None:
    """J33: broken at line 14."""
    good = "Prawda?{T}\n\n" * 6
    reading = gift(f"{good}// komentarz\n{broken}\n\nPrawda?{{F}}\n")

    assert [(p.place, p.effect) for p in reading.problems] == [("wiersz 14", Effect.BROKEN)]
    assert reading.problems[0].reason.startswith(reason)
    assert reading.is_broken


def test_the_line_is_that_of_the_brace_and_the_question_is_told_too() -> None:
    reading = gift("Ile\nto\njest?{\n=trzy\n~dwa {\n}\n")

    assert reading.problems[0].place == "wiersz 5"
    assert "Pytanie zaczyna się w wierszu 1." in reading.problems[0].reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("To tylko opis.", "Opis bez nawiasu { } z odpowiedziami nie jest pytaniem."),
        ("Ile?{~a ~b}", "Żadna odpowiedź nie daje punktów."),
        ("Ile?{~%50%a =%0%b ~a}", "Te teksty nie mogą się powtarzać."),
        ("Ile?{#}", "„” nie jest liczbą, którą umiemy odczytać."),
        ("Ile?{#=1 =2}", "Liczba musi mieć dokładnie jedną odpowiedź za 100% punktów."),
        ("Kto?{=*}", "Żadna odpowiedź bez znaku * nie daje 100% punktów."),
        ("Pary.{=a -> 1}", "Za mało par. Potrzebne są co najmniej 2."),
        ("Pary.{=a -> 1 =b ->}", "Para „b ->” nie ma obu stron ze znakiem -> między nimi."),
        ("{T}", "Wpisz treść pytania."),
        (f"Ile?{{={'a' * 501} ~b}}", f"„{'a' * 40}…” jest za długie. Może mieć najwyżej 500 znaków."),
    ],
)
def test_what_makes_no_question_is_left_out_with_its_line(text: str, reason: str) -> None:
    reading = gift(f"\n\n{text}\n\nPrawda?{{T}}")

    assert reasons(reading) == [("wiersz 3", reason)]
    assert reading.problems[0].effect is Effect.LEFT_OUT
    assert reading.counts == {"true_false": 1}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Ile?{=a ~%50%b}", "Odpowiedzi z częścią punktów dadzą 0: b (50%)."),
        ("Ile?{=a =b ~c}", "Wystarczała jedna z poprawnych odpowiedzi, teraz trzeba zaznaczyć wszystkie poprawne."),
        (
            "Ile?{~%70%a ~%30%b ~%-50%c}",
            "Poprawne odpowiedzi miały różne wagi, teraz każda waży tyle samo: a (70%), b (30%).",
        ),
        ("Ile?{~%50%a ~%50%b ~c}", "Każda błędna odpowiedź odejmie tyle, ile daje poprawna. W pliku: c (0%)."),
        ("Kto?{=gmina =%50%gm*}", "Pominięto odpowiedzi ze znakiem *, który zastępuje dowolny tekst: gm* (50%)."),
        ("Kto?{=gmina =%0%powiat#Nie.}", "Pominięto informację zwrotną do odpowiedzi: powiat (0%)."),
        ("Ile?{#=3 =%50%3:1}", "Pominięto liczby za część punktów: 3 (50%)."),
        ("Prawda?{T#źle#dobrze}", "Osobne informacje zwrotne do „Prawda” i „Fałsz” połączono w jedno wyjaśnienie."),
        ("Ułóż.{>2\na\nb\nc\n}", "Pytanie pokazywało 2 elementy wybrane z 3, teraz pokaże wszystkie."),
        ("Opisz.{}", "Dodano kryterium „Ocena całej odpowiedzi”, bo każda odpowiedź opisowa musi mieć kryteria."),
        (
            '[html]<p>Co widać? <img src\\="mapa.png" alt\\="mapa"></p>{T}',
            "Pominięto obraz mapa.png: nie ma go w pliku.",
        ),
        ("[html]<table><tr><td>a</td><td>b</td></tr></table>{T}", "Tabelę zamieniono na wiersze tekstu."),
    ],
)
def test_what_is_not_as_it_was_is_said(text: str, reason: str) -> None:
    reading = gift(text)

    assert len(reading.found) == 1
    assert reason in [problem.reason for problem in reading.problems]
    assert {problem.effect for problem in reading.problems} == {Effect.CHANGED}


def test_an_accepted_share_of_points_is_what_it_was_with_nothing_to_say() -> None:
    assert gift("Kto?{=gmina =%50%powiat#prawie}").problems == ()
    assert gift("Które?{~%50%a ~%50%b ~%-50%c}").problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_polish_letters_survive_whatever_the_file_was_saved_as(encoding: str) -> None:
    reading = gift("::Łąka::Zażółć gęślą jaźń?{=Śliwa}", encoding)

    assert [(q.title, q.data["text"]) for q in reading.found] == [("Łąka", "<p>Zażółć gęślą jaźń?</p>")]


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_lines_count_the_same_whatever_ends_them(ends: str) -> None:
    assert gift(ends.join(["Prawda?{T}", "", "Ile?{="])).problems[0].place == "wiersz 3"


@pytest.mark.parametrize(
    "text",
    [
        "{" * 200_000,
        "a{" + "=b" * 50_000,
        "a{" + "".join(f"={n} =A{n} =a{n}" for n in range(10_000)) + "}",
        "\\" * 200_000,
        "a{~%50%" * 20_000,
        "[markdown]" + "**a " * 50_000 + "{T}",
        "[html]" + "<b>x" * 50_000 + "{T}",
        "[html]" + "<ul><li>" * 20_000 + "{T}",
        "[html]" + "<br>" * 500_000 + "{T}",
        "// [extra:{" * 100_000 + "\na{T}",
    ],
    ids=lambda text: text[:12],
)
def test_a_file_made_to_be_slow_is_read_at_once(text: str) -> None:
    started = monotonic()
    gift(text)

    assert monotonic() - started < 5
