"""Lessons, stories and rehearsal before the next interview."""
