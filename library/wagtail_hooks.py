"""What documents add to the admin."""

from django.urls import URLResolver, include, path
from wagtail import hooks

from library.admin_views import copying, deletion, editing, prints, publication
from library.viewsets import DocumentsGroup, VersionPageViewSet

hooks.register("before_edit_page", editing.explain_settled)
hooks.register("after_create_page", editing.tell_fields)
hooks.register("after_edit_page", editing.tell_fields)
hooks.register("before_copy_page", copying.instead_of_copying)
hooks.register("before_delete_page", deletion.keep_page)
hooks.register("before_unpublish_page", deletion.keep_published)
hooks.register("before_move_page", deletion.keep_in_place)
hooks.register("before_bulk_action", deletion.keep_pages)
hooks.register("before_bulk_action", publication.hold_back)


@hooks.register("register_admin_viewset")
def version_pages() -> VersionPageViewSet:
    return VersionPageViewSet("version_pages")


@hooks.register("register_admin_viewset")
def documents() -> DocumentsGroup:
    return DocumentsGroup()


@hooks.register("register_admin_urls")
def version_urls() -> list[URLResolver]:
    return [path("dokumenty/wersje/", include(([*copying.URLS, *prints.URLS], "document_versions")))]
