"""Who may open a document, its versions, their forms and files included."""

from elearning.cms.restrictions import Person, is_restricted
from library.models import DocumentPage, VersionPage


def may_open(user: Person, document: DocumentPage) -> bool:
    """Whether a document is open to this person: published, and not restricted to others; or theirs to edit.

    One query for a published document, some more for one that is not open.
    """
    return (document.live and not is_restricted(user, document)) or may_edit(user, document)


def may_take(user: Person, document: DocumentPage, version: VersionPage) -> bool:
    """Whether the files and the form of a version of that document are open to this person.

    A version whose day has not come is announced, but nobody except its editors takes it.
    """
    if may_edit(user, document):
        return True
    return version.live and version.has_begun and may_open(user, document) and not is_restricted(user, version)


def may_edit(user: Person, document: DocumentPage) -> bool:
    """Whether this person edits the document in the admin, and so sees its drafts."""
    return user.is_authenticated and user.is_active and bool(document.permissions_for_user(user).can_edit())
