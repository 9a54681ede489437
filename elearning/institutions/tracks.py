"""The three Models of Cooperation that courses, films and documents belong to."""

from django.db import models


class Track(models.TextChoices):
    """One Model Kooperacji: for rural, urban-rural and urban municipalities (gminy)."""

    RURAL = "rural", "Model w gminach wiejskich"
    URBAN_RURAL = "urban_rural", "Model w gminach miejsko-wiejskich"
    URBAN = "urban", "Model w miastach powyżej 20 tys. mieszkańców"
