"""Colours of a page, as far as they decide whether letters can be seen."""

from __future__ import annotations

import re

_WHITES = "white snow ivory ghostwhite whitesmoke floralwhite mintcream azure aliceblue seashell"
_COLOURS = {"black": (0, 0, 0)} | dict.fromkeys(_WHITES.split(), (255, 255, 255))
"""Colours by name; those that nobody tells from white count as white."""

_NO_COLOURS = {"none", "transparent", "inherit", "initial", "unset", "currentcolor"}


def ground_colour(said: str) -> str:
    """The colour in a `background`; nothing when there is a picture or a gradient."""
    if "url(" in said or "gradient" in said:
        return ""
    return next((it for it in re.findall(r"#\w+|\w+\([^)]*\)|\w+", said) if _rgb(it)), "")


def clear(said: str) -> bool:
    """Whether a `background` lets what is under it be seen."""
    return said.split(maxsplit=1)[0] in _NO_COLOURS


def same(colour: str, ground: str) -> bool:
    """Whether letters of a colour cannot be seen on a ground of another."""
    if re.match(r"transparent$|(?:rgb|hsl)a?\([^)]*[,/]\s*0?\.?0*%?\s*\)|#...0$|#.{6}00$", colour):
        return not re.match(r"(?:rgb|hsl)\([^,]*,[^,]*,[^,/]*\)", colour)
    letters, under = _rgb(colour), _rgb(ground)
    if not letters or not under:
        return False
    return all(abs(a - b) <= 16 for a, b in zip(letters, under, strict=True))


def _rgb(colour: str) -> tuple[int, int, int] | None:
    colour = colour.strip()
    if colour in _COLOURS:
        return _COLOURS[colour]
    if match := re.fullmatch(r"#([0-9a-f]{3})[0-9a-f]?|#([0-9a-f]{6})(?:[0-9a-f]{2})?", colour):
        digits = match[2] or "".join(it * 2 for it in match[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if match := re.match(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})", colour):
        return int(match[1]), int(match[2]), int(match[3])
    if match := re.match(r"hsla?\([^,\s]+[\s,]+[^,\s]+[\s,]+(\d{1,3})%", colour):
        light = int(match[1])
        return (255, 255, 255) if light > 97 else (0, 0, 0) if light < 3 else None
    return None
