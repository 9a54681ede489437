"""Contents: the list, one content with its preview, what is said about it, and its end."""

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Collection

from h5p.django import exporting, removal
from h5p.django.admin_views.guards import content_for
from h5p.django.forms import SettingsForm
from h5p.django.models import Content, ContentVersion, Library
from h5p.django.permissions import may, may_add, may_trust, seen_by
from h5p.django.playing import player_context

# Titles in a list of uses; a content may be on hundreds of pages.
MOST_SHOWN = 50


def is_open(content: Content) -> bool:
    """Whether learners get a content of the list."""
    return not content.live_version.distrusted  # type: ignore[union-attr]  # the list prefetched it


def types() -> list[tuple[str, str]]:
    """The types that contents have: machine name and title. One query."""
    used = Library.objects.filter(contents__isnull=False).order_by("major", "minor", "patch")
    return sorted(dict(used.values_list("machine_name", "title")).items(), key=lambda pair: pair[1].lower())


class ContentFilterSet(WagtailFilterSet):
    """By type and by collection."""

    type = django_filters.ChoiceFilter(
        field_name="live_version__main_library__machine_name", label=gettext_lazy("Type"), choices=types
    )
    collection = django_filters.ModelChoiceFilter(queryset=Collection.objects.all(), label=gettext_lazy("Collection"))

    class Meta:
        model = Content
        fields = ["type", "collection"]


class ContentIndexView(IndexView):
    """The contents that the person may see, with their types, and whether learners get them."""

    model = Content
    index_url_name = "h5p_contents:index"
    index_results_url_name = "h5p_contents:index_results"
    any_permission_required = ["add", "change", "delete", "choose"]
    default_ordering = "-created_at"
    paginate_by = 50
    page_title = gettext_lazy("H5P contents")
    header_icon = "media"
    filterset_class = ContentFilterSet
    columns = [
        TitleColumn("title", label=gettext_lazy("Title"), sort_key="title", url_name="h5p_contents:content"),
        Column("type", label=gettext_lazy("Type"), accessor="live_version.main_library.title"),
        Column("collection", label=gettext_lazy("Collection"), sort_key="collection__name"),
        BooleanColumn("is_open", label=gettext_lazy("Learners get it"), accessor=is_open),
        DateColumn("created_at", label=gettext_lazy("Added"), sort_key="created_at"),
    ]

    def get_base_queryset(self) -> QuerySet[Content]:
        distrusted = Library.objects.exclude(trust=Library.Trust.TRUSTED).only("pk", "trust")
        versions = ContentVersion.objects.only("number", "content", "main_library__title").select_related(
            "main_library"
        )
        versions = versions.prefetch_related(Prefetch("libraries", distrusted, to_attr="distrusted"))
        found = seen_by(self.request.user).select_related("collection")
        return found.prefetch_related(Prefetch("live_version", versions))

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not may_add(self.request.user):
            return []
        url = reverse("h5p_contents:add")
        return [HeaderButton(_("Upload content"), url=url, icon_name="plus", classname="button")]


@require_safe
def content(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One content: its preview, its versions, where it is used, and what can be done with it."""
    shown = content_for(request, pk)
    wanted = request.GET.get("version", "")
    versions = shown.versions.select_related("main_library", "created_by", "content").defer("params", "filtered")
    versions = versions.order_by("-number")
    version = next((row for row in versions if str(row.number) == wanted), None) or shown.live_version
    if version is None:
        raise Http404
    context = {
        "content": shown,
        "version": version,
        "versions": versions,
        "libraries": version.libraries.defer("semantics", "languages", "description").order_by("machine_name"),
        "waiting": list(version.waiting_libraries.defer("semantics", "languages", "description")),
        "uses": _named(removal.use_of(shown).shown_in, request),
        "may_change": may(request.user, "change", shown),
        "may_delete": may(request.user, "delete", shown),
        "may_trust": may_trust(request.user),
        "license": version.manifest.get("license") or "U",
        "embed_code": _embed_code(request, shown) if shown.embed_allowed else "",
        "h5p": player_context(version, is_preview=True),
    }
    return render(request, "h5p/admin/content.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The title, the collection, and whether other sites may embed it."""
    changed = content_for(request, pk, "change")
    data = request.POST if request.method == "POST" else None
    form = SettingsForm(data, instance=changed, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("h5p_contents:content", pk=pk)
    return render(request, "h5p/admin/content_settings.html", {"form": form, "content": content_for(request, pk)})


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask before; what is in use is not deleted, and the page says why."""
    doomed = content_for(request, pk, "delete")
    use = removal.use_of(doomed)
    if request.method == "POST" and not use:
        try:
            removal.remove_content(doomed)
        except removal.InUse:  # somebody began to use it a moment ago
            use = removal.use_of(doomed)
        else:
            messages.success(request, _("“%(title)s” has been deleted.") % {"title": doomed.title})
            return redirect("h5p_contents:index")
    context = {"content": doomed, "use": use, "uses": _named(use.shown_in, request)}
    status = 409 if use and request.method == "POST" else 200
    answer: HttpResponse = render(request, "h5p/admin/content_delete.html", context, status=status)
    return answer


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The live version as a .h5p file, with exactly the libraries that it needs."""
    exported = content_for(request, pk)
    if exported.live_version is None:
        raise Http404
    file = exporting.export(exported.live_version)
    name = f"{slugify(exported.title) or 'h5p'}.h5p"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


def _embed_code(request: HttpRequest, content: Content) -> str:
    """What another site puts into its page."""
    url = request.build_absolute_uri(reverse("h5p:public", args=[content.key]))
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="600" allowfullscreen></iframe>', url, content.title
    )


def _named(objects: tuple[Any, ...], request: HttpRequest) -> list[dict[str, Any]]:
    """What shows a content, with the address at which the person may edit it, if they may."""
    finder = AdminURLFinder(request.user)
    return [{"title": str(shown), "url": finder.get_edit_url(shown)} for shown in objects[:MOST_SHOWN]]
