"""How much of a film was watched, in Polish."""

from math import ceil

# Shorter films are told in seconds.
IN_SECONDS = 120_000  # ms


def watched_text(*, watched: int, duration: int, missing: int | None = None) -> str:
    """„Obejrzano 6 z 10 minut. Do ukończenia brakuje 3 minut.” All in milliseconds.

    What was watched is rounded down and what is missing rounded up, so that nobody is promised too much. Without
    `missing` nothing is said of a completion.
    """
    unit = 1_000 if duration < IN_SECONDS else 60_000
    whole = ceil(duration / unit)
    said = f"Obejrzano {watched // unit} z\xa0{whole} {_unit(unit, whole)}."
    if missing is None:
        return said
    if missing <= 0:
        return f"{said} To wystarczy do ukończenia."
    left = ceil(missing / unit)
    return f"{said} Do ukończenia brakuje {left} {_unit(unit, left)}."


def _unit(unit: int, number: int) -> str:
    """The genitive that follows „z” and „brakuje”."""
    one, many = ("sekundy", "sekund") if unit == 1_000 else ("minuty", "minut")
    return one if number == 1 else many
