"""The colours: dark, light and high contrast. What they say is always said without them too."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

DARK = Theme(
    "scm-dark",
    primary="#8ab4de",
    secondary="#9bbf96",
    accent="#e5b567",
    warning="#e5a45c",
    error="#e8817f",
    success="#9bbf96",
    foreground="#d9dce2",
    background="#14171d",
    surface="#1a1e26",
    panel="#262c37",
    text_alpha=1.0,
    variables={"quiet": "#8b94a3", "edge": "#39414f"},
)
LIGHT = Theme(
    "scm-light",
    primary="#1c5a94",
    secondary="#2f6b3a",
    accent="#8f4f00",
    warning="#8f4f00",
    error="#a92a22",
    success="#2f6b3a",
    foreground="#20242b",
    background="#fbfaf6",
    surface="#f3f1eb",
    panel="#e5e2d9",
    dark=False,
    text_alpha=1.0,
    variables={"quiet": "#5f6671", "edge": "#c9c5ba"},
)
HIGH_CONTRAST = Theme(
    "scm-high-contrast",
    primary="#ffffff",
    secondary="#ffffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff9090",
    success="#90ff90",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#303030",
    text_alpha=1.0,
    variables={"quiet": "#e0e0e0", "edge": "#ffffff"},
)
THEMES = {"dark": DARK, "light": LIGHT, "high-contrast": HIGH_CONTRAST}


def choose(wish: str, environ: Mapping[str, str] = os.environ) -> str:
    """The name of the theme for the reader's wish; "auto" goes by the terminal's background.

    COLORFGBG ends in the number of the background colour: 7 and 15 are light.
    """
    if wish not in THEMES:
        wish = "light" if environ.get("COLORFGBG", "").split(";")[-1] in {"7", "15"} else "dark"
    return THEMES[wish].name
