"""What one mark may say."""

import pytest

from library.marked.faults import BadMark
from library.marked.grammar import Kind, Mark, Use, parse

ALLOWED = {
    "{{ pole }}": Mark(Kind.VALUE, uses=(Use("pole", is_printed=True),)),
    "{{pole}}": Mark(Kind.VALUE, uses=(Use("pole", is_printed=True),)),
    "{{\xa0pole }}": Mark(Kind.VALUE, uses=(Use("pole", is_printed=True),)),
    "{{ osoba.imie }}": Mark(Kind.VALUE, uses=(Use("osoba", "imie", is_printed=True),)),
    "{% if pole %}": Mark(Kind.IF, uses=(Use("pole"),)),
    "{%if pole%}": Mark(Kind.IF, uses=(Use("pole"),)),
    "{%p if not pole %}": Mark(Kind.IF, "p", (Use("pole"),)),
    '{% if a and b == "tak" or (not c) %}': Mark(Kind.IF, uses=(Use("a"), Use("b", compared="tak"), Use("c"))),
    "{% if forma == „zdalna” %}": Mark(Kind.IF, uses=(Use("forma", compared="zdalna"),)),
    "{% if forma == ‘zdalna’ %}": Mark(Kind.IF, uses=(Use("forma", compared="zdalna"),)),
    "{% elif pole %}": Mark(Kind.ELIF, uses=(Use("pole"),)),
    "{%p else %}": Mark(Kind.ELSE, "p"),
    "{% endif %}": Mark(Kind.ENDIF),
    "{%tr for osoba in osoby %}": Mark(Kind.FOR, "tr", variable="osoba", rows="osoby"),
    "{%tr endfor %}": Mark(Kind.ENDFOR, "tr"),
    "{# uwaga dla prawnika #}": Mark(Kind.COMMENT),
}


@pytest.mark.parametrize(("text", "mark"), ALLOWED.items())
def test_a_mark_is_read(text: str, mark: Mark) -> None:
    assert parse(text) == mark


REFUSED = {
    "{{ ''.__class__ }}": "Takiego wyrażenia",
    "{{ x.__globals__ }}": "Nazwa „__globals__”",
    "{{ x.__class__.__mro__ }}": "Takiego wyrażenia",
    "{{ 'A'*10**9 }}": "Takiego wyrażenia",
    "{{ a * b }}": "Takiego wyrażenia",
    "{{ a ~ b }}": "Takiego wyrażenia",
    "{{ a, b }}": "Takiego wyrażenia",
    "{{ -a }}": "Takiego wyrażenia",
    "{{ [a] }}": "Takiego wyrażenia",
    "{{ lipsum() }}": "Takiego wyrażenia",
    "{{ lipsum.__globals__ }}": "Nazwa „__globals__”",
    "{{ cycler.__init__ }}": "Nazwa „__init__”",
    "{{ range(3) }}": "Takiego wyrażenia",
    "{{ pole|upper }}": "Takiego wyrażenia",
    "{{ pole[0] }}": "Takiego wyrażenia",
    "{{ pole['x'] }}": "Takiego wyrażenia",
    "{{ pole.a.b }}": "Takiego wyrażenia",
    "{{ pole if inne }}": "Takiego wyrażenia",
    "{{ true }}": "Takiego wyrażenia",
    "{{ pole is defined }}": "Takiego wyrażenia",
    "{{ Pole }}": "Nazwa „Pole”",
    "{{ żółć }}": "Nazwa „żółć”",
    "{{ imię_i_nazwisko }}": "Nazwa „imię_i_nazwisko”",
    "{{ pole z odstępem }}": "Nie umiemy odczytać",
    "{{ }}": "pusty",
    "{{ " + "a" * 400 + " }}": "za długi",
    "{{ " + "a" * 41 + " }}": "najwyżej 40",
    "{% if " + "(" * 140 + "a" + ")" * 140 + " %}": "Nie umiemy odczytać",
    "{% if pole > 3 %}": "W\xa0warunku",
    "{% if pole == 3 %}": "W\xa0warunku",
    "{% if pole == inne %}": "W\xa0warunku",
    "{% if pole != 'x' %}": "W\xa0warunku",
    "{% if 'x' in pole %}": "W\xa0warunku",
    "{% if pole == 'a' == 'b' %}": "W\xa0warunku",
    "{% if pole() %}": "W\xa0warunku",
    "{% if %}": "Nie umiemy odczytać",
    "{% if pole == '50%' %}": "nie może zawierać",
    "{% for i in range(10**9) %}": "Pętlę zapisz",
    "{% for a, b in pola %}": "Pętlę zapisz",
    "{% for a in b.c %}": "Pętlę zapisz",
    "{% for a in b if a %}": "Pętlę zapisz",
    "{% for a in b recursive %}": "Pętlę zapisz",
    "{% for loop in b %}": "Nie umiemy odczytać|Pętlę zapisz",
    "{% for a %}": "Nie umiemy odczytać",
    "{% set a = 1 %}": "Instrukcja „set” jest niedozwolona",
    "{% include 'x' %}": "niedozwolona",
    "{% import 'os' as os %}": "niedozwolona",
    "{% macro a() %}": "niedozwolona",
    "{% extends 'x' %}": "niedozwolona",
    "{% raw %}": "niedozwolona",
    "{% cellbg kolor %}": "niedozwolona",
    "{% jezeli pole %}": "Nieznany znacznik „jezeli”",
    "{% endif pole %}": "Po słowie „endif”",
    "{%- if pole %}": "Myślnika",
    "{% if pole -%}": "Myślnika",
    "{{- pole }}": "Myślnika",
    "{{r pole }}": "Zapisz {{ nazwa }}",
    "{{p pole }}": "Zapisz {{ nazwa }}",
    "{%tc for a in b %}": "Litery „tc”",
    "{%r if pole %}": "Litery „r”",
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.items())
def test_a_mark_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(BadMark, match=reason):
        parse(text)
