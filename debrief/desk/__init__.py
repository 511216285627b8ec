"""The writing desk: what composes letters and what reads them critically."""
