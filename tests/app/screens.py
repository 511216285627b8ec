"""What app tests do on a page: press, choose and type, by what stands on the screen."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest


def press(app: AppTest, label: str) -> None:
    """Presses the first button with this label."""
    next(button for button in app.button if button.label == label).click().run()


def typed_into(app: AppTest, label: str | re.Pattern[str], text: str) -> None:
    """Types into the first text field with this label and leaves it."""
    fields = [*app.text_input, *app.text_area]
    next(field for field in fields if re.search(label, field.label)).set_value(text).run()


def chosen(app: AppTest, label: str, value: object) -> None:
    """Picks one of several pills or segments."""
    next(group for group in app.get("button_group") if group.label == label).set_value(value).run()


def told(app: AppTest) -> str:
    """Every text on the page, one below the other."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "text", "success", "info", "warning", "error")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))
