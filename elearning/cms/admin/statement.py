"""The yearly review of the accessibility statement, on the front page of the admin."""

from typing import Any

from django.forms import Media
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from wagtail.admin.ui.components import Component
from wagtail.permission_policies.pages import PagePermissionPolicy

from elearning.accounts.models import User
from elearning.cms import statement_rules
from elearning.cms.models import AccessibilityStatementPage


class ReviewPanel(Component):
    """Says by when the statement is to be reviewed, once that day is near."""

    name = "statement-review"
    order = 60
    media = Media()

    def __init__(self, page: AccessibilityStatementPage) -> None:
        self.page = page

    def render_html(self, parent_context: Any = None) -> SafeString:
        made_on, reviewed_on = self.page.made_on, self.page.reviewed_on
        context = {
            "day": statement_rules.review_by(made_on, reviewed_on),
            "is_overdue": statement_rules.is_overdue(made_on, reviewed_on, timezone.localdate()),
            "url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
        }
        return render_to_string("cms/admin/statement_review.html", context)


def review_panel(user: User) -> ReviewPanel | None:
    """The panel for somebody who may edit a published statement whose review is near or past. Two queries."""
    own = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    page = AccessibilityStatementPage.objects.live().filter(pk__in=own.values("pk")).first()
    if page is None or not statement_rules.is_to_be_reminded(page.made_on, page.reviewed_on, timezone.localdate()):
        return None
    return ReviewPanel(page)
