"""The form of news: an author is proposed, and a topic is not made twice."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from elearning.cms.models.news_parts import NewsTag


class NewsPageForm(WagtailAdminPageForm):
    """News as an editor writes them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None and self.for_user is not None and "author" in self.fields:
            self.initial["author"] = self.initial.get("author") or self.for_user.get_full_name()

    def clean_tags(self) -> list[str]:
        """The topics, each in the spelling in which it is there already: „RODZINA” is the topic „rodzina”."""
        known = {name.casefold(): name for name in NewsTag.objects.values_list("name", flat=True)}
        typed = {name.casefold(): name for name in reversed(self.cleaned_data["tags"])}
        return [known.get(folded, name) for folded, name in reversed(typed.items())]
