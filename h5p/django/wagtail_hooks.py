"""What H5P adds to the admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.forms.collections import collection_member_permission_formset_factory
from wagtail.models import Collection
from wagtail.permissions import register_permission_policy

from h5p.django.admin_views.viewsets import H5PViewSetGroup, UpdateViewSet
from h5p.django.choosers import ContentChooserViewSet, chooser_viewset
from h5p.django.models import Content
from h5p.django.permissions import policy

register_permission_policy(Content, policy)


@hooks.register("register_admin_viewset")
def contents_and_libraries() -> H5PViewSetGroup:
    return H5PViewSetGroup()


@hooks.register("register_admin_viewset")
def library_updates() -> UpdateViewSet:
    return UpdateViewSet()


@hooks.register("register_admin_viewset")
def content_chooser() -> ContentChooserViewSet:
    return chooser_viewset


@hooks.register("register_permissions")
def permission_to_trust() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="h5p", codename="trust_library")


@hooks.register("register_group_permission_panel")
def permissions_by_collection() -> Any:
    return collection_member_permission_formset_factory(
        Content,
        [
            ("add_content", gettext_lazy("Add"), gettext_lazy("Add contents")),
            ("change_content", gettext_lazy("Change"), gettext_lazy("Change and replace contents")),
            ("delete_content", gettext_lazy("Delete"), gettext_lazy("Delete contents that nobody uses")),
            ("choose_content", gettext_lazy("Choose"), gettext_lazy("Put contents on pages")),
        ],
        "h5p/admin/permissions.html",
    )


@hooks.register("describe_collection_contents")
def describe_collection(collection: Collection) -> dict[str, Any] | None:
    """A collection with contents is not deleted."""
    count = Content.objects.filter(collection=collection).count()
    if not count:
        return None
    url = f"{reverse('h5p_contents:index')}?collection={collection.pk}"
    return {"count": count, "count_text": _("H5P contents: %(count)d") % {"count": count}, "url": url}


class ContentURLFinder(ModelAdminURLFinder):
    """Where a content is looked at; who may is checked there."""

    edit_url_name = "h5p_contents:content"


register_admin_url_finder(Content, ContentURLFinder)
