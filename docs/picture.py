"""Draw the pictures of the READMEs: `.venv/bin/python docs/picture.py` writes docs/*.svg.

The program itself draws them, in an empty home, without a terminal.
"""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from html import escape, unescape
from pathlib import Path

from scmtui.text import width

SIZE = (120, 32)
PICTURES = {
    "reading": (("52",), ("1", "1", "G", "tab", *"jjjjjjjj", "enter", "escape")),
    "compare": (("52", "57-article"), ("1", "1", "G")),
}
"""What is opened, and what is pressed before the picture is drawn."""
CELL = 12.2
"""Units of the picture that a cell is wide."""
TEXT = re.compile(
    r'(?P<before><text class="[^"]*-r\d+" )x="(?P<x>[\d.]+)"(?P<after>[^>]*?) textLength="[\d.]+"'
    r"(?P<clip>[^>]*)>(?P<text>[^<]*)<"
)
RUNS = re.compile(r"[!-~\xa1-\xff]+|.")
"""What a fixed-width font spaces rightly by itself, or a single character."""
FACES = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


async def draw(language: str, addresses: tuple[str, ...], keys: tuple[str, ...]) -> str:
    """One picture of a screen as SVG."""
    from scmtui import corpus
    from scmtui import language as interface
    from scmtui.library import Library
    from scmtui.model import Address
    from scmtui.settings import Settings, paths
    from scmtui.shelf import Shelf
    from scmtui.tui.app import ScmApp

    interface.use(language, corpus.assets() / "locale")
    library = Library(paths().data / language)
    wanted = tuple(map(Address.parse, addresses))
    app = ScmApp(wanted, Settings(colours="dark"), Shelf(), library)
    async with app.run_test(size=SIZE) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        tips = app.screen.query("#tips")
        for key in (*(["escape"] if tips else []), *keys):
            await pilot.press(key)
            await pilot.pause()
        picture = app.export_screenshot(title="scmtui")
        app.exit()
    library.close()
    return own_fonts(picture)


def own_fonts(picture: str) -> str:
    """The picture with the reader's own fixed-width font, each character in its cell."""
    picture = re.sub(r"font-family: [^;]+;", "font-family: monospace;", FACES.sub("", picture))
    return TEXT.sub(_in_cells, picture)


def _in_cells(found: re.Match[str]) -> str:
    left, cells, pieces = float(found["x"]), 0, []
    for piece in RUNS.findall(unescape(found["text"])):
        if not piece.isspace():
            pieces.append(f'<tspan x="{left + cells * CELL:g}">{escape(piece)}</tspan>')
        cells += width(piece)
    return f"{found['before']}{found['after']}{found['clip']}>{''.join(pieces)}<"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"HOME": home, "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home}
        os.environ.pop("NO_COLOR", None)
        for language in ("en", "ko"):
            for name, (addresses, keys) in PICTURES.items():
                picture = Path(__file__).parent / f"{name}.{language}.svg"
                picture.write_text(asyncio.run(draw(language, addresses, keys)), encoding="utf-8")
