"""Which differences of writing do not make another phrase; each rule can be switched off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scmtui.language import N_
from scmtui.model import UsageError
from scmtui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

_ABOUT = {
    "blanks": N_("A blank may be there or not: “확장 억제” is “확장억제”."),
    "dots": N_("Middle dots and hyphens do not count: “한·미” is “한미”."),
    "quotes": N_("Quotes and brackets do not count: “「비전」 연구” is “비전 연구”."),
    "case": N_("Capitals and small letters are the same: “opcon” is “OPCON”."),
    "hanja": N_("Hanja are read in Hangul: “對北” is “대북”."),
    "particles": N_("A particle or an ending may follow: “확장억제를” has “확장억제”."),
    "compounds": N_(
        "A word that also stands alone in these texts may join it: “전작권전환” has “전작권”."
    ),
    "aliases": N_("Other names count: “전시작전통제권” is “전작권”."),
}
_LABELS = {
    "blanks": N_("blanks"),
    "dots": N_("middle dots and hyphens"),
    "quotes": N_("quotation marks and brackets"),
    "case": N_("capitals"),
    "hanja": N_("hanja"),
    "particles": N_("particles and endings"),
    "compounds": N_("a joined word that also stands alone in these texts"),
    "aliases": N_("other names"),
}
INSIDE = N_(
    "The inside of any other longer word is told apart: it is not counted, nor called absent."
)
"""What holds under all rules, in an English sentence that can be translated."""
RULES = frozenset(_ABOUT)
"""The names of the rules by which two ways of writing are one phrase."""
ORDER = tuple(_ABOUT)
"""The same names in the order in which they are listed."""

_INITIAL = re.compile(r"(?<![a-z])([a-z])\.", re.IGNORECASE)
_DOTS = re.compile(r"(?<!\d)[·-]|[·-](?!\d)")
_QUOTES = re.compile(r"['\"「」()\[\]]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")


def about(rule: str) -> str:
    """What a rule takes for the same, in one English sentence that can be translated."""
    return _ABOUT[rule]


def label(rule: str) -> str:
    """What a rule passes over, in a few English words that can be translated."""
    return _LABELS[rule]


def without(off: Iterable[str]) -> frozenset[str]:
    """The rules that are on when these are switched off. Raises UsageError for an unknown name."""
    off = frozenset(off)
    for name in sorted(off - RULES):
        raise UsageError(
            "There is no rule “{name}”.",
            todo="The rules are {names}.",
            name=name,
            names=", ".join(ORDER),
        )
    return RULES - off


def canonical(shown: str, rules: AbstractSet[str]) -> str:
    """What of a text counts under these rules: two texts with the same are one phrase."""
    text = fold(shown)
    if not rules >= {"hanja", "case"}:
        text = "".join(map(_kept, shown, text, [rules] * len(text)))
    text = _THOUSANDS.sub("", text)
    if "dots" in rules:
        text = _DOTS.sub("", _INITIAL.sub(r"\1", text))
    if "quotes" in rules:
        text = _QUOTES.sub("", text)
    return "".join(text.split()) if "blanks" in rules else " ".join(text.split())


def _kept(shown: str, folded: str, rules: AbstractSet[str]) -> str:
    """A character as it counts where hanja or capitals do."""
    if "hanja" not in rules and (shown >= "豈" or "㐀" <= shown <= "鿿") and "가" <= folded <= "힣":
        return shown if shown < "가" or shown > "힣" else folded
    if "case" not in rules and shown != folded and shown.lower() == folded:
        return shown
    return folded
