"""The screens: everything that Textual draws."""

import sys

# Importing asyncio brings in ssl, 10 ms and 4 MiB for a network that is never used.
if "ssl" not in sys.modules:
    sys.modules["ssl"] = None  # type: ignore[assignment]
    import asyncio  # noqa: F401

    del sys.modules["ssl"]
