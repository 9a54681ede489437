"""Rows of an outline: why one is locked stands once where several wait for the same thing."""

from elearning.cms.templatetags.outline import outline_items


def row(title: str, reason_link: str = "") -> dict[str, object]:
    made: dict[str, object] = {"title": title, "url": f"/{title}/", "state": "locked" if reason_link else "completed"}
    if reason_link:
        made |= {"reason": "Najpierw ukończ lekcję:", "reason_url": f"/{reason_link}/", "reason_link": reason_link}
    return made


def test_the_same_reason_is_said_once() -> None:
    shown = outline_items([row("a"), row("b", "a2"), row("c", "a2"), row("d", "a2")])
    assert shown.count("Najpierw ukończ") == 1
    assert shown.count("zablokowane") == 3
    assert shown.index("Najpierw ukończ") < shown.index(">c<")


def test_another_reason_and_the_same_after_a_gap_are_said() -> None:
    assert outline_items([row("b", "x"), row("c", "y")]).count("Najpierw ukończ") == 2
    assert outline_items([row("b", "x"), row("c"), row("d", "x")]).count("Najpierw ukończ") == 2
