"""The directory of regional centres and partners, and a page for each of them."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField

from elearning.cms import alphabet
from elearning.cms.blocks import content_blocks
from elearning.institutions.tracks import Track

from .base import BasePage, page_path
from .organisations import Organisation


class DirectoryPage(RoutablePageMixin, BasePage):
    """All organisations by their part in the projects; below it a page for each, with the way there."""

    body = StreamField(
        content_blocks(),
        verbose_name="treść pod listą",
        blank=True,
        help_text="Na przykład, z\xa0kim współpracują zespoły w\xa0województwie.",
    )

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_kind: ClassVar[str] = "page"
    search_gathers: ClassVar[bool] = True

    class Meta:
        verbose_name = "ośrodki i\xa0partnerzy"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), "address": page_path(self)}

    @path("")
    def directory(self, request: HttpRequest) -> HttpResponseBase:
        """Centres by model, then the other partners. One query."""
        found = sorted(Organisation.objects.select_related("province", "emblem"), key=_place)
        centres = [one for one in found if one.kind == Organisation.Kind.CENTRE]
        groups = [
            {"id": value, "title": label, "organisations": [one for one in centres if one.track == value]}
            for value, label in [*Track.choices, ("", "Pozostałe ośrodki")]
        ]
        answer: HttpResponseBase = self.render(
            request,
            context_overrides={
                "centres": centres,
                "groups": [group for group in groups if group["organisations"]],
                "others": [one for one in found if one.kind != Organisation.Kind.CENTRE],
            },
        )
        return answer

    @path("<slug:slug>/")
    def organisation(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        """Contact and the way to one of them; 404 for an unknown one."""
        found = Organisation.objects.select_related("province", "emblem").filter(slug=slug).first()
        if found is None:
            raise Http404
        answer: HttpResponseBase = self.render(
            request,
            context_overrides={"organisation": found, "crumbs": [*self.crumbs(), {"title": found.name, "url": ""}]},
            template="cms/organisation.html",
        )
        return answer

    def search_text(self) -> str:
        """The names and towns of all organisations, beside the page's own words."""
        found = Organisation.objects.order_by("slug").values_list("name", "town")
        return " ".join([super().search_text(), *(f"{name} {town}" for name, town in found)])

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """The directory and the page of each organisation."""
        urls: list[dict[str, Any]] = super().get_sitemap_urls(request)
        slugs = Organisation.objects.order_by("slug").values_list("slug", flat=True) if urls else []
        return urls + [{**urls[0], "location": f"{urls[0]['location']}{slug}/"} for slug in slugs]


def _place(one: Organisation) -> tuple[bool, bool, alphabet.Key]:
    """Voivodeships before other partners, leaders before partners, then by town."""
    is_other = one.kind == Organisation.Kind.OTHER
    return is_other, one.role != Organisation.Role.LEADER, alphabet.alphabetical(one.town)
