"""Terms of the glossary in the admin."""

from wagtail.snippets.views.snippets import SnippetViewSet

from elearning.cms.models import Term


class TermViewSet(SnippetViewSet):
    """Terms that pages of models and the glossary explain."""

    model = Term
    icon = "openquote"
    menu_label = "Słownik pojęć"
    list_display = ["name", "abbreviation", "source"]
    search_fields = ["name", "abbreviation"]
