"""What stands behind versions: who took them and how often. A version that somebody took stays."""

from dataclasses import dataclass

from django.db.models import Q, Sum
from django.utils import timezone
from wagtail.models import Page

from library.models import Announcement, DocumentPage, Holding, Subscription, Usage, VersionPage


@dataclass(frozen=True, slots=True)
class Taken:
    """What people did with some versions.

    `people` had an account; `times` counts downloads and fill-ins, of visitors too; `told` is the versions that were
    announced, `watched` how many people and addresses asked to be told of changes.
    """

    people: int = 0
    times: int = 0
    told: int = 0
    watched: int = 0

    def __bool__(self) -> bool:
        return any((self.people, self.times, self.told, self.watched))


def taken_of(page: Page) -> Taken:
    """What people did with a version, or with all below a page. Four queries."""
    of_version = Q(version__path__startswith=page.path)
    return Taken(
        people=Holding.objects.filter(of_version).values("user").distinct().count(),
        times=Usage.objects.filter(of_version).aggregate(times=Sum("count"))["times"] or 0,
        told=Announcement.objects.filter(of_version).count(),
        watched=Subscription.objects.filter(document__path__startswith=page.path).count(),
    )


def in_force_among(page: Page) -> list[str]:
    """Titles of the versions in force today: of a version its own, else of all below. Only of documents on the site.

    Two queries.
    """
    root = page.path[: -page.steplen] if page.specific_class is VersionPage else page.path
    open_ones = set(DocumentPage.objects.live().filter(path__startswith=root).values_list("path", flat=True))
    begun = VersionPage.objects.live().filter(path__startswith=root, in_force_on__lte=timezone.localdate())
    current: dict[str, tuple[str, str]] = {}
    for path, title in begun.order_by("in_force_on", "number").values_list("path", "title"):
        current[path[: -page.steplen]] = path, title
    return [title for above, (path, title) in current.items() if above in open_ones and path.startswith(page.path)]
