"""The log of what people agreed to."""

from django.conf import settings

from .models import Consent, User


def accept_terms(user: User) -> None:
    """Note that the person accepted the terms and read the privacy notice, in the versions in force now."""
    versions = {Consent.Kind.TERMS: settings.TERMS_VERSION, Consent.Kind.PRIVACY: settings.PRIVACY_VERSION}
    Consent.objects.bulk_create([Consent(user=user, kind=kind, version=version) for kind, version in versions.items()])
