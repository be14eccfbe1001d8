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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser

MOST_RULES = 4000
"""Rules of a page's own style that are followed at most."""

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
_OF_INTEREST = (
    "display|visibility|opacity|font|text-indent|left|right|top|bottom|margin-left|clip|transform"
    "|color|background|position|width|height|overflow|max-height|content-visibility|white-space"
    "|list-style|filter|zoom|mso-hide"
)
_DECLARATION = rf"(?:^|;)\s*({_OF_INTEREST})((?:-(?:size|color|type|image|path))?)\s*:\s*([^;]*)"
_PIXELS = {"em": 16, "rem": 16, "pt": 1.33, "%": 10, "vw": 10, "vh": 10}
_SCREEN = {"width": 1280, "height": 800}
"""Pixels of the screen on which a page is thought to be seen."""

_VANISHED = (
    r"(?:scale\w*|opacity)\(\s*0?\.?0*%?\s*[,)]"
    r"|translate\w*\([^)]*-(?:\d{4,}px|\d{3,}(?:em|%|vw|vh))"
)

Rank = tuple[bool, int, int]
Styles = dict[str, tuple[Rank, str]]


class _Shown(NamedTuple):
    """What an element takes from the one around it."""

    tiny: bool = False
    invisible: bool = False
    colour: str = ""
    ground: str = "white"
    """The colour under it; nothing when it is a picture."""


def hide(parsed: LexborHTMLParser, top: Element, known: dict[int, Element]) -> dict[int, Styles]:
    """Mark every element of a page that is not shown, and give the styles of those that have any.

    The styles are by `id(element)`.
    """
    styles = _styles(parsed, top, known)
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
    return styles


def _styles(parsed: LexborHTMLParser, top: Element, known: dict[int, Element]) -> dict[int, Styles]:
    """What the page's own rules say of its elements, each time the word that counts most."""
    from selectolax.lexbor import SelectolaxError

    found: dict[int, Styles] = {}
    elements = list(_all(top))
    sheets = (it.text(gone=True) for it in elements if it.tag == "style" and _is_for_screens(it))
    for order, (selector, declared) in enumerate(_rules("\n".join(sheets))):
        try:
            nodes = parsed.css(selector)
        except SelectolaxError:
            continue
        for node in nodes:
            if element := known.get(node.mem_id):
                _declare(found.setdefault(id(element), {}), declared, (_weigh(selector), order))
    for element in elements:
        inline = _presented(element) + ";" + element.attributes.get("style", "")
        if len(inline) > 1:
            _declare(found.setdefault(id(element), {}), _plain(inline), (1_000_000, 0))
    return found


def _all(top: Element) -> Iterator[Element]:
    waiting = [top]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(it for it in element.children if isinstance(it, Element))


def _presented(element: Element) -> str:
    """The attributes of old that say how an element looks, as a style."""
    colour, ground = element.attributes.get("color"), element.attributes.get("bgcolor")
    said = f"color:{colour}" if colour and element.tag == "font" else ""
    return said + (f";background:{ground}" if ground else "")


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The selectors and declarations of a style sheet that concern what is shown on a screen."""
    sheet = _plain(sheet)
    applies = [True]
    count = 0
    for before, brace in re.findall(r"([^{}]*)([{}])", sheet):
        prelude = before.rpartition(";")[2] if brace == "{" else before
        if brace == "{":
            applies.append(applies[-1] and _applies(prelude.strip()))
            selector = prelude.strip()
        elif len(applies) > 1:
            if applies.pop() and selector and re.search(_DECLARATION, before):
                for one in selector.split(","):
                    yield one.strip(), before
                count += 1
            selector = ""
        if count > MOST_RULES:
            return


def _plain(style: str) -> str:
    """A style without comments and escapes, in small letters."""
    style = re.sub(r"/\*.*?(?:\*/|$)", " ", style, flags=re.DOTALL)
    escaped = r"\\([0-9a-fA-F]{1,5})\s?"
    return re.sub(escaped, lambda match: chr(int(match[1], 16)), style).lower()


def _is_for_screens(sheet: Element) -> bool:
    inert = any(it.tag in {"noscript", "template"} for it in sheet.within())
    return not inert and _is_seen(sheet.attributes.get("media", "all").lower())


def _applies(prelude: str) -> bool:
    if not prelude.startswith("@"):
        return ":hover" not in prelude and "::" not in prelude
    if prelude.startswith("@media"):
        return any(map(_is_seen, prelude.removeprefix("@media").split(",")))
    return prelude.startswith(("@layer", "@supports"))


def _is_seen(query: str) -> bool:
    """Whether a condition for media holds on a common screen."""
    query = query.strip()
    if not re.match(r"(?:only\s+)?(?:screen|all)\b|\(|$", query):
        return False
    for condition in re.findall(r"\(([^()]*)\)", query):
        limit = re.fullmatch(r"\s*(min|max)-(width|height)\s*:\s*([\d.]+)(px|em|rem)\s*", condition)
        if limit is None:
            return False
        size = _number(limit[3]) * _PIXELS.get(limit[4], 1)
        if (size > _SCREEN[limit[2]]) == (limit[1] == "min"):
            return False
    return True


def _weigh(selector: str) -> int:
    """How specific a selector is: ids before classes before tags."""
    ids, classes = selector.count("#"), len(re.findall(r"[.\[]|(?<!:):(?!:)", selector))
    return ids * 10_000 + classes * 100 + len(re.findall(r"(?:^|[\s>+~])[a-z]", selector))


def _declare(styles: Styles, declared: str, weight: tuple[int, int]) -> None:
    for match in re.finditer(_DECLARATION, declared):
        name, value = match[1] + match[2], match[3].strip()
        rank = ("!important" in value, *weight)
        value = value.replace("!important", "").strip()
        name = {"background-color": "background", "background-image": "background"}.get(name, name)
        if name not in styles or styles[name][0] <= rank:
            styles[name] = (rank, value)


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
        number = re.match(r"(-?[\d.]+)(px|em|rem|pt|%|vw|vh|$|(?=\s))", own.get(name, ""))
        return _number(number[1]) * _PIXELS.get(number[2], 1) if number else None

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


def _number(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return 1.5  # neither nothing nor far away


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
        tiny = (relative and around.tiny) or _number(measured[1]) < least
    ground = own.get("background", "")
    visibility = own.get("visibility", "inherit")
    return _Shown(
        tiny,
        around.invisible if visibility == "inherit" else visibility in {"hidden", "collapse"},
        own.get("color", around.colour),
        ground_colour(ground) if ground and not clear(ground) else around.ground,
    )
