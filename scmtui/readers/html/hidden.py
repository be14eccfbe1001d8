"""What a page holds and does not show: an attack on its reader, or for other eyes.

Hidden is what the rules of the page itself say so of: not displayed, invisible, transparent, as
small as nothing, moved off the screen, clipped to nothing, in the colour of its ground. Of the
rules in other files nothing is known but the names that are customary for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scmtui.readers.html.colours import clear, ground_colour, same
from scmtui.readers.html.elements import Element
from scmtui.readers.html.sheets import number

if TYPE_CHECKING:
    from scmtui.readers.html.sheets import Styles

_HIDING_NAMES_LISTED = """
blind sr-only sr_only sronly visually-hidden visuallyhidden visually_hidden screen_out screen-out
screen-reader-text screenreader a11y-hidden a11y_hidden hidden hide d-none offscreen off-screen
ir_wa u_hc is-hidden u-hidden invisible
"""
_HIDING_NAMES = set(_HIDING_NAMES_LISTED.split())
_NEVER_SHOWN = {
    "script": "script",
    "style": "script",
    "template": "hidden",
    "noscript": "hidden",
    "head": "head",
    "datalist": "hidden",
    "noembed": "hidden",
    "noframes": "hidden",
    "rp": "ruby",
}
_PIXELS = {"em": 16, "rem": 16, "pt": 1.33, "%": 10, "vw": 10, "vh": 10}
_VANISHED = (
    r"(?:scale\w*|opacity)\(\s*0?\.?0*%?\s*[,)]"
    r"|translate\w*\([^)]*-(?:\d{4,}px|\d{3,}(?:em|%|vw|vh))"
)


class _Shown(NamedTuple):
    """What an element takes from the one around it."""

    tiny: bool = False
    invisible: bool = False
    colour: str = ""
    ground: str = "white"
    """The colour under it; nothing when it is a picture."""


def hide(top: Element, styles: dict[int, Styles]) -> None:
    """Mark every element of a page that is not shown; the styles are by `id(element)`."""
    waiting = [(top, _Shown())]
    while waiting:
        element, around = waiting.pop()
        own = {name: value for name, (_, value) in styles.get(id(element), {}).items()}
        element.gone = _gone(element, own)
        if element.gone:
            continue
        shown = _inherit(around, own)
        element.mute = shown.tiny or shown.invisible or same(shown.colour, shown.ground)
        waiting.extend((it, shown) for it in element.children if isinstance(it, Element))


def _gone(element: Element, own: dict[str, str]) -> str:
    """Why an element is not shown with all that it holds, or nothing."""
    if element.tag in _NEVER_SHOWN:
        return _NEVER_SHOWN[element.tag]
    attributes = element.attributes
    said = "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true"
    closed = element.tag == "dialog" and "open" not in attributes
    named = "display" not in own and _HIDING_NAMES & set(element.names.lower().split())
    if said or closed or named or (own and _hides(own)):
        return "hidden" if element.tag != "body" else ""
    return "struck" if element.tag in {"del", "s", "strike"} else ""


def _hides(own: dict[str, str]) -> bool:
    def length(name: str) -> float | None:
        told = re.match(r"(-?[\d.]+)(px|em|rem|pt|%|vw|vh|$|(?=\s))", own.get(name, ""))
        return number(told[1]) * _PIXELS.get(told[2], 1) if told else None

    def nothing(*names: str) -> bool:
        return any((size := length(name)) is not None and abs(size) <= 1 for name in names)

    placed = own.get("position") in {"absolute", "fixed"}
    far = any((length(it) or 0) < -500 for it in ("left", "right", "top", "bottom"))
    away = (placed and far) or any(
        (length(it) or 0) < -500 for it in ("text-indent", "margin-left")
    )
    clipped = own.get("overflow") in {"hidden", "clip"} and nothing("width", "height", "max-height")
    cut = placed and re.match(r"rect\(\s*[01]", own.get("clip", ""))
    inset = re.match(r"inset\(\s*(?:[5-9]\d|100)|circle\(\s*0", own.get("clip-path", ""))
    return bool(
        own.get("display") == "none"
        or own.get("mso-hide") == "all"
        or own.get("content-visibility") == "hidden"
        or (length("opacity") is not None and (length("opacity") or 0) < 0.05)
        or re.search(_VANISHED, own.get("transform", "") + own.get("filter", ""))
        or length("zoom") == 0
        or away
        or clipped
        or cut
        or inset
    )


def _inherit(around: _Shown, own: dict[str, str]) -> _Shown:
    if not own:
        return around
    size = own.get("font-size") or next(
        iter(re.findall(r"(?<![\w.])[\d.]+(?:px|pt|em|rem|%|(?=/))", own.get("font", ""))), ""
    )
    tiny = around.tiny
    if measured := re.match(r"([\d.]+)(px|pt|em|rem|%|vw|$)", size):
        relative = measured[2] in {"em", "%"}
        least = {"em": 0.1, "rem": 0.1, "%": 10.0}.get(measured[2], 1.5)
        tiny = (relative and around.tiny) or number(measured[1]) < least
    ground = own.get("background", "")
    visibility = own.get("visibility", "inherit")
    return _Shown(
        tiny,
        around.invisible if visibility == "inherit" else visibility in {"hidden", "collapse"},
        own.get("color", around.colour),
        ground_colour(ground) if ground and not clear(ground) else around.ground,
    )
