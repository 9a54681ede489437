"""The rules of a quiz in Polish words, as learners read them before they start. Pure."""

from elearning.records.attempts import Rules

REVIEW = {
    "none": "Tylko potwierdzenie, że podejście jest zapisane",
    "score": "Wynik w procentach",
    "answers": "Wynik w procentach i Twoje odpowiedzi",
    "key": "Wynik, Twoje odpowiedzi, poprawne odpowiedzi i wyjaśnienia",
}
COUNTS = {
    "best": "Najlepsze",
    "last": "Ostatnie",
    "first": "Pierwsze",
    "average": "Średnia ze wszystkich",
}
NBSP = "\xa0"


def attempts_left(rules: Rules, used: int) -> int | None:
    """How many attempts may still be started; None where there is no limit."""
    return max(0, rules.attempts_allowed - used) if rules.attempts_allowed else None


def facts(rules: Rules, *, questions: int, minutes: int, used: int) -> list[dict[str, str]]:
    """Each rule with its name, as the `facts` component takes them."""
    left = attempts_left(rules, used)
    allowed = "Bez limitu" if left is None else f"{rules.attempts_allowed}, zostało: {left}"
    rows = [
        ("Liczba pytań", str(questions)),
        ("Próg zaliczenia", f"{int(rules.pass_mark * 100)}%"),
        ("Liczba podejść", allowed),
        ("Które podejście się liczy", COUNTS[rules.counts] if rules.attempts_allowed != 1 else ""),
        ("Czas", f"Około {minutes}{NBSP}min, bez limitu" if minutes else "Bez limitu"),
        ("Co zobaczysz po podejściu", REVIEW[rules.review]),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]
