"""Other names of what is asked for: `assets/aliases.toml`, `Name (ABBR)` in the texts, dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from scmtui.search.streams import bare
from scmtui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path


class Alternative(NamedTuple):
    """Another name to look for."""

    name: str
    related: bool = False
    """Whether it names another thing that is only related."""
    without: tuple[str, ...] = ()
    """Longer names that contain it and mean something else."""


class _Thing(NamedTuple):
    same: tuple[str, ...]
    without: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


def key(name: str) -> str:
    """What tells names apart: the letters alone, whatever the case, blanks and marks.

    A single hanja is a name of its own: 北 is North Korea, 북 may be a drum.
    """
    return name if is_hanja(name) else bare(fold(name))


def is_hanja(name: str) -> bool:
    """Whether this is one hanja, as the press writes it for a country."""
    return len(name) == 1 and "\u4e00" <= name <= "\u9fff"


class Names:
    """Which names mean the same thing, and which things are related."""

    def __init__(self, things: Iterable[_Thing], mined: Iterable[tuple[str, str]] = ()) -> None:
        self._things: dict[str, list[_Thing]] = {}
        for thing in things:
            for name in thing.same:
                self._things.setdefault(key(name), []).append(thing)
        self._mined: dict[str, set[str]] = {}
        for name, short in mined:
            # where the file knows the abbreviation, it also knows how far the name reaches
            if key(short) not in self._things:
                self._mined.setdefault(key(name), set()).add(short)
                self._mined.setdefault(key(short), set()).add(name)

    @classmethod
    def load(cls, file: Path, mined: Iterable[tuple[str, str]] = ()) -> Names:
        """The names of a file such as `assets/aliases.toml`, with those mined from texts."""
        import tomllib

        rows: Sequence[Mapping[str, Sequence[str]]]
        rows = tomllib.loads(file.read_text(encoding="utf-8"))["name"]
        return cls(
            (_Thing(*(tuple(row.get(field, ())) for field in _Thing._fields)) for row in rows),
            mined,
        )

    def of(self, name: str) -> tuple[Alternative, ...]:
        """The other names of what has this name, related things last."""
        asked = key(name)
        mined = sorted(self._mined.get(asked, ()))
        things = [thing for at in (asked, *map(key, mined)) for thing in self._things.get(at, ())]
        related = [
            thing
            for known in self._things.get(asked, ())
            for name in known.related
            for thing in self._things.get(key(name), ())
        ]
        found = {asked: Alternative(name)}
        for other in (
            *(Alternative(same, False, thing.without) for thing in things for same in thing.same),
            *map(Alternative, mined),
            *(Alternative(same, True, thing.without) for thing in related for same in thing.same),
        ):
            found.setdefault(key(other.name), other)
        del found[asked]
        return tuple(found.values())


_BRACKET = re.compile(
    r"\((?P<short>[A-Z][A-Za-z&·-]{1,9}|[가-힣]{2,6}|[A-Z][A-Za-z-]+(?: [A-Za-z-]+){2,7})\)"
)
REACH = 80
"""Characters before the bracket in which a name may begin."""
_QUOTED = re.compile(r"[‘“「『\"'](?P<name>[^‘“「『\"']{3,60})$")
_SMALL = {"and", "of", "the", "for", "on", "in", "to"}


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """The names in a text that are followed by another name in brackets, each with that one.

    "완전운용능력(FOC)", "전시작전통제권(전작권)", "Full Operational Capability (FOC)". How far a
    name reaches back is told by a quotation mark, by the initials, or else it is the last word
    (the last two where that is short).
    """
    if "(" not in text:
        return
    for match in _BRACKET.finditer(text):
        before = text[max(0, match.start() - REACH) : match.start()].rstrip(" ")
        before = re.split(r"[()\n]", before)[-1]
        if name := _name_before(before, match["short"]):
            yield name, match["short"]


def _name_before(before: str, short: str) -> str:
    words = re.split(r"[\s,.·‘“「]+", before)
    if not words[-1]:
        return ""
    if "가" <= short[0] <= "힣":
        return words[-1] if _shortens(short, words[-1]) else ""
    if sum(letter.isupper() for letter in short) < 2:
        return ""
    if "가" <= before[-1] <= "힣":
        if quoted := _QUOTED.search(before):
            return quoted["name"]
        return words[-1] if len(words[-1]) >= 4 else " ".join(words[-2:])
    return _spelt_out(words, short)


def _shortens(short: str, name: str) -> bool:
    left = iter(name)
    return name[0] == short[0] and len(short) < len(name) and all(s in left for s in short)


def _spelt_out(words: list[str], short: str) -> str:
    """The words at the end whose initials are `short`; small words need not be counted."""
    wanted = [letter for letter in reversed(short.lower()) if letter.isalpha()]
    for number, word in enumerate(reversed(words), 1):
        if wanted and word[:1].lower() == wanted[0]:
            del wanted[0]
            if not wanted:
                return " ".join(words[-number:])
        elif word.lower() not in _SMALL:
            break
    return ""


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d) ?[년.\-/] ?)?"
    r"(?P<month>\d{1,2}) ?[월.\-/] ?(?P<day>\d{1,2}) ?[일.]?"
)
_DAY = re.compile(r"(\d{1,2})[.\-/](\d{1,2})")
_ENGLISH_DATE = re.compile(
    r"(?:(?P<day1>\d{1,2}) )?(?P<month>[a-z]{3,9})\.?(?: (?P<day2>\d{1,2}))?,?(?: (?P<year>\d{4}))?"
)
_ORDINAL = re.compile(r"(?:제 ?)?(?P<korean>\d{1,3}) ?차|(?P<english>\d{1,3})(?:st|nd|rd|th)")


def written(folded: str) -> tuple[Alternative, ...]:
    """The same date or the same number of a meeting, written in other ways."""
    if ordinal := _ORDINAL.fullmatch(folded):
        if ordinal["korean"]:
            return (Alternative(_english_ordinal(int(ordinal["korean"]))),)
        return (Alternative(f"제{int(ordinal['english'])}차"),)
    if day_of_month := _DAY.fullmatch(folded):
        return (Alternative("·".join(day_of_month.groups())),)
    if date := _DATE.fullmatch(folded):
        year, month, day = date.group("year", "month", "day")
    elif (date := _ENGLISH_DATE.fullmatch(folded)) and (date["day1"] or date["day2"]):
        year, month, day = date["year"], _month(date["month"]), date["day1"] or date["day2"]
    else:
        return ()
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return ()
    return tuple(map(Alternative, _dates(year, int(month), int(day))))


def _month(word: str) -> str:
    return next((str(n) for n, name in enumerate(_MONTHS, 1) if name.lower().startswith(word)), "0")


def _dates(year: str | None, month: int, day: int) -> tuple[str, ...]:
    name = _MONTHS[month - 1]
    if year is None:
        return f"{month}월 {day}일", f"{name} {day}", f"{day} {name}"
    return (
        f"{year}년 {month}월 {day}일",
        f"{year}. {month}. {day}.",
        f"{year}-{month:02}-{day:02}",
        f"{year}. {month:02}. {day:02}.",
        f"{name} {day}, {year}",
        f"{day} {name} {year}",
    )


def _english_ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in {11, 12, 13} else ending}"
