"""A terminal reader for the joint communiqués of the ROK-US Security Consultative Meeting."""

__version__ = "0.1.0"
