"""A workshop's room: participants, the screen in front, one alone."""
