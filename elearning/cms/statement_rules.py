"""When an accessibility statement is to be reviewed. Pure.

The act of 4 April 2019 on the digital accessibility of websites of public bodies (Dz.U. 2023 poz. 1440) asks for a
review of the statement every year by 31 March.
"""

from datetime import date, timedelta

MONTH, DAY = 3, 31
# An editor is reminded this long before the day.
AHEAD = timedelta(days=60)


def review_by(made_on: date, reviewed_on: date | None) -> date:
    """The day by which the next review is due: 31 March of the year after the last review, or after the making."""
    last = max(made_on, reviewed_on) if reviewed_on else made_on
    return date(last.year + 1, MONTH, DAY)


def is_to_be_reminded(made_on: date, reviewed_on: date | None, today: date) -> bool:
    """Whether the review is near, or past."""
    return today >= review_by(made_on, reviewed_on) - AHEAD


def is_overdue(made_on: date, reviewed_on: date | None, today: date) -> bool:
    return today > review_by(made_on, reviewed_on)
