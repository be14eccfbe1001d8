"""The colours that the reader asked for are the colours of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.color import Color

from scmtui.settings import Settings
from scmtui.tui.colours import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("wish", THEMES)
async def test_the_screen_has_the_colours_of_the_setting(
    reading: Callable[..., Any], wish: str
) -> None:
    theme = THEMES[wish]
    async with reading("52", settings=Settings(colours=wish)) as reader:
        pane = reader.app.screen.query_one("#text")
        assert reader.app.screen.background_colors[1] == Color.parse(theme.background or "")
        assert pane.rich_style.color is not None
        assert Color.from_rich_color(pane.rich_style.color) == Color.parse(theme.foreground or "")
