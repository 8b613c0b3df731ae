"""A letter as text to copy from, and as a page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leaktrace.errors import UsageError
from leaktrace.graph import shown_text, write_atomically
from leaktrace.messages import _
from leaktrace.report.letters.letter import PRESS, Block, Letter, Section, Table
from leaktrace.report.render import environment

_HTML = (".html", ".htm")


def check_letter(path: Path) -> None:
    """Refuse a ``path`` that ends in neither ``.html`` nor ``.txt``.

    Raises
    ------
    UsageError
    """
    if path.suffix.lower() not in (*_HTML, ".txt"):
        raise UsageError(
            _("{file}: a letter is written as .html or .txt; end the file name with one").format(
                file=shown_text(path.name)
            )
        )


def write_letter(path: Path, letter: Letter) -> None:
    """Write ``letter`` as a page (``.html``) or as text (``.txt``), whole or not at all.

    All but one for the press is for its owner alone. The same letter gives the same bytes.

    Raises
    ------
    UsageError
        If ``path`` ends in neither.
    LeaktraceError
        If it cannot be written.
    """
    check_letter(path)
    made = letter_text(letter) if path.suffix.lower() == ".txt" else letter_page(letter)
    write_atomically(path, made.encode("utf-8"), private=letter.audience != PRESS)


def letter_page(letter: Letter) -> str:
    """The HTML of ``letter``; what it shows is escaped."""
    return environment().get_template("letter.html.j2").render(letter=letter)


def letter_text(letter: Letter) -> str:
    """``letter`` in plain text: a line a field, tables as lines of labelled values."""
    parts = [letter.title, *letter.notices]
    for section in letter.sections:
        parts.append("\n".join(_section(section)))
    return "\n\n".join([*parts, letter.footer]) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"== {section.heading} =="
    yield from section.lines
    yield from (f"- {point}" for point in section.points)
    yield from (_field(label, value) for label, value in section.facts)
    if section.table is not None:
        yield from _rows(section.table)
    for block in section.blocks:
        yield ""
        yield from _block(block)


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        filled = [(name, cell) for name, cell in zip(table.headers, row, strict=True) if cell]
        yield "- " + _("; ").join(_field(name, cell) for name, cell in filled)


def _block(block: Block) -> Iterator[str]:
    yield f"--- {block.heading} ---"
    yield from (_field(label, value) for label, value in block.fields)


def _field(label: str, value: str) -> str:
    # Nothing that a caller said can look like a line of the letter's own.
    value = value.replace("\n", "\n    ")
    return _("{label}: {value}").format(label=label, value=value)
