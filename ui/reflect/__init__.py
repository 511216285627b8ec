"""The reflection and what follows from it."""
