"""Two documents → aligned rows; two texts → a redline.

`compare(base, other, taxonomy, pins)` finds which paragraphs belong together, `beside` sets two
passages against one another, and `redline(left, right)` marks what changed in a text.
"""

from scmtui.compare.comparison import Comparison, Redline
from scmtui.compare.elsewhere import Moved
from scmtui.compare.pairing import beside, compare
from scmtui.compare.redline import redline
from scmtui.compare.rows import Counts, Pin, Reason, Row, Tell
from scmtui.compare.writing import Run, is_telling

__all__ = [
    "Comparison",
    "Counts",
    "Moved",
    "Pin",
    "Reason",
    "Redline",
    "Row",
    "Run",
    "Tell",
    "beside",
    "compare",
    "is_telling",
    "redline",
]
