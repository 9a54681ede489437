"""Updates of libraries are seen before, run and undone."""

from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Collection

from elearning.accounts.models import User
from h5p.django import updates
from h5p.django.importing import import_package, install_libraries
from h5p.django.models import Content, ContentVersion, Library, LibraryUpdate
from tests.h5p.django.packages import package

pytestmark = pytest.mark.django_db


@pytest.fixture
def contents(stored: Path, collection: Collection) -> list[Content]:
    """Two contents that play with patch 7."""
    titles = ("Alfa", "Beta")
    return [import_package(package(title=title), user=None, collection=collection).content for title in titles]


@pytest.fixture
def old(contents: list[Content]) -> Library:
    return Library.objects.get(patch=7)


@pytest.fixture
def new(contents: list[Content]) -> Library:
    return install_libraries(package(patch=8), user=None, trust=True)[0]


def patches() -> list[int]:
    """What the live versions play with."""
    return list(Content.objects.order_by("title").values_list("live_version__pins__library__patch", flat=True))


def test_a_prepared_update_changes_nothing_yet(old: Library, new: Library, administrator: User) -> None:
    update = updates.prepare(old, new, user=administrator)
    assert patches() == [7, 7]
    assert [row.after.main_library.patch for row in update.contents.all()] == [8, 8]  # type: ignore[union-attr]
    assert update.prepared_by == administrator
    assert update.done_at is None


def test_an_update_is_run_and_undone(old: Library, new: Library, administrator: User) -> None:
    update = updates.prepare(old, new, user=administrator)
    assert updates.run(update, user=administrator) == 2
    assert patches() == [8, 8]
    assert updates.undo(update, user=administrator) == 2
    assert patches() == [7, 7]
    update.refresh_from_db()
    assert (update.done_by, update.undone_by) == (administrator, administrator)


def test_what_plays_after_is_what_was_previewed(old: Library, new: Library, contents: list[Content]) -> None:
    update = updates.prepare(old, new, user=None)
    previewed = [row.after for row in update.contents.order_by("before__content__title")]
    updates.run(update, user=None)
    assert [content.live_version for content in Content.objects.order_by("title")] == previewed
    assert all(version.params == {"text": "Zażółć"} for version in previewed if version)
    assert all(version.files.count() == 1 for version in previewed if version)


def test_a_content_replaced_meanwhile_is_left_alone(
    old: Library, new: Library, contents: list[Content], collection: Collection
) -> None:
    update = updates.prepare(old, new, user=None)
    import_package(package(text="Nowe", patch=9), user=None, collection=collection, content=contents[0])
    assert updates.run(update, user=None) == 1
    assert patches() == [9, 8]
    assert updates.undo(update, user=None) == 1
    assert patches() == [9, 7]


def test_a_content_that_would_lack_a_library_stays_as_it_is(old: Library, stored: Path) -> None:
    needs = [{"machineName": "H5P.Nowhere", "majorVersion": 1, "minorVersion": 2}]
    new = install_libraries(package(patch=8, description={"preloadedDependencies": needs}), user=None)[0]
    update = updates.prepare(old, new, user=None)
    assert [(row.after, row.missing) for row in update.contents.all()] == [(None, ["H5P.Nowhere 1.2"])] * 2
    assert updates.run(update, user=None) == 0
    assert patches() == [7, 7]


def test_taking_back_leaves_no_version(old: Library, new: Library) -> None:
    updates.discard(updates.prepare(old, new, user=None))
    assert ContentVersion.objects.count() == 2
    assert not LibraryUpdate.objects.exists()


def test_only_a_tree_of_the_same_minor_version_can_take_over(old: Library, new: Library, stored: Path) -> None:
    other = install_libraries(package(patch=0, script="// other"), user=None)[0]
    assert list(updates.targets(old)) == [new, other]
    Library.objects.filter(pk=other.pk).update(minor=1)
    with pytest.raises(updates.NotPossible):
        updates.prepare(old, Library.objects.get(pk=other.pk), user=None)
    Library.objects.filter(pk=new.pk).update(trust=Library.Trust.BLOCKED)
    assert list(updates.targets(old)) == []


def test_each_step_is_taken_once(old: Library, new: Library) -> None:
    update = updates.prepare(old, new, user=None)
    with pytest.raises(updates.NotPossible):
        updates.undo(update, user=None)
    updates.run(update, user=None)
    for verb in (updates.run, updates.discard):
        with pytest.raises(updates.NotPossible):
            verb(update, **({"user": None} if verb is updates.run else {}))
    updates.undo(update, user=None)
    with pytest.raises(updates.NotPossible):
        updates.undo(update, user=None)


def test_preparing_costs_a_fixed_number_of_queries_for_each_content(
    old: Library, new: Library, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8 + 2 * 10):
        updates.prepare(old, new, user=None)
