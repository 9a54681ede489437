"""Transcripts and chapters: written by hand, made of captions, searched. No database."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.cms.words import fold, stems
from media.captions import Cue, parse_vtt
from media.transcripts import (
    LONGEST_TITLE,
    MOST_CHAPTERS,
    Chapter,
    ChapterFaults,
    Passage,
    chapters_vtt,
    clock,
    find,
    moments_of,
    parse_chapters,
    parse_transcript,
    passages_of,
    read_clock,
    transcript_text,
)

MINUTE = 60_000


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [(0, "0:00"), (999, "0:00"), (65_000, "1:05"), (3_599_999, "59:59"), (3_723_000, "1:02:03"), (-5, "0:00")],
)
def test_a_time_is_shown_as_people_write_it(milliseconds: int, text: str) -> None:
    assert clock(milliseconds) == text


@given(st.integers(0, 900 * 3600))
def test_a_time_that_is_shown_is_read_again(seconds: int) -> None:
    assert read_clock(clock(seconds * 1000)) == seconds * 1000


@pytest.mark.parametrize(("text", "expected"), [("01:05", 65_000), ("75:00", 75 * MINUTE), (" 1:02:03 ", 3_723_000)])
def test_times_are_read_in_every_way_of_writing(text: str, expected: int) -> None:
    assert read_clock(text) == expected


@pytest.mark.parametrize(
    "text", ["", "65", "1:5", "1:60", "1:60:00", "1:2:3:4", "-1:05", "1:05.5", "a:bc", "١:٠٥", "1:05 x"]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Zapisz czas tak"):
        read_clock(text)


def cue(start: float, end: float, text: str) -> Cue:
    return Cue(int(start * 1000), int(end * 1000), text)


def test_captions_become_paragraphs_where_the_speaker_pauses() -> None:
    cues = [
        cue(1, 3, "Dzień dobry,\nnazywam się Anna."),
        cue(3.2, 5, "Pracuję w PCPR."),
        cue(7, 9, "Nasz zespół"),
        cue(11, 12, "działa od roku."),
    ]
    assert passages_of(cues) == (
        Passage(1000, "Dzień dobry, nazywam się Anna. Pracuję w PCPR."),
        Passage(7000, "Nasz zespół działa od roku."),
    )


def test_a_long_speech_without_pauses_is_parted_at_the_end_of_a_sentence() -> None:
    cues = [cue(at, at + 1, f"To jest zdanie, które ma numer {at}" + ("." if at % 2 else ",")) for at in range(40)]
    passages = passages_of(cues)
    assert len(passages) > 3
    assert all(passage.text.endswith(".") and 300 <= len(passage.text) < 400 for passage in passages[:-1])


def test_a_speech_without_a_full_stop_is_parted_all_the_same() -> None:
    passages = passages_of(cue(at, at + 1, "i jeszcze coś, i jeszcze") for at in range(200))
    assert max(len(passage.text) for passage in passages) < 800


texts = st.text(st.sampled_from("abą .,!\n"), min_size=1, max_size=60).filter(str.strip)
spoken = st.lists(st.tuples(st.integers(1, 3000), st.integers(1, 5000), texts), max_size=30)


@given(spoken)
def test_no_word_is_lost_in_paragraphs(parts: list[tuple[int, int, str]]) -> None:
    cues, at = [], 0
    for pause, lasts, text in parts:
        cues.append(Cue(at + pause, at + pause + lasts, text))
        at += pause + lasts
    passages = passages_of(cues)
    assert [word for passage in passages for word in passage.text.split()] == [
        word for cue in cues for word in cue.text.split()
    ]
    assert all(first.start < second.start for first, second in pairwise(passages) if first.start and second.start)
    assert {passage.start for passage in passages} <= {cue.start for cue in cues}
    assert moments_of([]) == ()


def test_a_transcript_is_read_as_editors_write_it() -> None:
    text = (
        "Wstęp bez czasu,\r\nw dwóch liniach.\r\n\r\n"
        "1:05 Dzień dobry.\n[1:30] – Proszę mówić.\n[1:02:03]Po godzinie\n\n\n  \n"
        "9:99 to nie czas\n\n"
        "2:00\nTekst pod czasem."
    )
    assert parse_transcript(text) == (
        Passage(None, "Wstęp bez czasu, w dwóch liniach."),
        Passage(65_000, "Dzień dobry."),
        Passage(90_000, "– Proszę mówić."),
        Passage(3_723_000, "Po godzinie"),
        Passage(None, "9:99 to nie czas"),
        Passage(120_000, "Tekst pod czasem."),
    )


@pytest.mark.parametrize("text", ["", " \n\n ", "1:05", "[1:05]\n\n"])
def test_a_transcript_without_words_has_no_passages(text: str) -> None:
    assert parse_transcript(text) == ()


words = st.text(st.sampled_from("abcąę<&[]():;- 0\u202e\x07"), min_size=1, max_size=40).map(lambda text: f"A{text}z")
passages = st.builds(Passage, st.one_of(st.none(), st.integers(0, 90_000).map(lambda second: second * 1000)), words)


@given(st.lists(passages, max_size=8))
def test_a_transcript_that_is_written_is_read_again(written: list[Passage]) -> None:
    text = transcript_text(written)
    assert transcript_text(parse_transcript(text)) == text
    assert [passage.start for passage in parse_transcript(text)] == [passage.start for passage in written]


def test_control_characters_are_no_part_of_a_transcript() -> None:
    assert parse_transcript("Adres\x07 \u202eodwrócony") == (Passage(None, "Adres odwrócony"),)


def test_chapters_are_read_one_a_line() -> None:
    text = "0:00 Początek\r\n\r\n[1:05] – Zespół: kto i po co\r\n1:02:03 - Koniec\r\n"
    assert parse_chapters(text, duration=4_000_000) == (
        Chapter(0, "Początek"),
        Chapter(65_000, "Zespół: kto i po co"),
        Chapter(3_723_000, "Koniec"),
    )
    assert parse_chapters("", duration=None) == ()


def test_every_fault_of_chapters_is_named_with_its_line() -> None:
    text = f"Początek\n0:30\n0:40 Zespół\n\n0:40 Drugi\n0:20 Trzeci\n2:00 Po filmie\n0:50 {'a' * (LONGEST_TITLE + 1)}"
    with pytest.raises(ChapterFaults) as raised:
        parse_chapters(text, duration=MINUTE)
    assert [(fault.line, fault.text.replace("\xa0", " ")) for fault in raised.value.faults] == [
        (1, "Zacznij od czasu, na przykład „1:05 Zespół”."),
        (2, "Po czasie wpisz tytuł rozdziału."),
        (5, "Rozdział musi się zaczynać po poprzednim, czyli po 0:40."),
        (6, "Rozdział musi się zaczynać po poprzednim, czyli po 0:40."),
        (7, "Film kończy się o 1:00, przed początkiem tego rozdziału."),
        (8, f"Tytuł rozdziału może mieć najwyżej {LONGEST_TITLE} znaków."),
    ]
    assert str(raised.value).startswith("Linia 1: Zacznij")


def test_there_is_an_end_to_chapters() -> None:
    text = "\n".join(f"{at}:00 Rozdział" for at in range(MOST_CHAPTERS + 50))
    with pytest.raises(ChapterFaults, match=f"Linia {MOST_CHAPTERS + 1}: Film może mieć najwyżej {MOST_CHAPTERS}"):
        parse_chapters(text, duration=None)


def test_chapters_last_until_the_next_one_and_the_last_until_the_end() -> None:
    chapters = (Chapter(0, "Początek"), Chapter(65_000, "A & <b>B</b>"))
    assert parse_vtt(chapters_vtt(chapters, 90_500)) == (
        Cue(0, 65_000, "Początek"),
        Cue(65_000, 90_500, "A & <b>B</b>"),
    )
    assert parse_vtt(chapters_vtt(chapters, None))[-1].end > 65_000
    assert chapters_vtt((), 90_500) == "WEBVTT\n"


SPOKEN = (
    Passage(1000, "Nasza gmina ma zespół."),
    Passage(2000, "W gminach obok działają asystentki rodziny."),
    Passage(3000, "Asystentka pomaga rodzinom w całej gminie."),
    Passage(4000, "Domownicy wybrali kuratora."),
    Passage(5000, "Idziemy do domu."),
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("gminy", [1000, 2000, 3000]),
        ("asystent rodziny", [2000, 3000]),
        ("PZK w GMINIE, asystentką", [2000, 3000, 1000]),
        ("kuratorów", [4000]),
        ("do", [5000]),
        ("dom", [4000, 5000]),
        ("mina", []),
        ("", []),
        ("%_\\'", []),
    ],
)
def test_the_passages_with_most_of_the_words_come_first(query: str, found: list[int]) -> None:
    assert [passage.start for passage in find(SPOKEN, query)] == found


def test_as_many_are_found_as_were_asked_for() -> None:
    assert len(find(SPOKEN, "gmina", most=1)) == 1


def test_a_search_in_captions_leads_to_the_second() -> None:
    cues = [cue(10, 12, "Zaczynamy\nod diagnozy"), cue(12.5, 14, "potrzeb rodziny.")]
    assert find(moments_of(cues), "rodzina") == (Passage(12_500, "potrzeb rodziny."),)
    assert moments_of(cues)[0] == Passage(10_000, "Zaczynamy od diagnozy")


@given(st.text(max_size=80), st.text(max_size=300))
def test_any_query_finds_only_what_is_there(query: str, text: str) -> None:
    for passage in find([Passage(0, text)], query):
        assert any(stem in fold(passage.text) for stem in stems(query))
