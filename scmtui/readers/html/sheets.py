"""The style sheets of a page: what their rules say of its elements, each time what counts most."""

from __future__ import annotations

import re
from collections import defaultdict
from math import comb, prod
from typing import TYPE_CHECKING, NamedTuple

from scmtui.language import N_
from scmtui.model import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborHTMLParser

    from scmtui.readers.html.elements import Element

MOST_STEPS = 10_000_000
"""Steps of following rules at most, as they are estimated; they take about a second."""
MOST_SAID = 200_000
"""Times that a rule may say something of an element."""
MOST_RULES = 50_000
"""Rules of the sheets of a page at most; they take about a second."""
MOST_PARTS = 100
"""Parts of a selector, each of which is looked for around the others."""

_OF_INTEREST = (
    "display|visibility|opacity|font|text-indent|left|right|top|bottom|margin-left|clip|transform"
    "|color|background|position|width|height|overflow|max-height|content-visibility|white-space"
    "|list-style|filter|zoom|mso-hide"
)
_DECLARATION = re.compile(
    rf"(?:^|;)\s*({_OF_INTEREST})((?:-(?:size|color|type|image|path))?)\s*:\s*([^;]*)"
)
_PIXELS = {"em": 16, "rem": 16}
_SCREEN = {"width": 1280, "height": 800}
"""Pixels of the screen on which a page is thought to be seen."""
_NAME = r"((?:\\.|[\w-])+)"
_CHOICE = re.compile(r"(?:[^,()]|\((?:[^()]|\([^()]*\))*\))+")
_APART = re.compile(r"\s*[>+~]\s*|\s+")

Rank = tuple[bool, int, int]
Styles = dict[str, tuple[Rank, str]]


class _Said(NamedTuple):
    """One declaration of a rule."""

    name: str
    value: str
    important: bool


class _Names:
    """How many elements of a page have each tag, class and id."""

    def __init__(self, elements: list[Element]) -> None:
        self._counts: defaultdict[str, int] = defaultdict(int)
        self.total = len(elements)
        depths: dict[int, int] = {}
        for it in elements:
            depths[id(it)] = depths.get(id(it.parent), 0) + 1
            self._counts[it.tag] += 1
            # A page without a document type may write its names in either case.
            names = it.attributes.get("class", "").lower().split()
            for name in {f".{one}" for one in names} | {f"#{it.attributes.get('id', '').lower()}"}:
                self._counts[name] += 1
        self.depth = max(depths.values(), default=0)

    def fewest(self, compound: str) -> int:
        """How many elements a part of a selector can be about at most."""
        told = re.sub(r"\[[^\]]*\]?|(?<!\\):{1,2}[\w-]+(?:\([^)]*\)?)?", "", compound)
        tag = re.match(r"[A-Za-z][\w-]*", told)
        names = [tag[0].lower()] if tag else []
        names += [mark + _unescaped(name) for mark, name in re.findall(rf"([.#]){_NAME}", told)]
        return min((self._counts.get(it, 0) for it in names), default=self.total)

    def steps(self, selector: str) -> int:
        """How long it takes to find what a selector is about; 0 when that is nothing.

        Backwards from its last part, each part is looked for among all elements around.
        """
        # What stands in brackets may be a choice, and says nothing of what must be there.
        parts = _APART.split(re.sub(r"\([^()]*\)", "()", selector).strip())
        fewest = {it: self.fewest(it) for it in dict.fromkeys(parts)}
        counts = [fewest[it] for it in parts]
        if not min(counts):
            return 0
        if len(counts) > MOST_PARTS:
            return MOST_STEPS
        *around, last = counts
        ways = comb(max(self.depth, len(around)), len(around))
        return self.total + last * min(ways, prod(min(it, self.depth) for it in around))


def _unescaped(name: str) -> str:
    return re.sub(r"\\(.)", r"\1", name).lower()


def styles(parsed: LexborHTMLParser, known: dict[int, Element], file: str) -> dict[int, Styles]:
    """What the page's own rules say of its elements, by their `id`.

    Raises ReadError when there is more than can be followed: something hidden would be read.
    """
    from selectolax.lexbor import SelectolaxError

    elements = list(known.values())
    names = _Names(elements)
    found: dict[int, Styles] = {}
    steps = count = 0
    for order, (selector, said) in enumerate(_rules(_sheet(elements, file))):
        cost = names.steps(selector)
        steps += cost + 1
        if steps > MOST_STEPS or count > MOST_SAID:
            raise _too_many(file)
        try:
            nodes = parsed.css(selector) if cost else []
        except SelectolaxError:
            continue
        weight = (_weigh(selector), order)
        for node in nodes:
            if element := known.get(node.mem_id):
                count += len(said)
                _declare(found.setdefault(id(element), {}), said, weight)
    for element in elements:
        inline = _presented(element) + ";" + element.attributes.get("style", "")
        if len(inline) > 1:
            _declare(found.setdefault(id(element), {}), _said(_plain(inline)), (1_000_000, 0))
    return found


def _sheet(elements: list[Element], file: str) -> str:
    """The sheets of a page as one, of no more rules than can be followed."""
    sheets = (it.text(gone=True) for it in elements if it.tag == "style" and _is_for_screens(it))
    sheet = "\n".join(sheets)
    if sheet.count("{") > MOST_RULES:
        raise _too_many(file)
    return sheet


def _too_many(file: str) -> ReadError:
    return ReadError(
        "“{file}” has more rules of style than can be followed to see what it hides.",
        kept=N_("Nothing was changed."),
        todo=N_("Save it as plain text from a browser."),
        file=file,
    )


def _presented(element: Element) -> str:
    """The attributes of old that say how an element looks, as a style."""
    colour, ground = element.attributes.get("color"), element.attributes.get("bgcolor")
    said = f"color:{colour}" if colour and element.tag == "font" else ""
    return said + (f";background:{ground}" if ground else "")


def _rules(sheet: str) -> Iterator[tuple[str, list[_Said]]]:
    """The selectors and declarations of a style sheet that concern what is shown on a screen."""
    applies = [True]
    selector = ""
    pieces = re.split(r"([{}])", _plain(sheet))
    for before, brace in zip(pieces[::2], pieces[1::2], strict=False):
        if brace == "{":
            selector = before.rpartition(";")[2].strip()
            applies.append(applies[-1] and _applies(selector))
        elif len(applies) > 1:
            if applies.pop() and selector and (said := _said(before)):
                for one in dict.fromkeys(_CHOICE.findall(selector)):
                    yield one.strip(), said
            selector = ""


def _plain(style: str) -> str:
    """A style without comments and the escapes that write a letter by its number."""
    style = re.sub(r"/\*.*?(?:\*/|$)", " ", style, flags=re.DOTALL)
    escaped = r"\\([0-9a-fA-F]{1,5})\s?"
    return re.sub(escaped, lambda match: _escaped(chr(int(match[1], 16))), style)


def _escaped(letter: str) -> str:
    return letter if letter.isalnum() else f"\\{letter}"


def _is_for_screens(sheet: Element) -> bool:
    inert = any(it.tag in {"noscript", "template"} for it in sheet.within())
    return not inert and _is_seen(sheet.attributes.get("media", "all").lower())


def _applies(prelude: str) -> bool:
    if not prelude.startswith("@"):
        return ":hover" not in prelude and "::" not in prelude
    prelude = prelude.lower()
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
        size = number(limit[3]) * _PIXELS.get(limit[4], 1)
        if (size > _SCREEN[limit[2]]) == (limit[1] == "min"):
            return False
    return True


def number(written: str) -> float:
    """A number in a style; one that is none is neither nothing nor far away."""
    try:
        return float(written)
    except ValueError:
        return 1.5


def _weigh(selector: str) -> int:
    """How specific a selector is: ids before classes before tags."""
    ids, classes = selector.count("#"), len(re.findall(r"[.\[]|(?<!:):(?!:)", selector))
    return ids * 10_000 + classes * 100 + len(re.findall(r"(?:^|[\s>+~])[A-Za-z]", selector))


def _said(declared: str) -> list[_Said]:
    """The declarations that concern what is shown."""
    found = []
    for match in _DECLARATION.finditer(declared.lower()):
        name, value = match[1] + match[2], match[3].strip()
        name = {"background-color": "background", "background-image": "background"}.get(name, name)
        found.append(_Said(name, value.replace("!important", "").strip(), "!important" in value))
    return found


def _declare(known: Styles, said: list[_Said], weight: tuple[int, int]) -> None:
    for it in said:
        rank = (it.important, *weight)
        if it.name not in known or known[it.name][0] <= rank:
            known[it.name] = (rank, it.value)
