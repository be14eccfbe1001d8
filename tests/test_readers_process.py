"""A file is read in a process of its own; however that ends, a sentence says it."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scmtui import readers, stored, text
from scmtui.model import PasswordError, ReadError
from scmtui.readers import child, limits, process
from scmtui.readers.extracted import Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from scmtui.model import Document

ROOT = Path(__file__).parents[1]
SEED = ROOT / "tests/samples/scm52-communique.ko.txt"
PATH = [str(ROOT), *filter(os.path.isabs, sys.path)]


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """`program("…")`: what the process runs in the place of the reader."""

    def run(source: str) -> None:
        kept = source.replace("{", "{{").replace("}", "}}")
        monkeypatch.setattr(process, "_PROGRAM", f"import sys; sys.path[:] = {{path!r}}\n{kept}")

    return run


def outcome(stop: threading.Event | None = None, data: bytes = b"1. one.") -> str:
    with pytest.raises(ReadError) as refusal:
        process.documents(data, Task("a.txt"), text.RULES, stop)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("os._exit(71)", "“a.txt” needs more than the 768 MB of memory that a file is given."),
        ("os._exit(0)", "Reading “a.txt” broke off: the file is damaged or made to."),
        ("raise KeyError", "Reading “a.txt” broke off: the file is damaged or made to."),
        ("os.kill(os.getpid(), 11)", "Reading “a.txt” broke off: the file is damaged or made to."),
        ("os.kill(os.getpid(), 6)", "Reading “a.txt” broke off: the file is damaged or made to."),
        ("os.kill(os.getpid(), 9)", "Reading “a.txt” was ended by the system or by somebody else."),
        (
            f"os.kill(os.getpid(), {int(signal.SIGALRM)})",
            "Reading “a.txt” was ended: nothing came of it for 15 seconds.",
        ),
        (
            f"os.kill(os.getpid(), {int(signal.SIGXCPU)})",
            "Reading “a.txt” was ended: it took longer than a file of its size may.",
        ),
    ],
)
def test_every_end_is_a_sentence(program: Callable[[str], None], end: str, told: str) -> None:
    program(f"import os, resource; resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); {end}")
    shown = outcome()
    assert shown.startswith(f"{told} Nothing was changed. ")
    assert len(shown) > len(told) + 40  # and what to do


@pytest.mark.parametrize(
    "answer",
    [
        "{",
        "[]",
        "7",
        "null",
        '"documents"',
        "\x1b[31m",
        "[" * 100_000,
        '{"documents": []}',
        '{"documents": [7]}',
        '{"documents": ["{}"]}',
        '{"documents": 7}',
        '{"error": {}}',
        '{"error": {"kind": "ReadError", "sentences": [], "values": {}}}',
        '{"error": {"kind": "ReadError", "sentences": ["{file}"], "values": {}}}',
        '{"error": {"kind": "ReadError", "sentences": ["\\u001b[2J"], "values": {}}}',
        '{"done": 1}',
        '{"done": "one", "total": 2}',
        '{"done": 1, "total": null}',
    ],
)
def test_an_answer_that_makes_no_sense_is_a_sentence(
    program: Callable[[str], None], answer: str
) -> None:
    program(f"import sys; print({answer!r})")
    assert outcome().startswith("What came of reading “a.txt” is not a document. Nothing was")


def test_an_answer_is_taken_that_comes_in_pieces(
    program: Callable[[str], None], make_document: Callable[[int], Document]
) -> None:
    document = make_document(3)
    answer = json.dumps({"documents": [stored.dumps(document)]}).encode() + b"\n"
    program(
        "import os, time\n"
        "for piece in ({!r}, {!r}):\n    os.write(1, piece)\n    time.sleep(0.1)".format(
            b'{"done": 1, "total": 2}\n' + answer[:99], answer[99:]
        )
    )
    heard: list[tuple[int, int]] = []
    task = Task("a.txt", told=lambda done, total: heard.append((done, total)))
    assert process.documents(b"x", task, text.RULES) == (document,)
    assert heard == [(1, 2)]


def test_a_document_that_is_not_clean_is_not_taken(
    program: Callable[[str], None], make_document: Callable[[int], Document]
) -> None:
    unclean = stored.dumps(make_document(1)).replace('"1개 항의', '"\\u001b]52;c;eA==\\u0007항의')
    program(f"print({json.dumps({'documents': [unclean]})!r})")
    assert outcome().startswith("What came of reading “a.txt” is not a document.")


def test_an_endless_answer_is_ended(
    program: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_LONGEST", 1_000_000)
    program("while True: print('x' * 99_999, end='')")
    assert outcome().startswith("What came of reading “a.txt” is not a document.")


def test_errors_come_through_with_their_kind_and_their_translation(
    program: Callable[[str], None], speak: Callable[[str], None]
) -> None:
    from scmtui.language import say

    sentences = ["“{file}” opens with a password only.", "Nothing was changed."]
    error = {"kind": "PasswordError", "sentences": sentences, "values": {"file": "a.txt"}}
    program(f"print({json.dumps({'error': error})!r})")
    with pytest.raises(PasswordError) as refusal:
        process.documents(b"x", Task("a.txt"), text.RULES)
    speak("ko")
    assert say(refusal.value).startswith("“a.txt” 파일은 암호가 있어야 열립니다.")


@pytest.mark.parametrize("program_", ["import time; time.sleep(60)", "while True: pass"])
def test_what_stands_still_is_ended(
    program: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, program_: str
) -> None:
    monkeypatch.setattr(limits, "STILL", 0.3)
    program(program_)
    began = time.monotonic()
    assert outcome(data=b"x" * 3_000_000).startswith("Reading “a.txt” was ended: nothing came")
    assert time.monotonic() - began < 10


def test_what_goes_on_for_too_long_is_ended(
    program: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.2)
    monkeypatch.setattr(limits, "SECONDS_A_PAGE", 0.1)
    program(
        "import time\nwhile True:\n"
        '    print(\'{"done": 1, "total": 2}\', flush=True)\n    time.sleep(0.01)'
    )
    assert outcome().startswith("Reading “a.txt” was ended: it took longer than a file of its size")


def test_a_reading_is_cancelled_at_once(program: Callable[[str], None]) -> None:
    program("import time; time.sleep(60)")
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    began = time.monotonic()
    assert outcome(stop) == "Reading “a.txt” was cancelled. Nothing was changed."
    assert time.monotonic() - began < 5


def test_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "none"))
    told = outcome()
    assert told.startswith("No process could be started to read “a.txt”: ")
    assert told.endswith("Nothing was changed. Close other programs and try again.")


def test_several_files_are_read_side_by_side() -> None:
    with ThreadPoolExecutor(4) as pool:
        read = list(pool.map(readers.read, [SEED] * 4))
    assert {it.documents[0].facts.id for it in read} == {"52"}
    assert all(it.data == SEED.read_bytes() for it in read)


def test_the_language_of_the_interface_is_that_of_the_remarks(
    tmp_path: Path, speak: Callable[[str], None]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("3. 셋이다.\n4. 넷이다.\u200b", "utf-8")
    speak("ko")
    (document,) = readers.read(path).documents
    assert is_korean(document.dropped[0].text)
    assert is_korean(document.doubts[-1].text)


def is_korean(shown: str) -> bool:
    return any("가" <= it <= "힣" for it in shown)


class TestInside:
    """What the process does, called in this one."""

    def answers(self, data: bytes, **given: Any) -> list[dict[str, Any]]:  # noqa: ANN401
        said: list[dict[str, Any]] = []
        request = child.Request("a.txt", len(data), **given)
        child.answer(request, data, lambda it: said.append(json.loads(json.dumps(it))))
        return said

    def test_documents_are_said_as_they_are_stored(self) -> None:
        (said,) = self.answers("제52차 SCM\n1. 하나다.".encode())
        (document,) = map(stored.loads, said["documents"])
        assert [item.number for item in document.paragraphs] == [1]

    def test_errors_are_said_with_their_values(self) -> None:
        (said,) = self.answers(b"\x89PNG")
        assert said["error"]["kind"] == "ReadError"
        assert said["error"]["values"] == {"file": "a.txt", "format": "PNG"}

    def test_a_password_is_not_shown(self) -> None:
        assert "secret" not in repr(child.Request("a.pdf", 1, "secret"))

    def test_a_request_comes_in_pieces(self) -> None:
        pieces = [b'{"file": "a", ', b'"size": 5}\nhe', b"ll", b"o"]
        request, data = child._asked(lambda _: pieces.pop(0) if pieces else b"")
        assert (request.file, data) == ("a", b"hello")
        with pytest.raises(SystemExit):
            child._asked(lambda _: b"")

    def test_a_long_answer_is_written_in_pieces(self) -> None:
        written = bytearray()

        def write(data: bytes) -> int:
            written.extend(data[:7])
            return min(7, len(data))

        child._write(write, {"done": 1, "total": 2})
        assert json.loads(written) == {"done": 1, "total": 2}


def run_limited(source: str, **given: Any) -> subprocess.CompletedProcess[bytes]:  # noqa: ANN401
    program = f"import sys; sys.path[:] = {PATH!r}\nfrom scmtui.readers import limits\n{source}"
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, timeout=60, check=False, **given
    )


class TestLimits:
    """What a process may use that reads a file."""

    def test_memory_runs_out(self) -> None:
        done = run_limited("limits.impose()\nbytearray(2 * limits.MEMORY)")
        assert b"MemoryError" in done.stderr

    @pytest.mark.parametrize(
        "deed",
        [
            "import socket; socket.socket()",
            "import subprocess; subprocess.Popen(['true'])",
            "import os; os.system('true')",
            "import os; os.fork()",
            "import os; os.remove('/none')",
            "import os; os.kill(1, 0)",
            "open('/dev/null', 'w')",
            "import os; os.open('/dev/null', os.O_RDWR)",
        ],
    )
    def test_doors_are_closed(self, deed: str) -> None:
        done = run_limited(f"limits.close_doors()\nimport os\nos.read\n{deed}")
        assert b"PermissionError" in done.stderr
        assert b"nothing that reading a file needs" in done.stderr

    def test_reading_what_is_there_is_allowed(self) -> None:
        done = run_limited(f"limits.close_doors()\nprint(len(open({str(SEED)!r}).read()))")
        assert done.returncode == 0, done.stderr

    def test_the_clock_of_the_system_ends_it(self) -> None:
        done = run_limited("limits.STILL = 1\nlimits.impose(); limits.wind(0)\nwhile True: pass")
        assert done.returncode == -signal.SIGALRM

    def test_it_ends_with_the_program_that_started_it(self) -> None:
        program = f"import sys; sys.path[:] = {PATH!r}\nfrom scmtui.readers import limits\n"
        watched = subprocess.Popen(
            [sys.executable, "-c", f"{program}limits.watch(0)\nwhile True: pass"],
            stdin=subprocess.PIPE,
        )
        with watched:
            time.sleep(0.5)
            assert watched.poll() is None
            assert watched.stdin
            watched.stdin.close()
            assert watched.wait(10) == 0

    def test_memory_is_watched_where_no_limit_holds(self) -> None:
        program = f"import sys; sys.path[:] = {PATH!r}\nfrom scmtui.readers import limits\n"
        watched = subprocess.Popen(
            [
                sys.executable,
                "-c",
                f"{program}limits.MEMORY = 9\nlimits.watch(0)\nwhile True: pass",
            ],
            stdin=subprocess.PIPE,
        )
        with watched:
            assert watched.wait(10) == limits.OUT_OF_MEMORY

    def test_a_system_without_a_limit_does_without(self, monkeypatch: pytest.MonkeyPatch) -> None:
        limits._limit("RLIMIT_NONE", 1)
        refused: list[int] = []

        def refuse(kind: int, _: tuple[int, int]) -> None:
            refused.append(kind)
            raise ValueError

        monkeypatch.setattr(resource, "setrlimit", refuse)
        limits._limit("RLIMIT_CORE", 0)
        assert refused


def test_no_process_is_left_when_the_program_is_killed(tmp_path: Path) -> None:
    program = (
        f"import os, sys; sys.path[:] = {PATH!r}\n"
        "from scmtui.readers import process\n"
        "child = process._started('a')\nprint(child.pid, flush=True)\nos.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    left = int(done.stdout)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(left, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("the process lives on")


class TestLimitsHere:
    """The same functions called in this process, with nothing of it changed."""

    def test_every_limit_is_asked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: dict[int, tuple[int, int]] = {}
        signals: list[int] = []
        monkeypatch.setattr(resource, "setrlimit", asked.__setitem__)
        monkeypatch.setattr(signal, "signal", lambda number, _: signals.append(number))
        limits.impose()
        assert asked[resource.RLIMIT_AS][0] <= limits.MEMORY
        assert asked[resource.RLIMIT_CORE][0] == asked[resource.RLIMIT_FSIZE][0] == 0
        assert signal.SIGALRM in signals

    def test_time_grows_with_the_pages_and_no_farther(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert limits.seconds(0) < limits.seconds(300) < limits.seconds(2000)
        assert limits.seconds(2000) == limits.seconds(10**9)
        alarms: list[int] = []
        asked: dict[int, tuple[int, int]] = {}
        monkeypatch.setattr(signal, "alarm", alarms.append)
        monkeypatch.setattr(resource, "setrlimit", asked.__setitem__)
        limits.wind(300)
        assert alarms == [limits.STILL]
        assert asked[resource.RLIMIT_CPU][0] <= limits.seconds(300)

    @pytest.mark.parametrize(
        ("event", "arguments", "refused"),
        [
            ("open", ("/a", "r", os.O_RDONLY), False),
            ("open", ("/a", "w", os.O_WRONLY | os.O_CREAT), True),
            ("open", (3, "w", os.O_WRONLY), False),
            ("open", ("/a", None, None), False),
            ("socket.connect", (), True),
            ("os.listdir", ("/",), False),
            ("os.system", ("true",), True),
            ("os.rename", ("a", "b"), True),
            ("import", ("json",), False),
        ],
    )
    def test_which_doors_are_closed(
        self, event: str, arguments: tuple[object, ...], refused: bool
    ) -> None:
        if refused:
            with pytest.raises(PermissionError):
                limits._refuse(event, arguments)
        else:
            limits._refuse(event, arguments)

    @pytest.mark.parametrize(("memory", "status"), [(10**15, 0), (1, limits.OUT_OF_MEMORY)])
    def test_the_watch_ends_the_process(
        self, monkeypatch: pytest.MonkeyPatch, memory: int, status: int
    ) -> None:
        ended: list[int] = []

        def end(status: int) -> None:
            ended.append(status)
            raise SystemExit

        monkeypatch.setattr(os, "_exit", end)
        monkeypatch.setattr(limits, "MEMORY", memory)
        reading, writing = os.pipe()
        if status == 0:
            os.close(writing)
        with pytest.raises(SystemExit):
            limits._watch(reading)
        for end_of_pipe in (reading, *([writing] if status else [])):
            os.close(end_of_pipe)
        assert ended == [status]
