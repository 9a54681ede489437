"""What the lessons of the demo site were written from, named for their readers."""

from typing import Any

from django.utils.html import format_html, format_html_join

from elearning.cms.templatetags.polish import tidy

# The short names that authors use in the files of the courses. What is not here is a name already.
NAMES = {
    "S0": "ROPS w Rzeszowie: Działania edukacyjno-informacyjne „Liderów kooperacji”, 7 października 2021\xa0r.",
    "S1": "ROPS w Rzeszowie: Szkolenie kompetencyjne z Modelu Kooperacji w gminach wiejskich dla ROPS z całej Polski",
    "S2": "ROPS w Rzeszowie: Makroregionalne spotkania w projekcie „Liderzy kooperacji”",
    "S3": "ROPS w Rzeszowie: Spotkanie Zespołów ds. Modelu w Sandomierzu, 17–18 grudnia 2018\xa0r.",
    "S4": "ROPS w Białymstoku: Podsumowanie projektu „Liderzy Kooperacji” w Łomży, 21 października 2021\xa0r.",
    "LK": "Strona projektu „Liderzy kooperacji”: liderzykooperacji.pl",
    "TOR": "ROPS w Toruniu: rops.torun.pl",
    "3D": "ROPS w Katowicach: rops-katowice.pl",
    "LOD": "Regionalne Centrum Polityki Społecznej w Łodzi: rcpslodz.pl; także mopscos.pl",
    "WM": "Województwo Warmińsko-Mazurskie: warmia.mazury.pl; także mediagroupinfo",
    "KUR": "Kuryłówka: sownowasarzyna.pl",
    "KOL": "Gmina Kolno: gminakolno.pl",
    "STA": "PCPR w Starachowicach: pcpr.starachowice.pl",
    "OSW": "MOPS w Oświęcimiu: mops-oswiecim.pl",
    "GW": "Wiedza ogólna",
}


def names(sources: str) -> list[str]:
    """The names of the sources that an author listed, in that order."""
    return [tidy(NAMES.get(source, source)) for source in sources.split(", ")]


def blocks(sources: str) -> list[dict[str, Any]]:
    """The last blocks of a lesson: a heading and the list of its sources."""
    listed = format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((name,) for name in names(sources))))
    return [
        {"type": "heading", "value": {"text": "Źródła", "level": "h2"}},
        {"type": "paragraph", "value": str(listed)},
    ]
