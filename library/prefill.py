"""What a form holds before anybody types: the name, the address and the head of a person's own institution."""

from collections.abc import Mapping, Sequence

from elearning.accounts.models import User
from elearning.cms.restrictions import Person
from library.forms import TypedValues, at_first, rows_of
from library.structure import Field, FieldKind, Prefill

Known = Mapping[Prefill, str]


def known_of(person: Person) -> Known:
    """What is known of the person's institution; nothing for a stranger. One query."""
    institution = person.institution if isinstance(person, User) else None
    if institution is None:
        return {}
    known = {Prefill.NAME: institution.name, Prefill.ADDRESS: institution.address, Prefill.HEAD: institution.head}
    return {what: text for what, text in known.items() if text}


def prefilled(fields: Sequence[Field], known: Known) -> TypedValues:
    """The form as it is opened. Of fields with rows, the first row holds what is known."""
    typed = at_first(fields)
    for field in fields:
        if field.kind is not FieldKind.ROWS:
            typed[field.name] = known.get(field.prefill, "")
            continue
        first, *others = rows_of(typed, field)
        own = {column.name: known[column.prefill] for column in field.columns if column.prefill in known}
        typed[field.name] = ({**first, **own}, *others)
    return typed
