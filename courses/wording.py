"""A course's outline and rules in Polish sentences. Pure."""

from decimal import Decimal

from elearning.cms.templatetags.polish import plural
from elearning.records.outline import Item, ItemKind, Module, Outline, Prerequisite, Progress

LESSONS = "lekcja,lekcje,lekcji"
TESTS = "test,testy,testów"
ACTIVITIES = "aktywność,aktywności,aktywności"
FILMS = "film,filmy,filmów"
TRAININGS = "szkolenie,szkolenia,szkoleń"
KINDS = {
    ItemKind.LESSON: "lekcja",
    ItemKind.QUIZ: "test",
    ItemKind.ACTIVITY: "aktywność",
    ItemKind.FILM: "film",
    ItemKind.TRAINING: "szkolenie",
}
FIRST = {
    ItemKind.LESSON: "Najpierw ukończ lekcję:",
    ItemKind.QUIZ: "Najpierw zalicz test:",
    ItemKind.ACTIVITY: "Najpierw ukończ aktywność:",
    ItemKind.FILM: "Najpierw obejrzyj film:",
    ItemKind.TRAINING: "Najpierw weź udział w\xa0szkoleniu:",
}
NBSP = "\xa0"


def item_kind(item: Item) -> str:
    return KINDS[item.kind]


def item_length(item: Item) -> str:
    """„15 min”, or nothing where no time is given."""
    return f"{item.minutes}{NBSP}min" if item.minutes else ""


def module_summary(module: Module, progress: Progress | None) -> str:
    """„2 z 4 ukończone” for a learner, else the number of its items."""
    if progress is None:
        return contents(module.items)
    done = sum(progress.state(item.id).is_completed for item in module.items)
    return f"{done}{NBSP}z{NBSP}{len(module.items)} ukończone"


def contents(items: tuple[Item, ...]) -> str:
    """„15 lekcji, 3 aktywności i 5 testów”, without what there is none of."""
    forms = {
        ItemKind.LESSON: LESSONS,
        ItemKind.FILM: FILMS,
        ItemKind.TRAINING: TRAININGS,
        ItemKind.ACTIVITY: ACTIVITIES,
        ItemKind.QUIZ: TESTS,
    }
    counts = [(sum(item.kind is kind for item in items), words) for kind, words in forms.items()]
    parts = [f"{count}{NBSP}{plural(count, words)}" for count, words in counts if count]
    return f" i{NBSP}".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def blocked_reason(blocked_by: Item | Prerequisite) -> str:
    """What has to be done first; its name follows as a link."""
    if isinstance(blocked_by, Prerequisite):
        return "Najpierw ukończ kurs:"
    return FIRST[blocked_by.kind]


def rules(outline: Outline, *, note: str = "") -> tuple[str, ...]:
    """By which rules the course is completed, a sentence each."""
    required = tuple(item for item in outline.items if item.required)
    sentences = [
        _what(required),
        _optional(len(outline.items) - len(required)),
        _marks(required),
        "Elementy otwierają się po kolei." if outline.sequential else "Kolejność możesz wybrać dowolnie.",
        *(f"Wcześniej ukończ kurs „{course.title}”." for course in outline.prerequisites),
        note,
    ]
    return tuple(sentence for sentence in sentences if sentence)


def _what(required: tuple[Item, ...]) -> str:
    if not required:
        return "Kurs nie ma jeszcze wymaganych elementów."
    return f"Żeby ukończyć kurs, ukończ wszystkie wymagane elementy: {contents(required)}."


def _optional(count: int) -> str:
    if not count:
        return ""
    return f"{count}{NBSP}{plural(count, 'element jest,elementy są,elementów jest')} dla chętnych."


def _marks(required: tuple[Item, ...]) -> str:
    quizzes = (item for item in required if item.kind is ItemKind.QUIZ)
    marks = sorted({whole_percent(item.pass_mark) for item in quizzes if item.pass_mark is not None})
    if not marks:
        return ""
    if len(marks) == 1:
        return f"Próg zaliczenia każdego testu to {marks[0]}%."
    return f"Próg zaliczenia testu to od {marks[0]}% do {marks[-1]}%. Znajdziesz go przy każdym teście."


def whole_percent(share: Decimal) -> int:
    """A share of 0..1 as a whole percentage, rounded down."""
    return int(share * 100)
