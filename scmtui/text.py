"""Text as it is read, shown and matched: clean it, fold it, find its words, sentences and cells.

Every function here is str → str or str → spans, takes any string, and needs linear time. Spans are
[start, end) in characters of the text given.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from scmtui import hanja
from scmtui.language import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Set as AbstractSet

Span = tuple[int, int]

# A control string ends at its terminator; one that never ends only takes the rest of its line, so
# that a lone introducer cannot swallow a document. No introducer may stand inside, which keeps
# the search linear.
_IN_STRING = r"[^\x07\x1b\x90\x98\x9b-\x9f]"
# Python 3.11.2 repeats a group possessively beyond its own match; a set it repeats rightly.
_IN_LINE = _IN_STRING.replace("[^", r"[^\n")
_STRING = rf"{_IN_STRING}*+(?:\x07|\x1b\\|\x9c)|{_IN_LINE}*+"
_HOSTILE = {
    "escape": rf"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])(?:{_STRING})"
    rf"|\x1bk{_IN_STRING}*+(?:\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]?"
    r"|\x1b[ -/]*+[0-~]?",
    "control": r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]",
    "bidi": r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]",
    "invisible": r"[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200d\u2060-\u2065"
    r"\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]",
    "tag": r"[\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]",
    # A cell cannot tell one variant of a glyph from another, and terminals differ on their width.
    "variation": r"[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]",
    "noncharacter": "[\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 1 << 16)
    )
    + "]",
    "surrogate": r"[\ud800-\udfff]",
}
_NEWLINE = r"\r\n|[\r\v\f\x85\u2028\u2029]"
_BLANK = r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
# Characters above U+FFFF are rare, and one range tests faster than forty.
_UNCLEAN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    r"\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f"
    r"\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U00010000-\U0010ffff]"
)


@cache
def _hostile() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{kind}>{form})" for kind, form in _HOSTILE.items()))


class Cleaned(NamedTuple):
    """A text that is safe to show, and how many things of each kind were removed from it."""

    text: str
    removed: dict[str, int]


def clean(raw: str) -> Cleaned:
    """The text without anything that could act on a terminal or hide from the reader, in NFC.

    Whole escape sequences go, and controls but newline and tab, bidi controls, invisible
    characters, tags, variation selectors, noncharacters and lone surrogates. Every kind of line
    end becomes a newline, every kind of blank a blank; these are not counted as removed.
    """
    removed: dict[str, int] = {}
    text = raw
    if _UNCLEAN.search(raw):
        text = re.sub(_NEWLINE, "\n", raw)

        def count(match: re.Match[str]) -> str:
            kind = match.lastgroup or ""
            removed[kind] = removed.get(kind, 0) + 1
            return ""

        text = re.sub(_BLANK, " ", _hostile().sub(count, text))
    return Cleaned(unicodedata.normalize("NFC", text), removed)


def safe(text: str) -> str:
    """The text as it may be sent to a screen or a pipe; a tab takes one blank.

    Clean text without tabs comes back as it is, and spans into clean text stay right.
    """
    if _UNCLEAN.search(text) or not unicodedata.is_normalized("NFC", text):
        text = clean(text).text
    return text.replace("\t", " ")


_ALIKE = {
    "'": "‘’‚‛′‵`´＇",
    '"': "“”„‟″‶＂",
    "「": "『《〈｢",
    "」": "』》〉｣",
    "·": "•‧∙⋅・･ㆍᆞ",
    "-": "‐‑‒–—―−﹣－",
    "~": "～〜∼˜",
    ".": "。｡",
    ",": "、､",
    "i": "İ",
}


@cache
def _folding() -> tuple[re.Pattern[str], Callable[[re.Match[str]], str]]:
    """What has another form, and which: few characters do, and finding these is the fastest."""
    table = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {variant: form for form, variants in _ALIKE.items() for variant in variants}
    return re.compile(f"[{re.escape(''.join(table))}]"), lambda match: table[match[0]]


_MARKS = (("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"'))


@cache
def _other() -> re.Pattern[str]:
    """What has another form besides the usual quotation marks, hanja among it."""
    variant, _form = _folding()
    return re.compile(f"{variant.pattern[:-1]}\u4e00-\u9fff]")


def fold(text: str) -> str:
    """The text as it is matched: one case, one form of quotes, dots, dashes and letters.

    One character stays one character, so spans in the folded text are spans of the text given.
    """
    if not text.isascii() or "`" in text:
        for mark, plain in _MARKS:  # most texts have these, and few have more
            text = text.replace(mark, plain)
        if _other().search(text):
            variant, form = _folding()
            text = hanja.read(variant.sub(form, text))
    return text.lower()


def words(text: str) -> list[Span]:
    """The spans of the words (어절): what stands between blanks."""
    return [match.span() for match in re.finditer(r"\S+", text)]


_STOP = r"(?:[.?!。…]+)(?P<close>[\"'”’)\]」』》〉]*)(?=(?P<gap>\s+|$)|(?P<next>[가-힣]))"
_OPEN = "\"'“‘([「『《〈"
_KOREAN_END = r"[다음함됨임요까죠]$"
_INITIALISM = r"(?:^|[\s.(,‘“'\"-])(?:[A-Za-z]\.)*[A-Z]$"
_ABBREVIATION = (
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Adm|Capt|Sgt|Sec|Sen|Rep|Amb|Gov|Hon|St|Jr|Sr"
    r"|vs|cf|e\.g|i\.e|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)$"
)
_BEFORE_NUMBER = r"(?:^|[\s(])(?:Nos?|Arts?|[Pp]aras?|pp?|Vol|Fig|Ch|[Ss]ec)$"
_MARKER = r"[(\[]?(?:\d{1,3}|[가나다라마바사아자차카타파하]|[A-Za-z]|[ivx]{1,4})$"
_OPENER = (
    r"(?:The|This|These|That|They|It|He|She|We|Both|In|On|At|As|To|For|During|Also|And|But|With)\b"
)
_QUOTING = r"(?:이?라(?:고|는|며|면서)?|고|며|면서)\s"
_QUOTED = r"“[^“”\n]*”(?=[가-힣,])|\([^()\n]*\)"


def sentences(text: str) -> list[Span]:
    """The spans of the sentences (문장), in Korean and English; a newline ends one too.

    Closing quotes and brackets after the full stop belong to the sentence, a sentence inside a
    quotation that goes on (“…한다.”고 …) does not end the one around it. No span begins or ends
    with a blank; together they hold every character that is not one.
    """
    spans: list[Span] = []
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in (*_ends(text, *line.span()), line.end()):
            piece = text[start:end]
            if stripped := piece.strip():
                begin = start + piece.index(stripped[0])
                spans.append((begin, begin + len(stripped)))
            start = end
    return spans


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    held = [match.span() for match in re.compile(_QUOTED).finditer(text, start, end)]
    held.reverse()
    for stop in re.compile(_STOP).finditer(text, start, end):
        while held and held[-1][1] <= stop.start():
            held.pop()
        inside = (
            bool(held) and held[-1][0] < stop.start() < held[-1][1] and stop.end() < held[-1][1]
        )
        if not inside and _ends_sentence(text, start, stop):
            start = stop.end()
            yield start


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    # Words that decide are short: looking back 24 characters keeps a long text linear.
    before = text[max(start, stop.start() - 24) : stop.start()]
    korean = bool(re.search(_KOREAN_END, before))
    if stop["next"]:
        return korean and not stop["close"]
    mark, following = text[stop.start()], text[stop.end() : stop.end() + 24].lstrip()
    if stop["close"] and re.match(_QUOTING, following):
        return False
    if mark in "?!。":
        return True
    following = following.lstrip(_OPEN)
    sentence = text[start : min(start + 24, stop.start())].lstrip()
    if mark == "…" or stop[0].startswith(".."):
        return korean or following[:1].isupper()
    if "가" <= before[-1:] <= "힣":
        return not re.fullmatch(_MARKER, sentence)
    return not re.fullmatch(_MARKER, sentence) and _ends_in_latin(before, following)


def _ends_in_latin(before: str, following: str) -> bool:
    """Whether a full stop after a Latin letter, a digit or a mark ends a sentence."""
    if re.search(_ABBREVIATION, before):
        return False
    if re.search(_INITIALISM, before):
        return "." in before[-2:] and bool(re.match(_OPENER, following))
    if before[-1:].isdigit() or re.search(_BEFORE_NUMBER, before):
        return following[:1].isupper()
    return not following[:1].islower()


class _Rule(NamedTuple):
    about: str
    form: str = ""
    instead: str = ""


PARTICLE = (
    r"(?:이|가|은|는|을|를|(?:의|에|에서|에게|와|과|로|으로|까지|부터)(?:는|도|의)?|도)(?![가-힣])"
)
"""A regular expression for a particle (조사) with nothing after it."""

_TIDY = {
    # What gives damage away is the blank on the inner side of a bracket; these rules look for it,
    # so the last of them to use it takes it out.
    "particle-after-bracket": _Rule(
        N_("A particle joins the bracket it follows: “( SCM ) 가” is shown as “(SCM)가”."),
        rf"(?<=\s\)) +(?={PARTICLE})",
    ),
    "bracket-after-word": _Rule(
        N_("A bracket joins the Korean word it explains: “회의 ( SCM )” is shown as “회의(SCM)”."),
        r"(?<=[가-힣”’」』]) +(?=\( )",
    ),
    "blanks-in-brackets": _Rule(
        N_("Brackets have no blanks inside: “( FOC ) 검증” is shown as “(FOC) 검증”."),
        r"(?<=[(\[「『《〈]) +| (?<!  ) *+(?=[)\]」』》〉])",
    ),
    "repeated-blanks": _Rule(
        N_("Several blanks in a row are shown as one."), r"(?<=[^ ]) {2,}(?=[^ ])", " "
    ),
    "line-breaks": _Rule(N_("Lines that were broken to fit a page are joined again.")),
    "end-mark": _Rule(N_("The mark that ends a text, “//끝//”, is left out.")),
    "site-footer": _Rule(N_("What a web site adds below a text is left out.")),
}
RULES = frozenset(_TIDY)
"""The names of the rules by which a text is tidied for reading."""


def about(rule: str) -> str:
    """What a tidying rule does, in one English sentence that can be translated."""
    return _TIDY[rule].about


def tidy(text: str, rules: AbstractSet[str] = RULES) -> str:
    """A stretch of text as it is shown: only blanks are taken out or made one.

    `rules` are those that are on; those that concern whole lines are for the readers to follow.
    """
    for name, rule in _TIDY.items():
        if rule.form and name in rules:
            text = re.sub(rule.form, rule.instead, text)
    return text.strip(" ")


class _Cells(dict[str, int]):
    """Cells by character, filled as characters are met."""

    def __init__(self, ambiguous: int) -> None:
        super().__init__()
        self._ambiguous = ambiguous

    def __missing__(self, character: str) -> int:
        cells = self[character] = self._of(character)
        return cells

    def _of(self, character: str) -> int:
        if "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff":
            return 0
        if unicodedata.category(character) in {"Mn", "Me", "Cf", "Cc"}:
            return int(character == "\t")
        wide = unicodedata.east_asian_width(character)
        return 2 if wide in "WF" else self._ambiguous if wide == "A" else 1


_CELLS = {1: _Cells(1), 2: _Cells(2)}


def width(text: str, ambiguous: int = 1) -> int:
    """The cells that `text` takes on one line of a terminal.

    `ambiguous` is what the terminal gives to ‘ ’ “ ” · … — and the like: 1 or 2.
    """
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_CELLS[ambiguous].__getitem__, text))


def cut(text: str, cells: int, ambiguous: int = 1, ellipsis: str = "…") -> str:
    """The text when it fits into `cells`, else as much of it as fits before an ellipsis."""
    if width(text, ambiguous) <= cells:
        return text
    room = cells - width(ellipsis, ambiguous)
    if room < 0:
        return cut(text, cells, ambiguous, "") if ellipsis else ""
    reached = accumulate(map(_CELLS[ambiguous].__getitem__, text))
    return text[: next(index for index, cells in enumerate(reached) if cells > room)] + ellipsis


def pad(text: str, cells: int, ambiguous: int = 1) -> str:
    """The text cut or filled with blanks to exactly `cells`."""
    fitting = cut(text, cells, ambiguous)
    return fitting + " " * (cells - width(fitting, ambiguous))
