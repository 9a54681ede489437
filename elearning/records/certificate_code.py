"""The verification code: how it is made and how a typed one is read. Pure."""

import re
import secrets

# No vowels, so no words; nothing that is mistaken for something else in print. 24 signs, 12 places: 55 bits.
ALPHABET = "2346789BCDFGHJKMPQRTVWXY"
CODE_LENGTH = 12


def new_code() -> str:
    """A code that nobody can guess, in groups of four."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)))


def canonical_code(text: str) -> str | None:
    """„abcd efgh-jkmp” as „ABCD-EFGH-JKMP”; None for what cannot be a code."""
    signs = re.sub(r"[\W_]", "", text).upper()
    if len(signs) != CODE_LENGTH or not set(signs) <= set(ALPHABET):
        return None
    return _grouped(signs)


def _grouped(signs: str) -> str:
    return "-".join(signs[start : start + 4] for start in range(0, CODE_LENGTH, 4))
