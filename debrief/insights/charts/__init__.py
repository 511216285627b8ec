"""The charts, one module each: from the frame of `history` to a `Finding`. Pure functions, no screen."""
