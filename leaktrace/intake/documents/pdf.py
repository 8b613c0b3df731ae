"""PDF: its lines of text, cut into cells where wide gaps stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from leaktrace.errors import InputRefused
from leaktrace.intake.bombs import too_big, truncated
from leaktrace.intake.documents.document import Document, DocumentTable
from leaktrace.intake.documents.making import noted
from leaktrace.intake.documents.splitting import plain_table
from leaktrace.intake.documents.textbody import text_table
from leaktrace.intake.material import Material
from leaktrace.intake.refusals import opening, refused
from leaktrace.messages import _

_MOST_BYTES = 1 << 29
# Of a page; one with more is no list but a drawing.
_MOST_RUNS = 100_000
_LOOKED_AT = 300
# Runs that are apart by more than this share of their height stand in different cells.
_GAP = 0.8
_NAMES = {
    "Creator": "application",
    "Author": "author",
    "CreationDate": "created",
    "ModDate": "modified",
    "Title": "title",
}


@dataclass(frozen=True, slots=True)
class _Run:
    """A piece of text, and where it stands on its page."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


def read(material: Material) -> Document:
    """The lines of ``material``; its bytes are held in memory, its rows are not.

    Raises
    ------
    InputRefused
        ``"not-installed"``, ``"truncated"``, ``"encrypted"`` or ``"too-big"``; ``"document"``,
        where the pages are pictures alone.
    """
    with opening(material) as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise too_big(material)
    pdf = _opened(material, data)
    facts = {"made": _made(pdf), "pages": len(pdf)}
    return Document("pdf", [_table(material, _rows(material, pdf))], facts)


def _opened(material: Material, data: bytes) -> Any:
    try:
        import pypdfium2
    except ImportError:
        message = _(
            '{file} is a PDF; install what reads it: pip install "leaktrace[pdf]", or copy its '
            "table into a spreadsheet program and save it as XLSX."
        )
        raise refused(material, "not-installed", message) from None
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD:
            message = _("{file} has a password; open it, take the password off and save it.")
            raise refused(material, "encrypted", message) from None
        raise truncated(material) from None


def _made(pdf: Any) -> dict[str, str]:
    made: dict[str, str] = {}
    for name, text in pdf.get_metadata_dict(skip_empty=True).items():
        if name in _NAMES:
            noted(made, _NAMES[name], text)
    return made


def _table(material: Material, rows: Iterator[list[str]]) -> DocumentTable:
    """A table of cells, or where hardly a line has several, what the text says."""
    first = list(islice(rows, _LOOKED_AT))
    rows = chain(first, rows)
    if sum(len(row) > 1 for row in first) * 10 > len(first):
        return plain_table(None, rows)
    return text_table(material, None, (" ".join(row) for row in rows))


def _rows(material: Material, pdf: Any) -> Iterator[list[str]]:
    found = False
    try:
        for number in range(len(pdf)):
            for cells in _page_rows(pdf, number):
                found = True
                yield cells
    except InputRefused:
        raise
    except Exception:
        # Whatever the library says may quote the file.
        raise truncated(material) from None
    finally:
        pdf.close()
    if not found:
        message = _(
            "{file} has no text: its pages are pictures; get the list itself, or read it with a "
            "program that recognises characters."
        )
        raise refused(material, "document", message)


def _page_rows(pdf: Any, number: int) -> Iterator[list[str]]:
    page = pdf[number]
    text = page.get_textpage()
    try:
        runs = []
        for i in range(min(text.count_rects(), _MOST_RUNS)):
            left, bottom, right, top = text.get_rect(i)
            words = text.get_text_bounded(left, bottom, right, top).strip()
            if words:
                runs.append(_Run(left, bottom, right, top, words))
    finally:
        text.close()
        page.close()
    for line in _lines(runs):
        yield _cells(line)


def _lines(runs: list[_Run]) -> list[list[_Run]]:
    """The runs of each line, from above to below; runs of one line overlap in height."""
    lines: list[list[_Run]] = []
    for run in sorted(runs, key=lambda run: (-run.top, run.left)):
        middle = (run.top + run.bottom) / 2
        if lines and lines[-1][0].bottom < middle < lines[-1][0].top:
            lines[-1].append(run)
        else:
            lines.append([run])
    return lines


def _cells(line: list[_Run]) -> list[str]:
    cells: list[str] = []
    end = 0.0
    for run in sorted(line, key=lambda run: run.left):
        gap = run.left - end
        if cells and gap <= _GAP * (run.top - run.bottom):
            joint = " " if gap > 0.25 * (run.top - run.bottom) else ""
            cells[-1] += joint + run.text
        else:
            cells.append(run.text)
        end = max(end, run.right)
    return [" ".join(cell.split()) for cell in cells]
