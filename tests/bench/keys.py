"""What a key costs: time to paint, bytes sent, at 20 and at 10,000 paragraphs; idling; a resize.

    python -m tests.bench.keys [--check] [--allow 1] [--app COMMAND --ready WORDS]

The table gives medians, for times the 95th percentile too. `--check` fails on what does not depend
on the machine: bytes, wake-ups, and how much dearer a key is in a long document.
"""

from __future__ import annotations

import argparse
import shlex
import statistics
import sys
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from tests.bench.reader import first_words, long_document, reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


def measure(programs: dict[int, Program]) -> Iterator[tuple[str, dict[int, Row]]]:
    """Press every kind of key in all programs in turn, so that a busy moment is busy for all.

    Keys that come first bring each to a place where the key scrolls.
    """
    for name, (before, key, count) in STEPS.items():
        for program in programs.values():
            for press in (*before, *key, *key):
                program.press(bytes([press]))
        replies = [
            {length: program.press(key) for length, program in programs.items()}
            for _ in range(count)
        ]
        yield name, {length: Row.of([reply[length] for reply in replies]) for length in programs}


def check(layout: str, name: str, rows: dict[int, Row], longer: float) -> list[str]:
    """The budgets that were missed, in words."""
    missed = [
        f"{name}, {layout}, {length:,} paragraphs: {row.bytes} B"
        for length, row in rows.items()
        if row.bytes > BUDGETS.get((layout, name), row.bytes)
    ]
    short, long = (row.p50 for row in rows.values())
    if long > longer * short:
        missed.append(f"{name}, {layout}: {long:.1f} ms, {short:.1f} in a short text")
    return missed


def at_rest(program: Program) -> list[str]:
    """Idling and a resize; the budgets that were missed."""
    program.rest()
    time.sleep(2)  # the place is kept
    count, wakes = program.idle(5)
    resized = [program.reshape(size) for size in ((100, 30), (120, 40)) * 3]
    slowest = max(reply.quiet for reply in resized) * 1000
    print(f"idle: {count} B, {wakes:.1f} wake-ups a second; a resize: {slowest:.0f} ms until quiet")
    return [f"idle: {count} B, {wakes:.1f} wake-ups a second"] if count or wakes > 12 else []


def main() -> int:
    """Measure and print; with `--check`, 1 when a budget is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument(
        "--allow", type=float, default=1.0, help="times over a budget of time that still pass"
    )
    parser.add_argument("--app", help="another program's arguments for Python, without a document")
    parser.add_argument("--ready", help="words that show that it is there")
    options = parser.parse_args()
    missed = []
    print(f"{'':50}{'p50 ms':>8}{'p95 ms':>8}{'bytes':>8}{'zlib':>8}")
    with reader() as person:
        documents = [long_document(length) for length in LENGTHS]
        ready = options.ready or first_words(documents[0])
        commands = {}
        for length, document in zip(LENGTHS, documents, strict=True):
            person.add(document)
            words = ("-m", "scmtui", f"{document.id}:1")
            commands[length] = tuple(shlex.split(options.app)) if options.app else words
        for layout, size in SIZES.items():
            with ExitStack() as stack:
                programs = {
                    length: stack.enter_context(person.run(*command, size=size))
                    for length, command in commands.items()
                }
                for program in programs.values():
                    program.wait_for(ready)
                    program.rest()
                for name, rows in measure(programs):
                    for length, row in rows.items():
                        title = f"{name}, {layout}, {length:,} paragraphs"
                        print(f"{title:50}{row.p50:8.1f}{row.p95:8.1f}{row.bytes:8}{row.zlib:8}")
                    missed += check(layout, name, rows, LONGER * options.allow)
                if layout == "three panes":
                    missed += at_rest(programs[LENGTHS[0]])
    for line in missed:
        print(f"over budget: {line}")
    return int(bool(missed) and options.check)


if __name__ == "__main__":
    sys.exit(main())
