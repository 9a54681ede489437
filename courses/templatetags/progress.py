"""How templates read a course's outline and a learner's progress: as the rows that components show."""

from typing import Any

from django import template

from courses.models import CoursePage
from courses.outline import outline_of
from courses.wording import blocked_reason, item_kind, item_length, module_summary, rules
from elearning.records.outline import Condition, Item, Outline, Prerequisite, Progress

register = template.Library()

Rows = list[dict[str, Any]]


@register.simple_tag
def course_outline(page: CoursePage, outline: Outline | None) -> Outline:
    """The outline that the view gave, or, in an editor's preview, that of the page's course. Up to seven queries."""
    if outline:
        return outline
    course = page if isinstance(page, CoursePage) else CoursePage.objects.ancestor_of(page).get()
    return outline_of(course)


@register.simple_tag
def outline_rows(outline: Outline, progress: Progress | None, current: Item | None = None) -> Rows:
    """The modules as the `outline` component takes them. The module with the current or next item is open."""
    open_item = current or (progress.next if progress else None) or next(iter(outline.items), None)
    return [
        {
            "id": f"modul-{module.page_id}",
            "title": module.title,
            "summary": module_summary(module, progress),
            "open": open_item in module.items,
            "items": [_row(item, progress, current) for item in module.items],
        }
        for module in outline.modules
    ]


def _row(item: Item, progress: Progress | None, current: Item | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "title": item.title,
        "url": item.page_url,
        "kind": item_kind(item),
        "length": item_length(item),
        "required": item.required,
        "current": item == current,
        "state": "not_started",
    }
    if progress:
        state = progress.state(item.id)
        row["state"] = state.status.value if state.is_open else "locked"
        row["url"] = state.url
        if not state.is_open:
            row |= _reason(state.blocked_by)
    return row


def _reason(blocked_by: Item | Prerequisite | None) -> dict[str, str]:
    if blocked_by is None:
        return {}
    return {"reason": blocked_reason(blocked_by), "reason_url": blocked_by.url, "reason_link": blocked_by.title}


@register.simple_tag
def course_rules(page: CoursePage, outline: Outline) -> tuple[str, ...]:
    """The rules of completion as sentences."""
    return rules(outline, note=page.pass_rules)


@register.simple_tag
def condition_links(conditions: tuple[Condition, ...]) -> list[dict[str, str]]:
    """Unmet conditions as the rows of a list of links."""
    return [{"text": condition.text, "href": condition.url} for condition in conditions]


@register.simple_tag
def crumbs(outline: Outline, title: str = "") -> list[dict[str, str]]:
    """The way from the catalogue to here."""
    start = [{"title": "Kursy", "url": "/kursy/"}, {"title": outline.title, "url": outline.url}]
    return [*start, {"title": title, "url": ""}] if title else start
