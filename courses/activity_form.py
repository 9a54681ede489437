"""What happens to the form of an activity before it is saved."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from courses.policies import chosen_policy


class ActivityPageForm(WagtailAdminPageForm):
    """Fills in the policy that fits the type of the content, so that the editor sees which it is."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not cleaned.get("policy") and cleaned.get("content"):
            cleaned["policy"] = chosen_policy(cleaned["content"])
        return cleaned
