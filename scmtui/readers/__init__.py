"""A file becomes one or more documents."""
