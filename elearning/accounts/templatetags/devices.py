"""A device in a person's own words, for the list of places where they are logged in."""

from django import template

register = template.Library()

# Marks in the header `User-Agent`, in this order: Edge and Opera also call themselves Chrome, and Chrome Safari.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari/", "Safari"),
)
# Phones first: Android also says Linux, and an iPhone „like Mac OS X”.
SYSTEMS = (
    ("Android", "telefon lub tablet z\xa0Androidem"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "komputer z\xa0Windows"),
    ("CrOS", "Chromebook"),
    ("Macintosh", "komputer Mac"),
    ("Linux", "komputer z\xa0Linuksem"),
)
UNKNOWN_BROWSER = "Nieznana przeglądarka"
UNKNOWN_SYSTEM = "nieznane urządzenie"


@register.filter
def device(user_agent: str) -> str:
    """„Firefox, komputer z Windows”: as much of a browser's self-description as people recognise."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), UNKNOWN_BROWSER)
    system = next((name for mark, name in SYSTEMS if mark in user_agent), UNKNOWN_SYSTEM)
    return f"{browser}, {system}"
