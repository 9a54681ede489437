"""The rules of a quiz in Polish words, as learners read them before they start. Pure but for the time zone."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from elearning.cms.templatetags.polish import plural, polish_date
from elearning.records.attempt_rules import NOTHING_MORE, Allowance, Reason, Refusal, Rules, attempts_allowed, closing

REVIEW = {
    "none": "Tylko potwierdzenie, że podejście jest zapisane",
    "score": "Wynik w procentach",
    "answers": "Wynik w procentach i Twoje odpowiedzi",
    "feedback": "Wynik, Twoje odpowiedzi i wyjaśnienia",
    "key": "Wynik, Twoje odpowiedzi, poprawne odpowiedzi i wyjaśnienia",
}
COUNTS = {
    "best": "Najlepsze",
    "last": "Ostatnie",
    "first": "Pierwsze",
    "average": "Średnia ze wszystkich",
}
NBSP = "\xa0"
HOUR, DAY = 60, 24 * 60  # minutes


@dataclass(frozen=True, slots=True)
class Words:
    """Why an attempt cannot be started, as a callout takes it."""

    title: str
    text: str


def attempts_left(rules: Rules, used: int, allowance: Allowance = NOTHING_MORE) -> int | None:
    """How many attempts may still be started; None where there is no limit."""
    allowed = attempts_allowed(rules, allowance)
    return max(0, allowed - used) if allowed else None


def facts(
    rules: Rules, *, questions: int, minutes: int, used: int, allowance: Allowance = NOTHING_MORE
) -> list[dict[str, str]]:
    """Each rule with its name, as the `facts` component takes them."""
    left, closes = attempts_left(rules, used, allowance), closing(rules, allowance)
    allowed = "Bez limitu" if left is None else f"{attempts_allowed(rules, allowance)}, zostało: {left}"
    rows = [
        ("Liczba pytań", str(questions)),
        ("Próg zaliczenia", f"{int(rules.pass_mark * 100)}%"),
        ("Liczba podejść", allowed),
        ("Przerwa między podejściami", duration(rules.pause) if rules.pause and rules.attempts_allowed != 1 else ""),
        ("Które podejście się liczy", COUNTS[rules.counts] if rules.attempts_allowed != 1 else ""),
        ("Czas", _time(rules, minutes, allowance)),
        ("Test jest otwarty od", moment(rules.opens_at) if rules.opens_at else ""),
        ("Test jest otwarty do", moment(closes) if closes else ""),
        ("Co zobaczysz po podejściu", REVIEW[rules.review]),
        ("Kiedy to zobaczysz", f"Po zamknięciu testu, {moment(closes)}" if _waits(rules) and closes else ""),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def refusal(found: Refusal) -> Words:
    """Why no attempt can be started now, and what the person can do."""
    at = moment(found.at) if found.at else ""
    ask = "Jeżeli potrzebujesz innych warunków, napisz do organizatora."
    return {
        Reason.NOT_YET: Words(f"Test otworzy się {at}", "Wtedy pojawi się tu przycisk „Rozpocznij podejście”."),
        Reason.CLOSED: Words(f"Test jest zamknięty od {at}", ask),
        Reason.EXHAUSTED: Words(
            "Wykorzystano wszystkie podejścia",
            "Nie możesz już rozpocząć tego testu. Jeżeli potrzebujesz kolejnego podejścia, napisz do organizatora.",
        ),
        Reason.PAUSE: Words(f"Następne podejście od {at}", "Między podejściami jest przerwa. Wróć do lekcji."),
    }[found.reason]


def moment(at: datetime) -> str:
    """A date with its hour, here."""
    return f"{polish_date(at)}, {timezone.localtime(at):%H:%M}"


def duration(minutes: int) -> str:
    """Minutes in the largest units that fit: „1 doba”, „2 godziny 30 minut”."""
    days, rest = divmod(minutes, DAY)
    hours, rest = divmod(rest, HOUR)
    units = [(days, "doba,doby,dób"), (hours, "godzina,godziny,godzin"), (rest, "minuta,minuty,minut")]
    return " ".join(f"{number}{NBSP}{plural(number, forms)}" for number, forms in units if number)


def seconds_left(deadline: datetime | None, now: datetime) -> int | None:
    """Whole seconds until an attempt ends by itself, 0 or more; None where it does not."""
    return max(0, int((deadline - now).total_seconds())) if deadline else None


def _time(rules: Rules, minutes: int, allowance: Allowance) -> str:
    if rules.time_limit:
        return f"{rules.time_limit + allowance.minutes}{NBSP}min od rozpoczęcia, czas liczy serwer"
    return f"Około {minutes}{NBSP}min, bez limitu" if minutes else "Bez limitu"


def _waits(rules: Rules) -> bool:
    return rules.review_when == "closing" and rules.review not in {"none", "score"}
