"""What the editor of a film is told before it is saved or published."""

from wagtail.admin.forms import WagtailAdminPageForm


class FilmPageForm(WagtailAdminPageForm):
    """The fields of a film, checked together."""
