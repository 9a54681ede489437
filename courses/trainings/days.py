"""The days of a training, from the stream that an editor wrote to the values that the rules read."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from elearning.records.schedule import Block, Day


def days_of(stream: Any, zone: str) -> tuple[Day, ...]:
    """The days in the order of their dates, each with its blocks in the order of their times.

    What was just typed and has no id yet gets one for the time of the question.
    """
    days = [
        Day(
            id=_id(child.id),
            date=child.value["date"],
            blocks=tuple(sorted(map(_block, child.value["blocks"].bound_blocks), key=lambda block: block.start)),
            zone=zone,
        )
        for child in stream
        if child.block_type == "day" and len(child.value["blocks"])
    ]
    return tuple(sorted(days, key=lambda day: day.date))


def _block(child: Any) -> Block:
    value = child.value
    return Block(
        id=_id(child.id),
        start=value["start"],
        end=value["end"],
        topic=value["topic"],
        trainer=value["trainer"],
        hours=Decimal(value["hours"] or 0),
    )


def _id(raw: str | None) -> UUID:
    return UUID(raw) if raw else uuid4()
