"""A version is published complete, in the order of its days, and never changes once its day has come."""

from datetime import date
from typing import Any

import pytest

from library import publishing
from library.models import VersionPage
from library.problems import Problem
from library.publishing import NotPublishable, Obstacle, Offer
from tests import make
from tests.library import documents

DAY, LATER = date(2026, 1, 1), date(2026, 6, 1)


def offer(**given: Any) -> Offer:
    """A later version that lacks nothing, but for what is given."""
    return Offer(
        **{
            "in_force_on": LATER,
            "changes": "Nowa ustawa.",
            "approved_by": "Zespół",
            "is_first": False,
            "current_on": DAY,
            **given,
        }
    )


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({}, []),
        ({"in_force_on": DAY}, []),
        ({"in_force_on": date(2025, 12, 31)}, ["in_force_on"]),
        ({"in_force_on": None}, ["in_force_on"]),
        ({"changes": "  ", "approved_by": ""}, ["changes", "approved_by"]),
        ({"changes": "", "approved_by": "", "is_first": True, "current_on": None}, []),
        ({"lacks": Obstacle("upload", publishing.NO_FILE)}, ["upload"]),
        ({"problems": (Problem("Część 2", "Nieznane pole."),)}, ["parts"]),
        ({"problems": (Problem("Część 2, punkt 1", "Nieznane pole."),)}, ["parts"]),
        ({"problems": (Problem("Strony → Nazwa", "Zła nazwa."),)}, ["form_fields"]),
    ],
)
def test_every_obstacle_is_told_at_its_field(given: dict[str, Any], fields: list[str]) -> None:
    assert [obstacle.field for obstacle in publishing.obstacles_to(offer(**given))] == fields


@pytest.mark.parametrize(
    ("source", "there", "field"),
    [
        ("structured", "has_parts", "parts"),
        ("marked", "has_file", "upload"),
        ("marked", "has_fields", "form_fields"),
        ("file", "has_file", "upload"),
    ],
)
def test_a_version_has_the_content_its_source_needs(source: str, there: str, field: str) -> None:
    everything = dict.fromkeys(("has_parts", "has_file", "has_fields"), True)
    assert publishing.lack_of(source, **everything) is None
    lack = publishing.lack_of(source, **{**everything, there: False})
    assert lack is not None
    assert lack.field == field


@pytest.mark.django_db
def test_a_first_version_goes_live_without_a_word_on_changes() -> None:
    version = documents.version(documents.document())
    assert version.live


@pytest.mark.django_db
def test_a_later_one_does_not() -> None:
    page = documents.document()
    documents.version(page)
    draft = documents.version(page, days=0, live=False, changes="", approved_by="")
    with pytest.raises(NotPublishable, match="co się zmieniło"):
        make.publish(draft)
    assert not VersionPage.objects.get(pk=draft.pk).live


@pytest.mark.django_db
def test_nor_one_with_a_mistake_in_its_text() -> None:
    parts = [{"type": "paragraph", "value": {"text": "Kwota {{ kwoty }}."}}]
    draft = documents.version(documents.document(), live=False, parts=parts)
    with pytest.raises(NotPublishable, match="Część 1: Nieznane pole „kwoty”"):
        make.publish(draft)


@pytest.mark.django_db
def test_nor_one_from_before_the_version_in_force() -> None:
    page = documents.document()
    documents.version(page, days=-30)
    draft = documents.version(page, days=-31, live=False)
    with pytest.raises(NotPublishable, match="Obecna wersja obowiązuje od"):
        make.publish(draft)
    draft.in_force_on = documents.day(-30)
    assert make.publish(draft).live


@pytest.mark.django_db
def test_what_is_in_force_never_changes() -> None:
    version = documents.version(documents.document(), days=0)
    version.paper_title = "Coś innego"
    with pytest.raises(NotPublishable, match="już obowiązuje"):
        make.publish(version)
    version.in_force_on = documents.day(30)  # a draft that says otherwise does not help
    with pytest.raises(NotPublishable, match="już obowiązuje"):
        make.publish(version)
    assert VersionPage.objects.get(pk=version.pk).paper_title == ""


@pytest.mark.django_db
def test_what_is_announced_changes_until_its_day() -> None:
    version = documents.version(documents.document(), days=1)
    version.paper_title = "Porozumienie o\xa0współpracy"
    assert make.publish(version).paper_title == "Porozumienie o\xa0współpracy"


@pytest.mark.django_db
def test_asking_costs_the_same_for_many_versions(django_assert_max_num_queries: Any) -> None:
    page = documents.document()
    for days in (-40, -30, -20):
        documents.version(page, days=days)
    draft = documents.version(page, live=False, days=0)
    with django_assert_max_num_queries(3):
        assert publishing.obstacles_of(draft) == ()
