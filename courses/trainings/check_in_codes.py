"""The code of a day, which people scan at the door: signed, so that nobody makes up another."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

SIGNER = Signer(salt="courses.check-in", sep=".")


def code_of(page_id: int, day_id: UUID) -> str:
    """The code of one day of one training, for an address."""
    return SIGNER.sign(f"{page_id}-{day_id.hex}")


def read(code: str) -> tuple[int, UUID] | None:
    """The page and the day of a code; None for what is none of ours."""
    try:
        page_id, day_id = SIGNER.unsign(code).split("-")
    except (BadSignature, ValueError):
        return None
    return int(page_id), UUID(day_id)
