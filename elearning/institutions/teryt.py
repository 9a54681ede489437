"""The TERC register of Polish territorial units: what a code says by itself.

A code is WOJ (2 digits), WOJ+POW (4) or WOJ+POW+GMI+RODZ (7); leading zeros count. The register is kept by Statistics
Poland under the regulation of 15 December 1998 (Dz.U. 1998 nr 157 poz. 1031).
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Literal

# The Model for cities is made for more inhabitants than this.
CITY_MODEL_FROM = 20_000
# POW from 61 up marks cities with powiat rights; the smallest of them has over 30 000 inhabitants.
FIRST_CITY_COUNTY = 61
VOIVODESHIP, COUNTY, COMMUNE = 2, 4, 7  # digits
LAST_VOIVODESHIP = 32
# How the official file names a gmina, which tells it from the parts of one (RODZ 4, 5, 8 and 9).
WHOLE_COMMUNES = {1, 2, 3}

TrackName = Literal["rural", "urban_rural", "urban"]


class Kind(StrEnum):
    VOIVODESHIP = "voivodeship"
    COUNTY = "county"
    COMMUNE = "commune"


class CommuneType(IntEnum):
    """RODZ, the last digit of a gmina's code."""

    URBAN = 1
    RURAL = 2
    URBAN_RURAL = 3


class BadCode(ValueError):
    """Not a code of a voivodeship, powiat or whole gmina; the message says why, in Polish."""


@dataclass(frozen=True)
class Code:
    """A code taken apart. `commune_type` is set for a gmina only, `parent` is empty for a voivodeship."""

    text: str
    kind: Kind
    commune_type: CommuneType | None = None

    @property
    def parent(self) -> str:
        """The code of the unit one level up."""
        return {Kind.VOIVODESHIP: "", Kind.COUNTY: self.text[:2], Kind.COMMUNE: self.text[:4]}[self.kind]

    @property
    def is_city_county(self) -> bool:
        """Whether it is, or lies in, a city with powiat rights."""
        return self.kind != Kind.VOIVODESHIP and int(self.text[2:4]) >= FIRST_CITY_COUNTY


@dataclass(frozen=True)
class Unit:
    """One line of the register: the name is all that the code does not say."""

    code: Code
    name: str


@dataclass(frozen=True)
class Suggestion:
    """The track that fits a gmina, or none; `reason` says why in one Polish sentence."""

    track: TrackName | None
    reason: str


def parse(text: str) -> Code:
    """Take a code apart. Raises `BadCode`."""
    if not (text.isascii() and text.isdigit()):
        raise BadCode(f"Kod „{text}” ma zawierać same cyfry.")
    voivodeship = int(text[:2])
    if voivodeship % 2 or not 2 <= voivodeship <= LAST_VOIVODESHIP:
        raise BadCode(f"Kod „{text}” nie zaczyna się od numeru województwa.")
    if len(text) == VOIVODESHIP:
        return Code(text, Kind.VOIVODESHIP)
    if text[2:4] == "00":
        raise BadCode(f"Kod „{text}” nie ma numeru powiatu.")
    if len(text) == COUNTY:
        return Code(text, Kind.COUNTY)
    if len(text) != COMMUNE or text[4:6] == "00" or int(text[6]) not in WHOLE_COMMUNES:
        raise BadCode(f"Kod „{text}” nie oznacza województwa, powiatu ani całej gminy.")
    return Code(text, Kind.COMMUNE, CommuneType(int(text[6])))


def suggest_track(text: str, *, population: int | None = None) -> Suggestion:
    """The Model of Cooperation for a unit, by the type of gmina; for towns by their number of inhabitants too."""
    code = parse(text)
    if code.commune_type is None:
        return Suggestion(None, "Model dobiera się do gminy. Wybierz gminę.")
    if code.commune_type == CommuneType.RURAL:
        return Suggestion("rural", "To gmina wiejska.")
    if code.commune_type == CommuneType.URBAN_RURAL:
        return Suggestion("urban_rural", "To gmina miejsko-wiejska.")
    if code.is_city_county:
        return Suggestion("urban", "To miasto na prawach powiatu.")
    if population is None:
        return Suggestion(None, "To miasto. Model dla miast jest dla tych, które mają ponad 20 tys. mieszkańców.")
    if population > CITY_MODEL_FROM:
        return Suggestion("urban", "To miasto, które ma ponad 20 tys. mieszkańców.")
    return Suggestion(None, "To miasto, które nie ma ponad 20 tys. mieszkańców. Porównaj modele.")


def read(lines: Iterable[str]) -> Iterator[Unit]:
    """Units of our compact file (code;name, `#` starts a comment) or of the official file TERC, in its order.

    The official file is recognised by its header WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA; its parts of gminy, such as
    a town within a gmina, are left out. Raises `BadCode` with the number of the line.
    """
    official = False
    for number, row in enumerate(csv.reader(_without_mark(lines), delimiter=";"), start=1):
        if not row or row[0].startswith("#"):
            continue
        if row[0] == "WOJ":
            official = True
            continue
        try:
            unit = _official_unit(row) if official else Unit(parse(row[0]), row[1].strip())
        except (BadCode, IndexError) as error:
            raise BadCode(f"Wiersz {number}: {error}") from error
        if unit:
            yield unit


def _official_unit(row: list[str]) -> Unit | None:
    voivodeship, county, commune, kind, name = row[:5]
    if kind and int(kind) not in WHOLE_COMMUNES:
        return None
    code = parse(voivodeship + county + commune + kind)
    # The file writes voivodeships in capitals; their names are adjectives, so lower case is right.
    return Unit(code, name.lower() if code.kind == Kind.VOIVODESHIP else name)


def _without_mark(lines: Iterable[str]) -> Iterator[str]:
    """The official file starts with a byte order mark."""
    for line in lines:
        yield line.removeprefix("\ufeff")
