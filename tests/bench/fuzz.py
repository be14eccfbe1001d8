"""Damaged files by the thousand: each must end in documents or in a sentence, within its limits.

    python tests/bench/fuzz.py [--count 500] [--seed 1] [--folder SAMPLES]… [FORMAT…]

For each format, one process under the limits of a reader reads that many mutations of the samples
of the format, found by their content, and of a good file that is made for it; `--count 10000` is
for a night. It ends at the first one that
raises anything else, stands still, takes the process down or leaves text that is not clean, and
says how to make that file again: `--keep FILE` writes it. The exit status is then 1.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import re
import resource
import subprocess
import sys
import time
import zipfile
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scmtui import text
from scmtui.model import ReadError
from scmtui.readers import READERS, contents, detect, limits
from scmtui.readers.extracted import Task
from tests.bench.good import GOOD
from tests.bench.office import ole, packed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
LARGEST = 60_000
"""Bytes of a sample at most: more of them are read in the time that larger ones would take."""
TORN = (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, IndexError)
"""What a ZIP file that was damaged before raises."""
SLOW = ("bomb",)
"""Words in the names of samples that take long as they are."""

EXTREMES = (b"0", b"-1", b"65536", b"2147483648", b"99999999999999999999", b"1e308", b"NaN")
PIECES = (b"<a ", b"<!--", b"<p>", b"&#", b"[", b"(", b"<<", b"\x1b[2J", b"* ", b"1. ", b"\xff\xfe")


def flip(data: bytes, chance: random.Random) -> bytes:
    """Some bytes are others."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 50))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    """A stretch is gone."""
    start, size = chance.randrange(len(data)), chance.choice((1, 10, 100, len(data)))
    return data[:start] + data[start + size :]


def repeat(data: bytes, chance: random.Random) -> bytes:
    """A stretch is there several times."""
    start, size = chance.randrange(len(data)), chance.choice((1, 10, 100, 1000))
    piece = data[start : start + size]
    return data[:start] + piece * chance.choice((2, 10, 100)) + data[start:]


def move(data: bytes, chance: random.Random) -> bytes:
    """Two stretches have changed their places."""
    first, second = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    size = min(chance.choice((1, 10, 100)), second - first)
    left, right = data[first : first + size], data[second : second + size]
    return data[:first] + right + data[first + size : second] + left + data[second + size :]


def exaggerate(data: bytes, chance: random.Random) -> bytes:
    """A number is another one."""
    numbers = list(re.finditer(rb"\d+", data))
    if not numbers:
        return flip(data, chance)
    number = chance.choice(numbers)
    return data[: number.start()] + chance.choice(EXTREMES) + data[number.end() :]


def insert(data: bytes, chance: random.Random) -> bytes:
    """Something that means much to a parser stands there, once or very often."""
    at = chance.randrange(len(data))
    return data[:at] + chance.choice(PIECES) * chance.choice((1, 100, 5000)) + data[at:]


WAYS: Sequence[Callable[[bytes, random.Random], bytes]] = (
    flip, cut, repeat, move, exaggerate, insert,
)  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file changed in one to three ways; of a packed one mostly something inside."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        way = chance.choice(WAYS)
        again = next((it for mark, it in PACKED.items() if data.startswith(mark)), None)
        inside = again and chance.random() < 0.8
        data = again(data, way, chance) if again and inside else way(data or b" ", chance)
    return data


def repacked(
    data: bytes, way: Callable[[bytes, random.Random], bytes], chance: random.Random
) -> bytes:
    """A ZIP file with one of its entries changed."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
            names = old.namelist()
            chosen = chance.choice([it for it in names if it.endswith((".xml", ".hpf"))] or names)
            for name in names:
                entry = old.read(name)
                written = way(entry or b" ", chance) if name == chosen else entry
                new.writestr(zipfile.ZipInfo(name), written)  # without the time of day
    except (*TORN, zlib.error):
        return way(data or b" ", chance)
    return out.getvalue()


def rebuilt(
    data: bytes, way: Callable[[bytes, random.Random], bytes], chance: random.Random
) -> bytes:
    """A compound file with one of its streams changed: what is in it, if it is deflated."""
    from olefile import OleFileIO

    try:
        with OleFileIO(io.BytesIO(data)) as old:
            streams = {"/".join(it): old.openstream(it).read() for it in old.listdir()}
        name = chance.choice([it for it in streams if it != "FileHeader"])
        written = streams[name]
        try:
            written = zlib.decompress(written, -15)
        except zlib.error:
            streams[name] = way(written or b" ", chance)
        else:
            streams[name] = packed(way(written or b" ", chance))
        return ole(streams)
    except (*TORN, LookupError, TypeError, AttributeError, RecursionError):
        return way(data or b" ", chance)


PACKED = {b"PK": repacked, b"\xd0\xcf\x11\xe0": rebuilt}


def samples(form: str, folders: Sequence[Path]) -> list[tuple[str, bytes]]:
    """The good files of a format and its samples, those only that are small; name and bytes."""
    found = [(name, make()) for name, make in GOOD.items() if name.endswith(f".{form}")]
    for path in sorted(it for folder in folders for it in folder.rglob("*") if it.is_file()):
        data = path.read_bytes()
        if not 0 < len(data) <= LARGEST or any(word in path.name for word in SLOW):
            continue
        try:
            if detect(data, path.name) == form and path.suffix not in {".json", ".sql"}:
                found.append((path.name, data))
        except ReadError:
            continue
    return found


def mutation(
    form: str, files: Sequence[tuple[str, bytes]], seed: int, number: int
) -> tuple[bytes, str]:
    """The mutation of this number, the same on every run, and the name it is read under.

    Every other one is of a good file.
    """
    chance = random.Random(f"{form} {seed} {number}")
    good = [it for it in files if it[0] in GOOD] if number % 2 else []
    name, data = chance.choice(good or files)
    return mutated(data, chance), name


def inside(form: str, files: Sequence[tuple[str, bytes]], seed: int, count: int) -> None:
    """Read the mutations in this process, under limits; say the number of each before."""
    limits.impose()
    ends = {"documents": 0, "sentences": 0, "memory": 0}
    for number in range(count):
        print(number, flush=True)
        data, name = mutation(form, files, seed, number)
        limits.wind(0)
        task = Task(name, told=lambda _, total: limits.wind(total))
        try:
            found = contents.documents(data, task, text.RULES)
        except ReadError as error:
            told = str(error)
            ends["sentences" if text.safe(told) == told else told] += 1
        except MemoryError:
            ends["memory"] += 1
        else:
            assert all(text.clean(it.source).text == it.source for it in found)
            ends["documents"] += 1
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps(ends | {"megabytes": used // 1024}))


def outside(form: str, folders: Sequence[Path], seed: int, count: int) -> str:
    """Start the process of a format and hear how it ends: what went wrong, if anything."""
    if not samples(form, folders):
        print(f"{form:5} no sample")
        return ""
    command = [sys.executable, __file__, "--inside", "--seed", str(seed), "--count", str(count)]
    command += [f"--folder={folder}" for folder in folders] + [form]
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    *_, last = done.stdout.splitlines() or ["nothing"]
    if done.returncode == 0:
        print(f"{form:5} {count} in {time.perf_counter() - began:.0f} s: {last}", flush=True)
        return ""
    tail = "".join(done.stderr.splitlines(keepends=True)[-12:])
    return f"{form}: mutation {last} of seed {seed} ended with {done.returncode}\n{tail}"


def main() -> int:
    """Read the arguments; 0 if all went well."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, action="append")
    parser.add_argument("--keep", type=Path, help="write mutation COUNT of the format there")
    parser.add_argument("--inside", action="store_true")
    parser.add_argument("formats", nargs="*", default=list(READERS))
    given = parser.parse_args()
    folders = given.folder or [SAMPLES]
    if given.inside or given.keep:
        (form,) = given.formats
        files = samples(form, folders)
        if given.keep:
            given.keep.write_bytes(mutation(form, files, given.seed, given.count)[0])
        else:
            inside(form, files, given.seed, given.count)
        return 0
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        ends = pool.map(lambda it: outside(it, folders, given.seed, given.count), given.formats)
        wrong = [it for it in ends if it]
    print("\n".join(wrong), file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
