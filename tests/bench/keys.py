"""What a key costs: time to paint, bytes sent, at 20 and at 10,000 paragraphs; idling; a resize.

    python -m tests.bench.keys [--check] [--app COMMAND --ready WORDS]

The table gives medians, for times the 95th percentile too. `--check` fails on what does not depend
on the machine: bytes, wake-ups, and how much dearer a key is in a long document.
"""

from __future__ import annotations

import argparse
import shlex
import statistics
import sys
from typing import TYPE_CHECKING, NamedTuple

from tests.bench.reader import first_words, long_document, reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.probe import Program, Reply

SIZES = {"one pane": (79, 40), "three panes": (120, 40)}
STEPS = {
    "line down": (b"gg", b"j", 30),
    "next part": (b"}", b"j", 15),
    "page down": (b"gg", b"\x06", 10),
    "next paragraph": (b"gg", b"}", 15),
}
"""Where each begins, the key, and how often it is pressed. The first part is longer than a page:
there the key for the next part moves by a line."""
LENGTHS = (20, 10_000)
LONGER = 1.15
"""How much dearer a key may be in the long document: a tenth, and what two runs differ by."""
BUDGETS = {
    ("one pane", "line down"): 400,
    ("three panes", "line down"): 1_200,
    ("one pane", "page down"): 7_000,
    ("three panes", "page down"): 7_000,
}
"""Bytes."""


class Row(NamedTuple):
    """What one kind of key cost, in milliseconds and bytes."""

    p50: float
    p95: float
    bytes: int
    zlib: int

    @classmethod
    def of(cls, replies: Sequence[Reply]) -> Row:
        """The medians over the keys that changed something."""
        paints = sorted(reply.paint * 1000 for reply in replies if reply.paint)
        if not paints:
            return cls(0, 0, 0, 0)
        return cls(
            statistics.median(paints),
            paints[min(len(paints) - 1, round(len(paints) * 0.95))],
            round(statistics.median(reply.bytes for reply in replies if reply.paint)),
            round(statistics.median(reply.zlib for reply in replies if reply.paint)),
        )


def measure(program: Program, ready: str) -> dict[str, Row]:
    """Press every kind of key; those that come first bring it to a place where it scrolls."""
    program.wait_for(ready)
    program.settle(1)
    rows = {}
    for name, (before, key, count) in STEPS.items():
        for press in (*before, *key, *key):
            program.press(bytes([press]))
        rows[name] = Row.of([program.press(key) for _ in range(count)])
    return rows


def report(title: str, rows: dict[str, Row]) -> None:
    for name, row in rows.items():
        print(f"{title:34}{name:16}{row.p50:8.1f}{row.p95:8.1f}{row.bytes:8}{row.zlib:8}")


def check(results: dict[tuple[str, int], dict[str, Row]]) -> list[str]:
    """The budgets that were missed, in words."""
    missed = []
    for (layout, length), rows in results.items():
        for name, row in rows.items():
            if row.bytes > BUDGETS.get((layout, name), row.bytes):
                missed.append(f"{name}, {layout}, {length:,} paragraphs: {row.bytes} B")
            short = results[layout, LENGTHS[0]][name]
            if length != LENGTHS[0] and row.p50 > LONGER * short.p50:
                missed.append(
                    f"{name}, {layout}: {row.p50:.1f} ms, {short.p50:.1f} in a short text"
                )
    return missed


def at_rest(program: Program) -> list[str]:
    """Idling and a resize; the budgets that were missed."""
    program.settle(3)
    count, wakes = program.idle(5)
    resized = [program.reshape(size) for size in ((100, 30), (120, 40)) * 3]
    slowest = max(reply.quiet for reply in resized) * 1000
    print(f"idle: {count} B, {wakes:.1f} wake-ups a second; a resize: {slowest:.0f} ms until quiet")
    return [f"idle: {count} B, {wakes:.1f} wake-ups a second"] if count or wakes > 12 else []


def main() -> int:
    """Measure and print; with `--check`, 1 when a budget is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--app", help="another program's arguments for Python, without a document")
    parser.add_argument("--ready", help="words that show that it is there")
    options = parser.parse_args()
    results = {}
    print(f"{'':50}{'p50 ms':>8}{'p95 ms':>8}{'bytes':>8}{'zlib':>8}")
    with reader() as person:
        for length in LENGTHS:
            document = long_document(length)
            person.add(document)
            words = ("-m", "scmtui", f"{document.id}:1")
            command = tuple(shlex.split(options.app)) if options.app else words
            ready = options.ready or first_words(document)
            for layout, size in SIZES.items():
                with person.run(*command, size=size) as program:
                    rows = results[layout, length] = measure(program, ready)
                    report(f"{layout}, {length:,} paragraphs", rows)
        with person.run(*(command if options.app else ("-m", "scmtui", "52:1"))) as program:
            program.wait_for(ready)
            missed = check(results) + at_rest(program)
    for line in missed:
        print(f"over budget: {line}")
    return int(bool(missed) and options.check)


if __name__ == "__main__":
    sys.exit(main())
