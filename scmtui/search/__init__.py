"""A query → ranked hits with spans, for people who type Korean.

`index(documents).search(query)` finds parts of paragraphs; `pick(query, names)` chooses among short
names with the same matcher. `query.SYNTAX` says what a query may hold.
"""

from scmtui.search.filters import Labels, ThemeLabels
from scmtui.search.index import Hit, Index, Results, index
from scmtui.search.pick import Choice, pick
from scmtui.search.query import SYNTAX

__all__ = [
    "SYNTAX",
    "Choice",
    "Hit",
    "Index",
    "Labels",
    "Results",
    "ThemeLabels",
    "index",
    "pick",
]
