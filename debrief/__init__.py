"""Debrief without a screen: the facts of interviews, what follows from them, and their keeping."""

__version__ = "0.1.0"
