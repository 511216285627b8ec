"""Facts and rules: frozen dataclasses and pure functions, standard library only, `now` always passed in."""
