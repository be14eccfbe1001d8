"""A query → ranked hits with spans, for people who type Korean.

`index(documents).search(query)` finds parts of paragraphs; `pick(query, names)` chooses among short
names with the same matcher. `query.SYNTAX` says what a query may hold.
"""

from scmtui.search.index import Hit, Index, Results, index

__all__ = ["Hit", "Index", "Results", "index"]
