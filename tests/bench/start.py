"""What starting costs, against a bare app of the framework and an empty Python in the same run.

    python -m tests.bench.start [--check] [--allow 1] [--runs 11] [--app COMMAND --ready WORDS]

Ready means that the text at the place where the reader was is on the screen: from the frame that
the session before left, or, `afresh`, drawn by the screens once they are loaded. `--check` fails
when a ratio, the bytes of a start or the memory are over budget.
"""

from __future__ import annotations

import argparse
import shlex
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scmtui import corpus
from tests.bench.reader import PYTHON, first_words, reader

if TYPE_CHECKING:
    from tests.bench.probe import Program
    from tests.bench.reader import Reader

READY_RATIO = 1.15
AFRESH_RATIO = 1.3
VERSION_RATIO = 3.0
BYTES = 16 * 1024
PEAK = 60.0
"""MiB."""
QUIT = b"q"
NAMES = ("python -c pass", "--version", "bare app", "scmtui", "scmtui afresh")


@dataclass
class Start:
    """The starts of one program: seconds until ready, then bytes and MiB once it is quiet."""

    times: list[float] = field(default_factory=list)
    bytes: int = 0
    peak: float = 0.0

    @property
    def milliseconds(self) -> float:
        """The median."""
        return statistics.median(self.times) * 1000


def screen(start: Start, program: Program, ready: str) -> None:
    """Wait until a program on a terminal is ready and quiet, then let it end by itself."""
    start.times.append(program.wait_for(ready))
    program.settle(0.5)
    start.bytes = max(start.bytes, len(program.output))
    start.peak = max(start.peak, program.peak())
    program.send(QUIT)
    program.settle(1)


def line(start: Start, person: Reader, *words: str) -> None:
    """Run a program that prints and ends."""
    began = time.perf_counter()
    subprocess.run([*PYTHON, *words], check=True, capture_output=True, env=person.environment)
    start.times.append(time.perf_counter() - began)


def measure(person: Reader, command: tuple[str, ...], ready: str, runs: int) -> dict[str, Start]:
    """All programs in turn, so that a busy moment is busy for all; the first turn is a warm-up."""
    starts = {name: Start() for name in NAMES}
    for turn in range(runs + 1):
        line(starts["python -c pass"], person, "-c", "pass")
        line(starts["--version"], person, "-m", "scmtui", "--version")
        with person.run(str(person.bare)) as program:
            screen(starts["bare app"], program, "READY")
        with person.run(*command) as program:
            screen(starts["scmtui"], program, ready)
        person.forget_frame()
        with person.run(*command) as program:
            screen(starts["scmtui afresh"], program, ready)
        if not turn:
            starts = {name: Start() for name in starts}
    return starts


def main() -> int:
    """Measure and print; with `--check`, 1 when a budget is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument(
        "--allow", type=float, default=1.0, help="times over a budget of time that still pass"
    )
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--app", help="another program's arguments for Python")
    parser.add_argument("--ready", help="words that show that it is there")
    options = parser.parse_args()
    command = tuple(shlex.split(options.app)) if options.app else ("-m", "scmtui")
    with reader() as person:
        ready = options.ready or first_words(corpus.document("52"))
        if not options.app:
            with person.run(*command, "52") as program:  # leaves the place to come back to
                screen(Start(), program, ready)
        starts = measure(person, command, ready, options.runs)
    for name, start in starts.items():
        print(f"{name:16}{start.milliseconds:8.1f} ms{start.bytes:8} B{start.peak:7.1f} MiB")
    ratios = {
        "ready ÷ bare app": (starts["scmtui"], starts["bare app"], READY_RATIO),
        "afresh ÷ bare app": (starts["scmtui afresh"], starts["bare app"], AFRESH_RATIO),
        "--version ÷ python": (starts["--version"], starts["python -c pass"], VERSION_RATIO),
    }
    missed = starts["scmtui"].bytes > BYTES or starts["scmtui"].peak > PEAK
    for name, (ours, theirs, budget) in ratios.items():
        ratio = ours.milliseconds / theirs.milliseconds
        fastest = min(ours.times) / min(theirs.times)
        # other work on the machine can only add
        missed |= min(ratio, fastest) > budget * options.allow
        print(f"{name:20}{ratio:6.2f}, the fastest {fastest:.2f} (at most {budget:.2f})")
    return int(missed and options.check)


if __name__ == "__main__":
    sys.exit(main())
