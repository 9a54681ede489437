"""What a mark may say. Jinja's parser reads the marks; nothing is executed here.

Allowed is what fills a document in: `{{ pole }}`, `{{ wiersz.kolumna }}` and `{{ loop.index }}` in a loop, `if`,
`elif` and `else` about fields (`not`, `and`, `or`, `== "tekst"`), and `for wiersz in pole`. With `{%p` the whole
paragraph of the mark is left out of the document, with `{%tr` its whole row of the table.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from jinja2 import Environment, TemplateSyntaxError, nodes

from library.structure import NAME

from .faults import BadMark

LONGEST_MARK = 300
LOOP = "loop"  # Jinja's own; `loop.index` counts rows from 1

FORBIDDEN = "Takiego wyrażenia tu nie wolno: dozwolone są tylko nazwy pól, a\xa0w\xa0pętli „wiersz.kolumna”."
BAD_CONDITION = 'W\xa0warunku wolno użyć tylko nazw pól, not, and, or oraz porównania == "tekst".'
BAD_LOOP = "Pętlę zapisz jako {% for wiersz in nazwa_pola %}, bez niczego więcej."
BAD_NAME = "Nazwa „{name}” musi zaczynać się małą literą i\xa0mieć najwyżej 40 znaków: tylko a–z, 0–9 i\xa0_."
UNREADABLE = "Nie umiemy odczytać tego znacznika. Sprawdź, czy nie brakuje w\xa0nim słowa, spacji lub cudzysłowu."
TOO_LONG = f"Znacznik jest za długi: może mieć najwyżej {LONGEST_MARK} znaków."
EMPTY = "Znacznik jest pusty. Wpisz w\xa0nim nazwę pola."
UNKNOWN = "Nieznany znacznik „{word}”. Dozwolone są: if, elif, else, endif, for, endfor."
NOT_ALLOWED = "Instrukcja „{word}” jest niedozwolona. Dozwolone są: if, elif, else, endif, for, endfor."
DASHES = "Myślnika ani plusa przy klamrze nie obsługujemy. Usuń go."
PREFIX = "Litery „{prefix}” przy klamrze nie obsługujemy. Zapisz {instead}."
SIGNS = "Tekst w\xa0warunku nie może zawierać klamry ani znaku %."
ONLY_INDEX = "W\xa0pętli znamy tylko loop.index, czyli numer wiersza."
NESTED = "Pętla w\xa0pętli nie działa. Wiersze wypisz jedną pętlą."

_PREFIX = re.compile(r"(\{[{%])(p|tr|tc|r)\s")
_NAME = re.compile(NAME)
_FORBIDDEN_WORDS = frozenset(
    {
        *("set", "include", "import", "from", "macro", "call", "extends", "block", "filter", "raw", "with", "do"),
        *("autoescape", "trans", "break", "continue", "debug", "colspan", "cellbg", "vm", "hm"),
        *("endset", "endmacro", "endcall", "endblock", "endfilter", "endraw", "endwith", "endautoescape"),
    }
)
# Word writes such quotes by itself; docxtpl reads only some of them.
_QUOTES = str.maketrans("“”„‟‘’‚", '""""\'\'\'')
_PARSER = Environment(autoescape=True)


class Kind(StrEnum):
    """What a mark does."""

    VALUE = "value"
    IF = "if"
    ELIF = "elif"
    ELSE = "else"
    ENDIF = "endif"
    FOR = "for"
    ENDFOR = "endfor"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Use:
    """A name in a mark, with its column where it is `wiersz.kolumna`.

    `compared` is the text with which a condition compares it; a name that is neither printed nor compared is asked for.
    """

    name: str
    column: str = ""
    is_printed: bool = False
    compared: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark. `reach` is "p" or "tr" where the mark stands for its whole paragraph or row.

    Of a loop, `variable` is the name of a row and `rows` that of the field.
    """

    kind: Kind
    reach: str = ""
    uses: tuple[Use, ...] = ()
    variable: str = ""
    rows: str = ""


def straightened(text: str) -> str:
    """The text of a mark with the quotes that Jinja knows."""
    return text.translate(_QUOTES)


def parse(text: str) -> Mark:
    """One mark, braces included. Raises `BadMark`."""
    if len(text) > LONGEST_MARK:
        raise BadMark(TOO_LONG)
    if text.startswith("{#"):
        return Mark(Kind.COMMENT)
    reach, text = _reach(straightened(text))
    if text[2] in "-+" or text[-3] in "-+":
        raise BadMark(DASHES)
    inner = text[2:-2].strip()
    if not inner:
        raise BadMark(EMPTY)
    if any(sign in inner for sign in "{}%"):
        raise BadMark(SIGNS)
    if text.startswith("{{"):
        return Mark(Kind.VALUE, uses=tuple(_of_body(_parsed(text).body)))
    return _statement(inner, reach)


def check(source: nodes.Template) -> None:
    """Whether a whole template does nothing but what marks may do. Raises `BadMark`."""
    for _ in _of_body(source.body):
        pass


def _reach(text: str) -> tuple[str, str]:
    found = _PREFIX.match(text)
    if not found:
        return "", text
    opening, prefix = found.groups()
    if opening == "{{" or prefix in {"tc", "r"}:
        instead = "{{ nazwa }}" if opening == "{{" else "{% … %}"
        raise BadMark(PREFIX.format(prefix=prefix, instead=instead))
    return prefix, f"{opening} {text[found.end() :]}"


def _statement(inner: str, reach: str) -> Mark:
    word, _, rest = inner.partition(" ")
    match word:
        case "if":
            found = _parsed(f"{{% {inner} %}}{{% endif %}}")
            return Mark(Kind.IF, reach, tuple(_of_body(found.body)))
        case "elif":
            found = _parsed(f"{{% if{inner.removeprefix('elif')} %}}{{% endif %}}")
            return Mark(Kind.ELIF, reach, tuple(_of_body(found.body)))
        case "for":
            found = _parsed(f"{{% {inner} %}}{{% endfor %}}")
            variable, rows = _loop(found.body[0])
            return Mark(Kind.FOR, reach, variable=variable, rows=rows)
        case "else" | "endif" | "endfor" if not rest:
            return Mark(Kind(word), reach)
        case _ if word in _FORBIDDEN_WORDS:
            raise BadMark(NOT_ALLOWED.format(word=word))
        case "else" | "endif" | "endfor":
            raise BadMark(f"Po słowie „{word}” nie może być nic więcej.")
        case _:
            raise BadMark(UNKNOWN.format(word=word[:40]))


def _parsed(source: str) -> nodes.Template:
    try:
        return _PARSER.parse(source)
    except (TemplateSyntaxError, RecursionError, ValueError) as error:
        raise BadMark(UNREADABLE) from error


def _of_body(body: Iterable[nodes.Node], *, in_loop: bool = False) -> Iterator[Use]:
    """The names in a piece of template, which is all read before the last of them comes."""
    for node in body:
        match node:
            case nodes.Output():
                for inner in node.nodes:
                    yield from () if isinstance(inner, nodes.TemplateData) else [_printed(inner)]
            case nodes.If():
                yield from _condition(node.test)
                yield from _of_body([*node.body, *node.elif_, *node.else_], in_loop=in_loop)
            case nodes.For() if in_loop:
                raise BadMark(NESTED)
            case nodes.For():
                yield Use(_loop(node)[1])
                yield from _of_body(node.body, in_loop=True)
            case _:
                raise BadMark(FORBIDDEN)


def _printed(node: nodes.Node) -> Use:
    found = _named(node)
    if found is None:
        raise BadMark(FORBIDDEN)
    return Use(found.name, found.column, is_printed=True)


def _condition(node: nodes.Node) -> Iterator[Use]:
    match node:
        case nodes.Not():
            yield from _condition(node.node)
        case nodes.And() | nodes.Or():
            yield from _condition(node.left)
            yield from _condition(node.right)
        case nodes.Compare():
            yield _comparison(node)
        case _:
            found = _named(node)
            if found is None:
                raise BadMark(BAD_CONDITION)
            yield found


def _comparison(node: nodes.Compare) -> Use:
    found = _named(node.expr)
    if found is None or len(node.ops) != 1:
        raise BadMark(BAD_CONDITION)
    operand = node.ops[0]
    if operand.op != "eq" or not isinstance(operand.expr, nodes.Const) or not isinstance(operand.expr.value, str):
        raise BadMark(BAD_CONDITION)
    return Use(found.name, found.column, compared=operand.expr.value)


def _named(node: nodes.Node) -> Use | None:
    """A name, or a column of one; nothing for any other expression."""
    match node:
        case nodes.Name():
            return Use(_name(node.name))
        case nodes.Getattr() if isinstance(node.node, nodes.Name):
            if node.node.name == LOOP and node.attr != "index":
                raise BadMark(ONLY_INDEX)
            return Use(_name(node.node.name), _name(node.attr))
        case _:
            return None


def _loop(node: nodes.Node) -> tuple[str, str]:
    """The name of a row and of the field with the rows."""
    if not isinstance(node, nodes.For) or node.else_ or node.test or node.recursive:
        raise BadMark(BAD_LOOP)
    if not isinstance(node.target, nodes.Name) or not isinstance(node.iter, nodes.Name):
        raise BadMark(BAD_LOOP)
    if LOOP in {node.target.name, node.iter.name}:
        raise BadMark(BAD_LOOP)
    return _name(node.target.name), _name(node.iter.name)


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise BadMark(BAD_NAME.format(name=name[:40]))
    return name
