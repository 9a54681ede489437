"""Figures in Polish: percentages, coefficients, minutes. Pure."""

from .figures import Figure

NBSP = "\xa0"
NONE = "–"


def percent(value: float | None, *, places: int = 0) -> str:
    """A share of 0..1 as „53%”; a dash for nothing."""
    return NONE if value is None else f"{decimal(value * 100, places)}%"


def decimal(value: float, places: int = 2) -> str:
    """A number with a comma and a true minus: „−0,12”."""
    text = f"{value:.{places}f}"
    if float(text) == 0:
        text = text.removeprefix("-")
    return text.replace("-", "−").replace(".", ",")


def coefficient(figure: Figure) -> str:
    """A coefficient with two places; a dash where there is none."""
    return NONE if figure.value is None else decimal(figure.value)


def share(figure: Figure) -> str:
    """A figure that is a share of 0..1, as a percentage."""
    return percent(figure.value)


def points(figure: Figure) -> str:
    """A distance between shares: „12,5 pkt proc.”."""
    return NONE if figure.value is None else f"{decimal(figure.value * 100, 1)}{NBSP}pkt{NBSP}proc."


def minutes(figure: Figure) -> str:
    """„Mniej niż minuta”, „12 min”, „1 godz. 5 min”."""
    if figure.value is None:
        return NONE
    whole = round(figure.value)
    if whole < 1:
        return f"Mniej niż{NBSP}minuta"
    hours, rest = divmod(whole, 60)
    parts = [f"{hours}{NBSP}godz." if hours else "", f"{rest}{NBSP}min" if rest else ""]
    return NBSP.join(filter(None, parts))
