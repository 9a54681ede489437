"""What libraries are called: `H5P.MultiChoice 1.16` in parameters, `H5P.MultiChoice-1.16` as a folder."""

import re
from dataclasses import dataclass
from typing import Self

# The rule of h5p.json for mainLibrary; a name becomes part of a path, so nothing else may pass.
MACHINE_NAME = re.compile(r"[$a-z_][0-9a-z_.$]{1,254}", re.IGNORECASE)
_NAME = re.compile(r"([$a-z_][0-9a-z_.$]{1,254})[ -](\d{1,5})\.(\d{1,5})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class LibraryName:
    """A library as contents ask for it: name, major and minor version. Patches of one minor replace each other."""

    machine_name: str
    major: int
    minor: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `H5P.X 1.2` or `H5P.X-1.2`. Raises ValueError for anything else."""
        match = _NAME.fullmatch(text)
        if match is None:
            raise ValueError(text)
        return cls(match[1], int(match[2]), int(match[3]))

    @property
    def folder(self) -> str:
        """The folder of this library in a package."""
        return f"{self.machine_name}-{self.major}.{self.minor}"

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}"
