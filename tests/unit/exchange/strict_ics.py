"""A second reader of calendar files: RFC 5545 to the letter, for the parts that are written here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LINE = re.compile(r"(?P<name>[A-Z-]+)(?P<params>(?:;[A-Z-]+=[A-Za-z0-9/_-]+)*):(?P<value>.*)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)")
_TEXTS = {"SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME", "UID"}


@dataclass
class Component:
    """One BEGIN … END with its properties, each allowed once."""

    name: str
    properties: dict[str, str] = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)
    children: list[Component] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.properties[name]


def read_strictly(content: bytes) -> Component:
    """The calendar in a file. Raises AssertionError where the standard is broken."""
    assert content.endswith(b"\r\n")
    raw = content[:-2].split(b"\r\n")
    assert all(b"\r" not in line and b"\n" not in line for line in raw), "bare line breaks"
    assert all(len(line) <= 75 for line in raw), "lines are folded at 75 octets"
    lines = content[:-2].replace(b"\r\n ", b"").decode("utf-8").split("\r\n")
    root = Component("")
    open_ones = [root]
    for line in lines:
        assert not re.search("[\x00-\x08\x0a-\x1f\x7f]", line), "control characters"
        found = _LINE.fullmatch(line)
        assert found, line
        name, value = found["name"], found["value"]
        if name == "BEGIN":
            open_ones[-1].children.append(Component(value))
            open_ones.append(open_ones[-1].children[-1])
        elif name == "END":
            assert open_ones.pop().name == value
        else:
            assert name not in open_ones[-1].properties, f"{name} twice"
            open_ones[-1].properties[name] = _text(value) if name in _TEXTS else value
            open_ones[-1].params[name] = found["params"]
    assert open_ones == [root]
    (calendar,) = root.children
    _check(calendar)
    return calendar


def _text(value: str) -> str:
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), f"unescaped: {value}"
    assert all(mark in "\\;,nN" for mark in _ESCAPE.findall(value)), value
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def _check(calendar: Component) -> None:
    """What must be there."""
    assert calendar.name == "VCALENDAR"
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    uids = [event["UID"] for event in calendar.children]
    assert len(set(uids)) == len(uids)
    for event in calendar.children:
        assert event.name == "VEVENT"
        assert all(event.properties.get(name) for name in ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE"))
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
        assert 0 <= int(event["SEQUENCE"]) < 2**31
        whole_day = event.params["DTSTART"] == ";VALUE=DATE"
        shape = r"\d{8}" if whole_day else r"\d{8}T\d{6}Z"
        assert re.fullmatch(shape, event["DTSTART"]), event["DTSTART"]
        if "DTEND" in event.properties:
            assert event.params["DTEND"] == event.params["DTSTART"]
            assert re.fullmatch(shape, event["DTEND"])
            assert event["DTSTART"] < event["DTEND"]
        for alarm in event.children:
            assert alarm.name == "VALARM"
            assert set(alarm.properties) >= {"ACTION", "TRIGGER", "DESCRIPTION"}
