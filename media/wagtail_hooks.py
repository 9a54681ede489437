"""What films add to the admin."""

from typing import Any

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.forms.collections import collection_member_permission_formset_factory
from wagtail.models import Collection
from wagtail.permissions import register_permission_policy

from media import permissions
from media.admin_views import captions, deletion, publication
from media.choosers import VideoChooserViewSet, chooser_viewset
from media.models import Video
from media.place_chooser import PlaceChooserViewSet, place_chooser
from media.viewsets import FilmsGroup

register_permission_policy(Video, permissions.policy)
hooks.register("before_delete_page", deletion.keep_film)
hooks.register("before_bulk_action", deletion.keep_films)
hooks.register("before_bulk_action", publication.hold_back)
hooks.register("before_copy_page", publication.hold_back_copies)
hooks.register("before_publish_page", publication.tell_repairs)
hooks.register("after_create_page", publication.tell_repairs)
hooks.register("after_edit_page", publication.tell_repairs)


@hooks.register("register_admin_viewset")
def films() -> FilmsGroup:
    return FilmsGroup()


@hooks.register("register_admin_viewset")
def film_pages() -> publication.FilmPageViewSet:
    return publication.FilmPageViewSet("film_pages")


@hooks.register("register_admin_viewset")
def places() -> PlaceChooserViewSet:
    return place_chooser


@hooks.register("register_admin_viewset")
def video_chooser() -> VideoChooserViewSet:
    return chooser_viewset


@hooks.register("register_group_permission_panel")
def permissions_by_collection() -> Any:
    return collection_member_permission_formset_factory(
        Video,
        [
            ("add_video", "Dodawanie", "Dodawanie plików filmów"),
            ("change_video", "Zmiana", "Zmiana ustawień plików filmów"),
            ("delete_video", "Usuwanie", "Usuwanie plików, których żaden film nie używa"),
            ("choose_video", "Wybór", "Wybieranie plików do filmów"),
        ],
        "media/admin/video_permissions.html",
    )


@hooks.register("describe_collection_contents")
def describe_collection(collection: Collection) -> dict[str, Any] | None:
    """A collection with videos is not deleted."""
    count = Video.objects.filter(collection=collection).count()
    if not count:
        return None
    url = f"{reverse('film_videos:index')}?collection={collection.pk}"
    return {"count": count, "count_text": f"Pliki filmów: {count}", "url": url}


class VideoURLFinder(ModelAdminURLFinder):
    """Where a video is shown in the admin."""

    permission_policy = permissions.policy
    edit_url_name = "film_videos:video"


register_admin_url_finder(Video, VideoURLFinder)


@hooks.register("register_admin_urls")
def caption_urls() -> list[URLResolver]:
    return [path("filmy/pliki-napisow/", include((captions.URLS, "film_captions")))]
