"""The lists of a Word document: the number that Word shows before each paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scmtui.readers.docx.styles import Numbering, number, switched, value, within
from scmtui.readers.numbering import LEVELS, Counter, bullet, written

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from scmtui.readers.docx.styles import Styles
_CHILDREN = 100
"""Elements of one list at most: it has nine levels, and a few that say what it is called."""


class CrowdedError(Exception):
    """A list with more levels than a list can have."""


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is written."""

    style: str = "decimal"
    form: str = ""
    start: int = 1
    after: str = " "
    paragraph_style: str = ""
    restart: int | None = None
    """The level, counted from 1, after which this one begins anew; 0 is never, None is any."""
    legal: bool = False

    @classmethod
    def read(cls, lvl: Element) -> _Level:
        """The level in a `w:lvl`."""
        restart = value(lvl, "w:lvlRestart")
        return cls(
            style=_style(lvl),
            form=value(lvl, "w:lvlText") or "",
            start=number(value(lvl, "w:start"), 0),
            after="" if value(lvl, "w:suff") == "nothing" else " ",
            paragraph_style=value(lvl, "w:pStyle") or "",
            restart=None if restart is None else number(restart, 0),
            legal=switched(lvl, "w:isLgl") is True,
        )


def _style(lvl: Element) -> str:
    """The style of the numbers; newer ones stand in a choice, with an older one to fall back on."""
    found = lvl.find("w:numFmt")
    if found is None:
        found = within(lvl, "mc:AlternateContent", "mc:Fallback", "w:numFmt")
    style = "decimal" if found is None else found.get("w:val", "decimal")
    return "decimalZero" if style == "custom" else style


class _Num:
    """What a list says of itself beside its definition: levels of its own, and where they start."""

    def __init__(self, tree: Element) -> None:
        self.defined = value(tree, "w:abstractNumId") or ""
        overrides = tree.findall("w:lvlOverride")
        self.levels = _levels([lvl for it in overrides for lvl in it.findall("w:lvl")])
        told = ((number(it.get("w:ilvl"), -1), value(it, "w:startOverride")) for it in overrides)
        self.starts = {at: number(start, 1) for at, start in told if start is not None}


class _List:
    """One definition of a list, with the numbers that its levels have reached."""

    def __init__(self, levels: dict[int, _Level]) -> None:
        self.levels = levels
        starts = [levels[at].start if at in levels else 1 for at in range(LEVELS)]
        self.counter = Counter(starts)

    def restarts(self, deeper: int, level: int) -> bool:
        """Whether a deeper level begins anew after an item of this one."""
        told = self.levels[deeper].restart if deeper in self.levels else None
        return told is None or level < told


class Lists:
    """All lists of one document; lists of the same definition count on together."""

    def __init__(self, tree: Element | None, styles: Styles) -> None:
        """Take the lists of `w:numbering`, or none."""
        self._styles = styles
        abstract = () if tree is None else tree.findall("w:abstractNum")
        self._abstract = {it.get("w:abstractNumId", ""): it for it in abstract}
        nums = () if tree is None else tree.findall("w:num")
        if any(len(it) > _CHILDREN for it in (*abstract, *nums)):
            raise CrowdedError
        self._nums = {it.get("w:numId", ""): _Num(it) for it in nums}
        self._keys: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._begun: set[tuple[str, int]] = set()

    def following(self, properties: Element | None) -> str:
        """The number before the next paragraph, blank included; "" for one without a number."""
        list_id, level = self._place(properties)
        if list_id is None or list_id not in self._nums:
            return ""
        definition = self._list(list_id)
        own = self._nums[list_id].levels
        shown = own.get(level) or definition.levels.get(level)
        if shown is None:
            return ""
        self._begin(list_id, level, definition)
        numbers = definition.counter.advance(level, definition.restarts)
        return self._written(shown, {**definition.levels, **own}, numbers)

    def _place(self, properties: Element | None) -> tuple[str | None, int]:
        """The list and the level of a paragraph, told by itself or by its style."""
        style = self._styles.of(properties)
        told = self._styles.numbering(style)
        own = None if properties is None else properties.find("w:numPr")
        if own is not None:
            list_id, level = value(own, "w:numId"), value(own, "w:ilvl")
            told = Numbering(
                told.list_id if list_id is None else list_id,
                told.level if level is None else number(level, 0),
                told.style if list_id is None else "",
            )
        if told.list_id is None or told.list_id not in self._nums:
            return None, 0
        level_of_style = None
        if told.style:
            levels = self._list(told.list_id).levels.items()
            level_of_style = next((at for at, it in levels if it.paragraph_style == style), None)
        at = told.level if level_of_style is None or own is not None else level_of_style
        return told.list_id, min(max(at if at is not None else level_of_style or 0, 0), LEVELS - 1)

    def _list(self, list_id: str) -> _List:
        if list_id not in self._keys:
            self._keys[list_id] = self._defining(list_id)
        key = self._keys[list_id]
        if key not in self._lists:
            found = self._abstract.get(key)
            levels = [] if found is None else found.findall("w:lvl")
            self._lists[key] = _List(_levels(levels))
        return self._lists[key]

    def _defining(self, list_id: str) -> str:
        """The id of the definition of a list, through styles that stand for a list."""
        seen: set[str] = set()
        while True:
            key = self._nums[list_id].defined if list_id in self._nums else ""
            link = value(self._abstract.get(key), "w:numStyleLink")
            if link is None or key in seen:
                return key
            seen.add(key)
            list_id = self._styles.numbering(link).list_id or ""
            if list_id not in self._nums:
                return key

    def _begin(self, list_id: str, level: int, definition: _List) -> None:
        """Begin a list anew where its first item of a level comes, if it says so."""
        start = self._nums[list_id].starts.get(level)
        if start is not None and (list_id, level) not in self._begun:
            definition.counter.start(level, start)
        self._begun.add((list_id, level))

    @staticmethod
    def _written(shown: _Level, levels: dict[int, _Level], numbers: list[int]) -> str:
        if shown.style == "bullet":
            return bullet(shown.form) + shown.after if shown.form else ""

        def fill(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            style = levels[at].style if at in levels else "decimal"
            return written("decimal" if shown.legal else style, numbers[at])

        text = re.sub(r"%([1-9])", fill, shown.form)
        return text + shown.after if text.strip() else ""


def _levels(found: list[Element]) -> dict[int, _Level]:
    levels = ((number(lvl.get("w:ilvl"), -1), lvl) for lvl in found)
    return {at: _Level.read(lvl) for at, lvl in levels if 0 <= at < LEVELS}
