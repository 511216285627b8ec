"""Logging an interview."""
