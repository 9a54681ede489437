"""The days before a training on which people are reminded. Pure."""

LATEST = 60


def parse_reminder_days(text: str) -> tuple[int, ...]:
    """The days of „7, 1”, each once and the earliest first. Raises `ValueError` for what is no day from 0 to 60."""
    days = {int(part) for part in text.replace(";", ",").split(",") if part.strip()}
    if any(not 0 <= day <= LATEST for day in days):
        raise ValueError(text)
    return tuple(sorted(days, reverse=True))
