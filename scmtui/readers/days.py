"""Days that are written out in a text, in Korean or English."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TO = r"(?: ?[-–~∼～] ?\d\d?)?"
DAY = (
    r"(?<!\d)(?P<y1>(?:19|20)\d\d) ?[년.\-/] ?(?P<m1>\d\d?) ?[월.\-/] ?(?P<d1>\d\d?)(?!\d) ?[일.]?"
    r"|\b(?P<m2>[A-Z][A-Za-z]{2,8})\.? (?P<d2>\d\d?)(?:st|nd|rd|th)?"
    rf"{_TO},? (?P<y2>(?:19|20)\d\d)"
    rf"|(?<!\d)(?P<d3>\d\d?){_TO} (?P<m3>[A-Z][A-Za-z]{{2,8}})\.?,? (?P<y3>(?:19|20)\d\d)"
)
"""A day with its month and year; of several days, the first."""


def days(stretch: str) -> Iterator[date]:
    """The days that are written out in a stretch of text, those that there are not passed over."""
    for match in re.finditer(DAY, stretch):
        form = next(form for form in "123" if match["y" + form])
        year, month, day = (match[part + form] for part in "ymd")
        try:
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
            yield date(int(year), number, int(day))
        except ValueError:
            continue
