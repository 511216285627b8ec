"""From the history to frames, from frames to figures, from figures to charts. No screen, no clock, no network."""
