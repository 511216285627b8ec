"""A document as one self-contained HTML page, for reading, printing or mailing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from html import escape

from debrief.exchange import words
from debrief.exchange.document import Block, Bullets, Document, Fields, Paragraph, Picture, Section, Subheading, Table

_STYLE = """
:root { color-scheme: light dark; --ink: #1c1917; --soft: #57534e; --line: #d6d3d1; --accent: #0f766e; --page: #fff }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f5f5f4; --soft: #a8a29e; --line: #44403c; --accent: #5eead4; --page: #1c1917 }
}
body {
  font: 1rem/1.55 system-ui, sans-serif; color: var(--ink); background: var(--page);
  max-width: 46rem; margin: 2.5rem auto; padding: 0 1.25rem; overflow-wrap: anywhere;
}
h1 { font-size: 1.8rem; margin: 0 }
h1 + p { color: var(--soft); font-size: 1.15rem; margin: .2rem 0 2rem }
h2 {
  font-size: 1.2rem; color: var(--accent); border-bottom: 1px solid var(--line);
  padding-bottom: .2rem; margin-top: 2rem;
}
h3 { font-size: 1rem; margin: 1.2rem 0 .2rem }
p, ul, dl { margin: .3rem 0 .8rem }
td, dd, li, p { white-space: pre-wrap }
dl { display: grid; grid-template-columns: minmax(8rem, 12rem) 1fr; gap: .25rem 1rem }
dt { color: var(--soft) }
dd { margin: 0 }
table { border-collapse: collapse; width: 100% }
th { text-align: start; color: var(--soft); font-weight: 600 }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .8rem .4rem 0; vertical-align: top }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr } dd { margin-bottom: .5rem } }
@media print { body { margin: 0; max-width: none } h2, h3 { break-after: avoid } tr, dl { break-inside: avoid } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""The page loads nothing and runs nothing, whatever stands in it."""


def as_html(document: Document) -> str:
    """The document as an HTML page that loads nothing from anywhere; its pictures are in it."""
    parts = [f"<h1 dir=auto>{escape(document.title)}</h1>", f"<p class=soft dir=auto>{escape(document.subtitle)}</p>"]
    parts += (line for section in document.sections for line in _section(section, level=2))
    for chapter in document.chapters:
        parts.append(f"<h2 dir=auto>{escape(chapter.title)}</h2>")
        parts.append(f"<p class=soft dir=auto>{escape(chapter.subtitle)}</p>")
        parts += (line for section in chapter.sections for line in _section(section, level=3))
    if document.made_at:
        parts.append(f"<footer>Made on {words.short_day(document.made_at.date())}</footer>")
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _section(section: Section, level: int) -> Iterator[str]:
    yield f"<h{level} dir=auto>{escape(section.title)}</h{level}>"
    for block in section.blocks:
        yield from _block(block, level + 1)


def _block(block: Block, level: int) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield f"<p dir=auto>{escape(text)}</p>"
        case Subheading(text):
            yield f"<h{level} dir=auto>{escape(text)}</h{level}>"
        case Bullets(items):
            yield "<ul>"
            yield from (f"<li dir=auto>{escape(item)}</li>" for item in items)
            yield "</ul>"
        case Fields(rows):
            yield "<dl>"
            yield from (f"<dt dir=auto>{escape(label)}</dt><dd dir=auto>{escape(value)}</dd>" for label, value in rows)
            yield "</dl>"
        case Table(header, rows):
            yield "<table><thead><tr>"
            yield from (f'<th scope="col">{escape(cell)}</th>' for cell in header)
            yield "</tr></thead><tbody>"
            yield from (f"<tr>{''.join(f'<td dir=auto>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
            yield "</tbody></table>"
        case Picture(png, alt):
            yield f'<img src="data:image/png;base64,{b64encode(png).decode()}" alt="{escape(alt)}">'
