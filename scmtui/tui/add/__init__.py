"""Adding documents: choosing files, reading them in the background, and looking at what came in."""
