"""The terminal under the screens: what it shows, and the least that shows the next frame."""
