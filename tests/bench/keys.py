"""What a key costs: time to paint, bytes sent, at 20 and at 10,000 paragraphs; idling; a resize.

    python -m tests.bench.keys [--check] [--allow 1] [--what read compare]
    python -m tests.bench.keys [--check] --app COMMAND --ready WORDS

The table gives medians, for times the 95th percentile too, and the milliseconds of a processor.
`--check` fails on what does not depend on the machine: bytes, wake-ups, and how much more work a
key is in a long document.
"""

from __future__ import annotations

import argparse
import shlex
import statistics
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scmtui import corpus
from tests.bench.copies import long_pair
from tests.bench.reader import first_words, long_document, reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tests.bench.probe import Program, Reply
    from tests.bench.reader import Reader


class Step(NamedTuple):
    """Keys that bring a program to where a step begins, the key, and how often it is pressed.

    A key of two has a `lead`, of which the time is not taken.
    """

    before: bytes
    key: bytes
    times: int
    lead: bytes = b""


SIZES = {"one pane": (79, 40), "three panes": (120, 40)}
STEPS = {
    "line down": Step(b"gg", b"j", 30),
    "next part": Step(b"}", b"j", 15),
    "page down": Step(b"gg", b"\x06", 10),
    "next paragraph": Step(b"gg", b"}", 15),
}
"""The first part is longer than a page: there the key for the next part moves by a line."""
COMPARED = {
    "next row": Step(b"gg", b"j", 12),
    "page down": Step(b"gg", b"\x06", 6, lead=b"\x02"),
    "half a page on": Step(b"gg", b"\x04", 3),
    "previous row": Step(b"G", b"k", 12),
    "next change": Step(b"gg", b"c", 10, lead=b"]"),
}
"""In each of the ways to look at a comparison, between which `NEXT_VIEW` goes. Where the short text
has but three pages, a page goes down and up again."""
VIEWS = {
    "compared in columns": (120, 40),
    "compared, interleaved": (99, 40),
}
MODES = {
    "compared in columns": ("columns", "interleaved", "redline", "changes only"),
    "compared, interleaved": ("interleaved", "redline", "changes only"),
}
NEXT_VIEW = Step(b"gg", b"w", 12)
NARROWED = Step(b"gg\t", b"\r", 10)
"""A theme is chosen and let go in turn."""
LENGTHS = (20, 10_000)
LONGER = 1.15
"""How much dearer a key may be in the long document: a tenth, and what two runs differ by."""
PATIENCE = 120
"""Seconds that a long comparison may take until it is shown."""
BUDGETS = {
    ("one pane", "line down"): 400,
    ("three panes", "line down"): 1_200,
    ("one pane", "page down"): 7_000,
    ("three panes", "page down"): 7_000,
}
"""Bytes."""


class Row(NamedTuple):
    """What one kind of key cost, in milliseconds and bytes."""

    p50: float = 0
    p95: float = 0
    sent: int = 0
    zlib: int = 0
    work: float = 0
    """Milliseconds of a processor, which are the same on a busy machine; 0 where nobody tells."""

    @classmethod
    def of(cls, answers: Sequence[Answer]) -> Row:
        """The medians over the keys that changed something."""
        told = [answer for answer in answers if answer.reply.paint]
        if not told:
            return cls()
        paints = sorted((answer.reply.paint or 0) * 1000 for answer in told)
        return cls(
            statistics.median(paints),
            paints[min(len(paints) - 1, round(len(paints) * 0.95))],
            round(statistics.median(answer.reply.bytes for answer in told)),
            round(statistics.median(answer.reply.zlib for answer in told)),
            statistics.median(answer.work for answer in told) * 1000,
        )


class Answer(NamedTuple):
    """What came back for a key, and the seconds of a processor that it took."""

    reply: Reply
    work: float


def measure(
    programs: Mapping[int, Program], steps: Mapping[str, Step]
) -> Iterator[tuple[str, dict[int, Row]]]:
    """Press every kind of key in all programs in turn, so that a busy moment is busy for all.

    Keys that come first bring each to a place where the key scrolls.
    """
    for name, step in steps.items():
        for program in programs.values():
            for press in (*step.before, *(step.lead + step.key) * 2):
                program.press(bytes([press]))
        replies = [
            {length: _press(program, step) for length, program in programs.items()}
            for _ in range(step.times)
        ]
        yield name, {length: Row.of([reply[length] for reply in replies]) for length in programs}


def _press(program: Program, step: Step) -> Answer:
    if step.lead:
        program.press(step.lead)
    before = _worked(program)
    reply = program.press(step.key)
    return Answer(reply, _worked(program) - before)


def _worked(program: Program) -> float:
    """Seconds of a processor that a program has had; 0 where the system does not tell."""
    tasks = Path(f"/proc/{program.pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


def check(layout: str, name: str, rows: dict[int, Row], longer: float) -> list[str]:
    """The budgets that were missed, in words."""
    missed = [
        f"{name}, {layout}, {length:,} paragraphs: {row.sent} B"
        for length, row in rows.items()
        if row.sent > BUDGETS.get((layout, name), row.sent)
    ]
    short, long = (row.work or row.p50 for row in rows.values())
    if not short or not long or long > longer * short:
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


def reading(person: Reader, options: argparse.Namespace) -> Iterator[str]:
    """Measure the reading pane; the budgets that were missed."""
    documents = [long_document(length) for length in LENGTHS]
    ready = options.ready or first_words(documents[0])
    commands = {}
    for length, document in zip(LENGTHS, documents, strict=True):
        person.add(document)
        words = ("-m", "scmtui", f"{document.id}:1")
        commands[length] = tuple(shlex.split(options.app)) if options.app else words
    for layout, size in SIZES.items():
        with opened(dict.fromkeys(LENGTHS, person), commands, size, ready) as programs:
            yield from told(layout, measure(programs, STEPS), LONGER * options.allow)
            if layout == "three panes":
                yield from at_rest(programs[LENGTHS[0]])


def comparing(longer: float) -> Iterator[str]:
    """Measure the comparison of two documents; the budgets that were missed.

    Each length has a reader of its own: what one session writes, others with its library heed.
    """
    base = corpus.document("52")
    ready = base.paragraphs[1].parts[0].text.split()[1]
    with ExitStack() as stack:
        people, commands = {}, {}
        for length in LENGTHS:
            people[length] = stack.enter_context(reader())
            pair = long_pair(base, length)
            for document in pair:
                people[length].add(document)
            commands[length] = ("-m", "scmtui", *(document.id for document in pair))
        for view, size in VIEWS.items():
            with opened(people, commands, size, ready) as programs:
                for mode in MODES[view]:
                    yield from told(f"{view}: {mode}", measure(programs, COMPARED), longer)
                    for program in programs.values():
                        program.press(NEXT_VIEW.key)
                last = {"next view": NEXT_VIEW, "a theme": NARROWED}
                yield from told(view, measure(programs, last), longer)


@contextmanager
def opened(
    people: Mapping[int, Reader],
    commands: Mapping[int, Sequence[str]],
    size: tuple[int, int],
    ready: str,
) -> Iterator[dict[int, Program]]:
    """The program at each length of text, at rest; says when the words that tell of it came."""
    with ExitStack() as stack:
        programs = {
            length: stack.enter_context(people[length].run(*command, size=size))
            for length, command in commands.items()
        }
        for length, program in programs.items():
            seconds = program.wait_for(ready, PATIENCE)
            program.settle(1)
            program.rest()
            print(f"{length:,} paragraphs at {size[0]}×{size[1]}: shown after {seconds:.1f} s")
        yield programs


def told(
    layout: str, measured: Iterable[tuple[str, dict[int, Row]]], longer: float
) -> Iterator[str]:
    """Print what was measured; the budgets that were missed."""
    for name, rows in measured:
        for length, row in rows.items():
            title = f"{name}, {layout}, {length:,} paragraphs"
            print(
                f"{title:60}{row.p50:8.1f}{row.p95:8.1f}{row.work:8.1f}{row.sent:8}{row.zlib:8}",
                flush=True,
            )
        yield from check(layout, name, rows, longer)


def main() -> int:
    """Measure and print; with `--check`, 1 when a budget is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument(
        "--allow", type=float, default=1.0, help="times over a budget of time that still pass"
    )
    parser.add_argument("--app", help="another program's arguments for Python, without a document")
    parser.add_argument("--ready", help="words that show that it is there")
    parser.add_argument(
        "--what", nargs="+", choices=("read", "compare"), default=("read", "compare")
    )
    options = parser.parse_args()
    missed: list[str] = []
    print(f"{'':60}{'p50 ms':>8}{'p95 ms':>8}{'work':>8}{'bytes':>8}{'zlib':>8}")
    if "read" in options.what:
        with reader() as person:
            missed += reading(person, options)
    if "compare" in options.what and not options.app:
        missed += comparing(LONGER * options.allow)
    for line in missed:
        print(f"over budget: {line}")
    return int(bool(missed) and options.check)


if __name__ == "__main__":
    sys.exit(main())
