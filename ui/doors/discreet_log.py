"""The log tells what failed and where, and never what an error says: that may quote what somebody typed."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from typing import Any


def keep_the_log_discreet() -> None:
    """From now on every line of this process's log, the framework's included, keeps errors' words to itself.

    An error is told by its kind and by the lines of code that it came through,
    with the errors that led to it. Its message is left out: a KeyError quotes
    the key, a refusal names the employer.
    """
    logging.setLogRecordFactory(_discreet_record)


def told_without_words(error: BaseException) -> str:
    """The frames and kinds of an error and of what led to it, the first cause first."""
    return "\n".join(
        f"Traceback (most recent call last):\n{''.join(traceback.format_tb(one.__traceback__))}{_kind(one)}"
        for one in reversed(list(_causes(error)))
    )


def _discreet_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = logging.LogRecord(*args, **kwargs)
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        record.exc_info, record.exc_text = None, told_without_words(error)
    if isinstance(record.args, tuple):
        record.args = tuple(_kind(one) if _is_foreign(one) else one for one in record.args)
    return record


def _is_foreign(value: object) -> bool:
    """Whether it is an error that is not ours. Ours are filled into lines where their sentence is meant for the log."""
    return isinstance(value, BaseException) and not type(value).__module__.startswith("debrief.")


def _kind(error: object) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, then what led to it, each once."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
