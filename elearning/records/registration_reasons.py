"""Why a registration came to where it stands."""

from django.db.models import TextChoices

from . import places


class Reason(TextChoices):
    """A word of `RegistrationMove.reason`, and what it is called on the screen."""

    REGISTERED = "registered", "zgłoszenie"
    ADDRESS_CONFIRMED = "address_confirmed", "potwierdzony adres"
    FREE_PLACE = places.Reason.FREE_PLACE.value, "wolne miejsce dla następnej osoby z\xa0listy rezerwowej"
    OFFER_LAPSED = places.Reason.OFFER_LAPSED.value, "miejsce niepotwierdzone w\xa0terminie"
    ACCEPTED = "accepted", "potwierdzone miejsce"
    APPROVED = "approved", "decyzja organizatora"
    PROMOTED = "promoted", "miejsce przyznane przez organizatora"
    REJECTED = "rejected", "odmowa organizatora"
    BY_PERSON = "by_person", "rezygnacja"
    BY_ORGANISER = "by_organiser", "anulowane przez organizatora"
