"""The order of the Polish alphabet, which neither databases nor code points keep. Pure."""

import unicodedata

LETTERS = "aąbcćdeęfghijklłmnńoóprsśtuvwxyzźż"
# Beside the letters of the alphabet: q stands where it does in dictionaries, before r.
ORDER = {letter: number for number, letter in enumerate(LETTERS.replace("r", "qr", 1), 1)}

Key = tuple[tuple[tuple[int, str], ...], str]


def alphabetical(text: str) -> Key:
    """A key for sorting: „Łoś” between „Los” and „Mak”, whatever the case; „ü” right after „u”.

    Whatever is no letter (spaces, hyphens, digits) comes before letters, other scripts after them.
    """
    plain = unicodedata.normalize("NFC", text).casefold()
    return tuple(_place(character) for character in plain), text


def _place(character: str) -> tuple[int, str]:
    if character in ORDER:
        return ORDER[character], ""
    base = unicodedata.normalize("NFD", character)[0]
    return ORDER.get(base, len(ORDER) + 1 if base.isalpha() else 0), character
