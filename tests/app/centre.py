"""A career centre for app tests: its list, its people, and the app as each of them opens it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from streamlit.testing.v1 import AppTest

from debrief.domain.admission import owner_of
from tests.app.conftest import ROOT, SLOW

ISSUER = "https://accounts.college.example"
CENTRE = """\
name: Harbour College Careers
domains: [college.example]
roles:
  advisor: [cato@college.example]
  administrator: [dora@college.example]
cohorts:
  Spring 2026: [amina@college.example]
retention_days: 400
command_line: [nobody-here]
"""


@dataclass(frozen=True)
class Person:
    """Somebody with an account at the centre's provider."""

    name: str

    @property
    def owner(self) -> str:
        """Under which their record is kept."""
        return owner_of(ISSUER, self.name)

    def claims(
        self, *, began: timedelta = timedelta(minutes=-1), lasts: timedelta = timedelta(hours=1)
    ) -> dict[str, Any]:
        """What the provider tells of a sign-in that began so long from now."""
        now = datetime.now(UTC)
        return {
            "is_logged_in": True,
            "iss": ISSUER,
            "sub": self.name,
            "iat": int((now + began).timestamp()),
            "exp": int((now + began + lasts).timestamp()),
            "name": self.name.title(),
            "email": f"{self.name}@college.example",
            "email_verified": True,
        }


AMINA, BELA, CATO, DORA = Person("amina"), Person("bela"), Person("cato"), Person("dora")


def visit(claims: dict[str, Any] | None, page: str | None = None, **query: str) -> AppTest:
    """The app as somebody with these claims opens it, at a page where one is named; None: nobody is signed in."""
    app = AppTest.from_file(str(ROOT / "ui" / "router.py"), default_timeout=SLOW)
    app.user = claims or {"is_logged_in": False}
    app.run()
    if page is not None:
        for key, value in query.items():
            app.query_params[key] = value
        app.switch_page(f"../pages/{page}.py")
        app.run()
    return app
