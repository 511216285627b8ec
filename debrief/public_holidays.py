"""Public holidays of whole countries, by the `holidays` library: public category, observed days."""

from __future__ import annotations

from datetime import date
from functools import cache

from debrief.domain.workdays import WorkingDays
from debrief.errors import Refused


@cache
def working_days(country: str | None) -> WorkingDays:
    """The working days of a country by its ISO 3166 code; None: Monday to Friday, no holidays.

    Raises Refused for a code that the library does not know.
    """
    if country is None:
        return WorkingDays()
    if country not in countries():
        raise Refused(
            f"There is no country “{country}” in the list of public holidays. "
            "Give its ISO code in capitals, such as US or MY, or leave the country out.",
            field="country",
        )

    def is_holiday(day: date) -> bool:
        return day in _holidays_of(country, day.year)

    return WorkingDays(is_holiday)


@cache
def countries() -> frozenset[str]:
    """The codes of all countries whose public holidays are known."""
    from holidays.registry import EntityLoader  # noqa: PLC0415  loads slowly, and only a country asks for it

    return frozenset(EntityLoader.get_country_codes())  # `list_supported_countries` would load each of them


@cache
def _holidays_of(country: str, year: int) -> frozenset[date]:
    """The public holidays of one country in one year."""
    import holidays  # noqa: PLC0415

    return frozenset(holidays.country_holidays(country, years=year, observed=True, categories=holidays.PUBLIC))
