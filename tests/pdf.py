"""Reads the words of a PDF, by the tables that its fonts carry for screen readers and for copying."""

import re
from io import BytesIO

import pikepdf

Letters = dict[int, str]

CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
TRIPLE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def words(content: bytes) -> str:
    """All text in the order in which it is drawn, without spaces: where lines break says nothing about the text.

    Where a Polish line breaks at a hyphen, the next one begins with it again; here it stands once.
    """
    with pikepdf.open(BytesIO(content)) as document:
        return "".join(_page(page) for page in document.pages).replace("--", "-")


def _page(page: pikepdf.Page) -> str:
    fonts = {name: _letters(font) for name, font in page.Resources.Font.items()}
    found, letters = [], Letters()
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            letters = fonts[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            parts = operands[0] if str(operator) == "TJ" else [operands[0]]
            found += [_text(bytes(part), letters) for part in parts if isinstance(part, pikepdf.String)]
    return re.sub(r"\s", "", "".join(found))


def _text(codes: bytes, letters: Letters) -> str:
    return "".join(letters.get(int.from_bytes(codes[at : at + 2]), "") for at in range(0, len(codes), 2))


def _letters(font: pikepdf.Object) -> Letters:
    table = font.ToUnicode.read_bytes()
    letters = {int(code, 16): _unicode(text) for part in CHARS.findall(table) for code, text in PAIR.findall(part)}
    for part in RANGES.findall(table):
        for first, last, text in TRIPLE.findall(part):
            start = int(text, 16)
            letters |= {int(first, 16) + n: chr(start + n) for n in range(int(last, 16) - int(first, 16) + 1)}
    return letters


def _unicode(code: bytes) -> str:
    return bytes.fromhex(code.decode()).decode("utf-16-be")
