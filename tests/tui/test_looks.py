"""What the reader sees, as text: a difference shows the picture before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from syrupy.assertion import SnapshotAssertion

    from tests.tui.conftest import Reader

    Opener = Callable[..., AbstractAsyncContextManager[Reader]]

LOOKS = {
    "three panes": ("52:11", (120, 40), "ko", ["escape"]),
    "three panes in English": ("57", (120, 30), "en", ["escape"]),
    "two panes and a theme": ("52:11", (80, 24), "ko", ["escape", "]", "t"]),
    "one pane": ("57:3", (60, 20), "ko", ["escape"]),
    "the smallest": ("52:17", (40, 12), "ko", ["escape"]),
    "the keys": ("52", (80, 24), "ko", ["escape", "question_mark"]),
    "what is known": ("57", (100, 30), "ko", ["escape", "i"]),
    "a search": ("52", (100, 30), "ko", ["escape", "s", "확", "장", "억", "ㅈ"]),
    "a first key": ("52", (80, 24), "ko", ["escape", "]"]),
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
async def test_the_screens_look_as_they_did(
    reading: Opener,
    speak: Callable[[str], None],
    snapshot: SnapshotAssertion,
    look: tuple[str, tuple[int, int], str, list[str]],
) -> None:
    address, size, language, keys = look
    speak(language)
    async with reading(address, size=size) as reader:
        await reader.press(*keys)
        assert reader.screen == snapshot
