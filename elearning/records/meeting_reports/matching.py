"""Whose stays they are. Pure. Nobody is matched because names are alike: what is not exact waits for a person."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from elearning.cms.words import fold

from .base import Stay

# A program that lost its connection may be there twice for a moment.
OVERLAP = timedelta(minutes=2)
MOST_CANDIDATES = 10
SHORTEST_WORD = 3

UNKNOWN_EMAIL = "Nikt nie zapisał się z\xa0adresem {}."
SHARED_EMAIL = "Z\xa0adresem {} zapisała się więcej niż jedna osoba."
OTHERS_EMAIL = "Adres {} ma w\xa0zapisach {}, a\xa0imię i\xa0nazwisko {} ma w\xa0zapisach ktoś inny."
UNKNOWN_NAME = "Nikt nie zapisał się jako {}, a\xa0w\xa0raporcie nie ma adresu e-mail."
SHARED_NAME = "Jako {} zapisała się więcej niż jedna osoba, a\xa0w\xa0raporcie nie ma adresu e-mail."
NAME_WITH_OTHER_EMAIL = "Jako {} był w\xa0spotkaniu także ktoś z\xa0adresem, którego nie ma w\xa0zapisach tej osoby."
TWICE_AT_ONCE = "Jako {} były w\xa0spotkaniu jednocześnie dwa połączenia bez adresu e-mail. To mogą być dwie osoby."


@dataclass(frozen=True, slots=True)
class Registered:
    """A registration as the rule sees it."""

    key: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """Stays of one name and address that a person has to give to a registration, or to nobody.

    `candidates` are keys of registrations to choose from, the likeliest first; they are an offer only and may be empty.
    """

    stays: tuple[Stay, ...]
    reason: str
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """The stays of each registration by its key, in the order of the file, and those nobody can tell without asking."""

    matched: Mapping[int, tuple[Stay, ...]]
    unclear: tuple[Unclear, ...]


def match(stays: Iterable[Stay], registered: Iterable[Registered]) -> Matching:
    """Each stay with its registration, or among the unclear ones.

    By the address, in which only case does not count: a dot is a dot. Without an address by the full name, letter by
    letter but for case and spaces, if one registration only has it and nobody else in the file does. A name that was
    there twice at once without an address counts as two people; one after the other as somebody who joined again.
    """
    people = _People(tuple(registered))
    groups: dict[tuple[str, str], list[Stay]] = defaultdict(list)
    for stay in stays:
        groups[_plain(stay.email), _plain(stay.name)].append(stay)
    emails: dict[str, set[str]] = defaultdict(set)
    for email, name in groups:
        if email:
            emails[name].add(email)
    matched: dict[int, list[Stay]] = defaultdict(list)
    unclear = []
    for (email, name), group in groups.items():
        found = people.by_email(group) if email else people.by_name(group, emails[name])
        if isinstance(found, Registered):
            matched[found.key] += group
        else:
            unclear.append(found)
    in_order = {key: tuple(sorted(group, key=lambda stay: stay.line)) for key, group in matched.items()}
    return Matching(in_order, tuple(unclear))


class _People:
    """The registrations by address, by name and by the words of their names."""

    def __init__(self, registered: Sequence[Registered]) -> None:
        self.emails: dict[str, list[Registered]] = defaultdict(list)
        self.names: dict[str, list[Registered]] = defaultdict(list)
        self.words: dict[str, list[Registered]] = defaultdict(list)
        self.likely: dict[frozenset[str], tuple[int, ...]] = {}
        for person in registered:
            if person.email:
                self.emails[_plain(person.email)].append(person)
            self.names[_plain(person.name)].append(person)
            for word in _words(person.name):
                self.words[word].append(person)

    def by_email(self, group: Sequence[Stay]) -> Registered | Unclear:
        """Whose stays with one address these are."""
        email, name = group[0].email, group[0].name
        owners = self.emails.get(_plain(email), [])
        namesakes = self.names.get(_plain(name), []) if name else []
        if not owners:
            return self._unclear(group, UNKNOWN_EMAIL.format(email), namesakes)
        exact = [person for person in owners if person in namesakes]
        if len(exact) == 1:
            return exact[0]
        if len(owners) > 1:
            return self._unclear(group, SHARED_EMAIL.format(email), owners)
        if namesakes:
            reason = OTHERS_EMAIL.format(email, owners[0].name, name)
            return self._unclear(group, reason, [*owners, *namesakes])
        return owners[0]

    def by_name(self, group: Sequence[Stay], emails: set[str]) -> Registered | Unclear:
        """Whose stays without an address these are; `emails` are those that the same name has elsewhere in the file."""
        name = group[0].name
        namesakes = self.names.get(_plain(name), [])
        if not namesakes:
            return self._unclear(group, UNKNOWN_NAME.format(name), [])
        if len(namesakes) > 1:
            return self._unclear(group, SHARED_NAME.format(name), namesakes)
        if emails - {_plain(namesakes[0].email)}:
            return self._unclear(group, NAME_WITH_OTHER_EMAIL.format(name), namesakes)
        if _is_twice_at_once(group):
            return self._unclear(group, TWICE_AT_ONCE.format(name), namesakes)
        return namesakes[0]

    def _unclear(self, group: Sequence[Stay], reason: str, first: Iterable[Registered]) -> Unclear:
        """`first` are the candidates for a good reason; after them those who share a word of the name."""
        keys = dict.fromkeys([*(person.key for person in first), *self._likely(group[0].name)])
        return Unclear(tuple(group), reason, tuple(keys)[:MOST_CANDIDATES])

    def _likely(self, name: str) -> tuple[int, ...]:
        """Those who share most words of the name. Reports repeat the same first names: each set is looked at once."""
        words = frozenset(word for word in _words(name) if word in self.words)
        if words not in self.likely:
            shared = Counter(person.key for word in words for person in self.words[word])
            ordered = sorted(shared, key=lambda key: (-shared[key], key))
            self.likely[words] = tuple(ordered[: 2 * MOST_CANDIDATES])  # some of them may be known already
        return self.likely[words]


def _plain(text: str) -> str:
    """The text for comparing: without case, with one space between words."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _words(name: str) -> set[str]:
    words = "".join(letter if letter.isalnum() else " " for letter in fold(name)).split()
    return {word for word in words if len(word) >= SHORTEST_WORD}


def _is_twice_at_once(group: Sequence[Stay]) -> bool:
    latest = None
    for stay in sorted(group, key=lambda stay: (stay.joined, stay.left)):
        if latest is not None and min(latest, stay.left) - stay.joined > OVERLAP:
            return True
        latest = stay.left if latest is None else max(latest, stay.left)
    return False
