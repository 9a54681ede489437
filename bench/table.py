"""From measurements to a table. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

FIRST, SECOND = "floor 1: bare view", "floor 2: session, row, template"


@dataclass(frozen=True, slots=True)
class Sample:
    """One request, or one journey of several: seconds of processor and wall time, bytes of the bodies."""

    cpu: float
    wall: float
    size: int

    def __add__(self, other: "Sample") -> "Sample":
        return Sample(self.cpu + other.cpu, self.wall + other.wall, self.size + other.size)


@dataclass(frozen=True, slots=True)
class Row:
    """The medians of one kind of request, and its processor time as multiples of the two floors."""

    name: str
    cpu: float
    first: float
    second: float
    wall: float
    size: int
    aim: float | None

    @property
    def verdict(self) -> str:
        if self.aim is None:
            return ""
        return f"{'within' if self.second <= self.aim else 'ABOVE'} {self.aim:g}×"


def rows(samples: Mapping[str, Sequence[Sample]], aims: Mapping[str, float]) -> list[Row]:
    """A row for each kind, in the order of measuring. The floors must be among them."""
    cpu = {name: median(sample.cpu for sample in taken) for name, taken in samples.items()}
    return [
        Row(
            name=name,
            cpu=cpu[name],
            first=cpu[name] / cpu[FIRST],
            second=cpu[name] / cpu[SECOND],
            wall=median(sample.wall for sample in taken),
            size=round(median(sample.size for sample in taken)),
            aim=aims.get(name),
        )
        for name, taken in samples.items()
    ]


def text(found: Sequence[Row]) -> str:
    """The rows as aligned columns."""
    head = f"{'':34}{'CPU ms':>8}{'×floor 1':>10}{'×floor 2':>10}{'wall ms':>9}{'bytes':>9}  aim"
    lines = [
        f"{row.name:34}{row.cpu * 1000:8.2f}{row.first:10.2f}{row.second:10.2f}{row.wall * 1000:9.1f}{row.size:9}"
        f"  {row.verdict}".rstrip()
        for row in found
    ]
    return "\n".join([head, *lines])
