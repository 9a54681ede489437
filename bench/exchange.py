"""How long reading and writing many questions takes, in every format; the files hold all kinds, with feedback."""

import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

from courses.exchange import Format, Found, read, write

QUESTIONS = 2000
LIMIT = 20.0  # seconds, for reading Moodle XML

PARTS: Mapping[str, Mapping[str, Any]] = {
    "single_choice": {
        "options": [
            {
                "text": f"odpowiedź {letter}",
                "correct": letter == "b",
                "feedback": f"<p>Wróć do <b>lekcji {letter}</b>.</p>",
            }
            for letter in "abcd"
        ]
    },
    "multiple_choice": {
        "options": [{"text": f"instytucja {letter}", "correct": letter in "ab", "feedback": ""} for letter in "abcde"]
    },
    "true_false": {"answer": True},
    "number": {"answer": "86,34", "tolerance": "0,5", "unit": "%"},
    "gaps": {},
    "matching": {"pairs": [{"left": f"gmina {n}", "right": f"ośrodek {n}"} for n in range(5)], "extra": ["powiat"]},
    "ordering": {"items": [f"krok {n}" for n in range(6)]},
    "short_text": {
        "accepted": [
            {"text": "Partnerski Zespół Kooperacji", "percent": 100, "feedback": "<p>Tak.</p>"},
            {"text": "PZK", "percent": 50, "feedback": ""},
        ],
        "ignore_diacritics": False,
    },
    "open_text": {"criteria": [{"text": "Wymienia trzy instytucje", "points": 3}], "guidance": "<p>Uwaga.</p>"},
}


def questions(count: int) -> Iterator[Found]:
    """Questions of all kinds in turn, each with its own text, in twenty categories."""
    kinds = list(PARTS)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        gap = " PZK to {{zespół|Zespół}}." if kind == "gaps" else ""
        text = f"<p>Pytanie {number}: kto <i>prowadzi</i> zespół w gminie?{gap}</p><ul><li>Przeczytaj opis.</li></ul>"
        data = {"text": text, "feedback": '<p>Mówi o tym <a href="https://example.org/">Księga</a>.</p>', **PARTS[kind]}
        yield Found(kind=kind, title=f"Pytanie {number}", data=data, category=("Prawo", f"Dział {number // 100}"))


def measure() -> int:
    """Print the size and the seconds of each format; 1 where Moodle XML takes longer than the limit."""
    asked = list(questions(QUESTIONS))
    failed = False
    for to in Format:
        started = time.perf_counter()
        written = write(asked, to)
        between = time.perf_counter()
        reading = read(written.content, f"bench{written.suffix}")
        seconds = time.perf_counter() - between
        whole = len(reading.found) == QUESTIONS and not reading.problems
        failed |= not whole or (to is Format.MOODLE_XML and seconds > LIMIT)
        limit = f", limit {LIMIT:g}" if to is Format.MOODLE_XML else ""
        sys.stdout.write(
            f"{to}: {len(reading.found)} questions, {len(written.content) / 1e6:.2f} MB: written in "
            f"{between - started:.2f} s, read in {seconds:.2f} s{limit}{'' if whole else '; not whole'}\n"
        )
    return int(failed)
