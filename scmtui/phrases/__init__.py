"""Which wording appeared, vanished or came back, at which meeting, and where it stands.

`texts(documents)` makes documents ready; `history(phrase, texts)` follows a phrase through them.
`concordance` sets hits beneath one another, `themed` counts themes through the meetings, `fresh`
finds what is new or gone in a document, and `glossary` what abbreviations stand for.
"""

from scmtui.phrases.concordance import Line, Strip, concordance, dispersion, fitted, leading
from scmtui.phrases.copies import Copy, copies, without_copies
from scmtui.phrases.course import Change, State, Summary
from scmtui.phrases.fresh import Changes, Fresh, fresh
from scmtui.phrases.glossary import Entry, Spelling, glossary, look_up
from scmtui.phrases.history import history
from scmtui.phrases.report import answer, basis, report
from scmtui.phrases.rows import Beside, History, Near, Occurrence, Place, Related, Row
from scmtui.phrases.rules import ORDER, RULES, about, label, without
from scmtui.phrases.series import Cell, Order, Series, Themed, terms, themed
from scmtui.phrases.texts import Texts, texts

__all__ = [
    "ORDER",
    "RULES",
    "Beside",
    "Cell",
    "Change",
    "Changes",
    "Copy",
    "Entry",
    "Fresh",
    "History",
    "Line",
    "Near",
    "Occurrence",
    "Order",
    "Place",
    "Related",
    "Row",
    "Series",
    "Spelling",
    "State",
    "Strip",
    "Summary",
    "Texts",
    "Themed",
    "about",
    "answer",
    "basis",
    "concordance",
    "copies",
    "dispersion",
    "fitted",
    "fresh",
    "glossary",
    "history",
    "label",
    "leading",
    "look_up",
    "report",
    "terms",
    "texts",
    "themed",
    "without",
    "without_copies",
]
