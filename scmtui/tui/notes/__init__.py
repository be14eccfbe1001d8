"""Notes, tags and marks: written, shown beneath a text, and looked through."""
