"""Who may do what with uploaded videos, in which collection."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission

from elearning.accounts.models import User
from media import permissions
from media.models import Video
from tests import make
from tests.media import films

pytestmark = pytest.mark.django_db

ACTIONS = ("add", "change", "delete", "choose")


@pytest.fixture
def north(db: None) -> Collection:
    return Collection.get_first_root_node().add_child(name="Północ")


@pytest.fixture
def south(north: Collection) -> Collection:
    return Collection.get_first_root_node().add_child(name="Południe")


@pytest.fixture
def video(north: Collection) -> Video:
    return films.video(title="Zespół", collection=north)


def editor_of(collection: Collection, *actions: str) -> User:
    """Somebody who may do this with the videos of one collection, and nothing else."""
    group = Group.objects.create(name=f"Redakcja {collection.name}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for action in actions:
        permission = Permission.objects.get(content_type__app_label="media", codename=f"{action}_video")
        GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)
    person = make.user("Edyta", collection.name)
    person.groups.add(group)
    return person


def test_the_roles_of_the_site_have_what_they_need(video: Video) -> None:
    editor, author = films.person("Redakcja"), films.person("Autorki i autorzy")
    assert [permissions.may(editor, action, video) for action in ACTIONS] == [True, True, True, True]
    assert [permissions.may(author, action, video) for action in ACTIONS] == [True, True, False, True]
    administrator = make.user(is_superuser=True)
    assert all(permissions.may(administrator, action, video) for action in ACTIONS)


@pytest.mark.parametrize("person", [AnonymousUser, make.user, lambda: make.user(is_superuser=True, is_active=False)])
def test_others_may_nothing_at_all(person: Callable[[], Any], video: Video) -> None:
    someone = person()
    assert not permissions.may_open(someone)
    assert not permissions.may_add(someone)
    assert not permissions.may_see(someone, video)
    assert not any(permissions.may(someone, action, video) for action in ACTIONS)
    assert not permissions.seen_by(someone).exists()
    assert not permissions.chosen_by(someone).exists()
    assert not permissions.collections_for(someone, "add").exists()


def test_an_editor_of_another_collection_sees_and_chooses_none_of_it(video: Video, south: Collection) -> None:
    other = editor_of(south, *ACTIONS)
    assert permissions.may_open(other)
    assert permissions.may_add(other)
    assert not permissions.may_see(other, video)
    assert not permissions.seen_by(other).exists()
    assert list(permissions.collections_for(other, "add")) == [south]


def test_whoever_only_chooses_may_look_but_not_change(video: Video, north: Collection) -> None:
    chooser = editor_of(north, "choose")
    assert permissions.may_see(chooser, video)
    assert list(permissions.chosen_by(chooser)) == [video]
    assert not permissions.may(chooser, "change", video)
    assert not permissions.may_add(chooser)


def test_rights_are_given_to_groups_in_the_admin(north: Collection) -> None:
    group = Group.objects.get(name="Redakcja")
    page = films.browser_of(make.user(is_superuser=True)).get(reverse("wagtailusers_groups:edit", args=[group.pk]))
    assert "Prawa do plików filmów" in page.content.decode()


def test_a_collection_with_videos_is_not_deleted(video: Video, north: Collection) -> None:
    client = films.browser_of(make.user(is_superuser=True))
    url = reverse("wagtailadmin_collections:delete", args=[north.pk])
    assert "Pliki filmów: 1" in client.get(url).content.decode()
    client.post(url)
    assert Collection.objects.filter(pk=north.pk).exists()
