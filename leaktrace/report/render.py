"""The page itself: one file that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from leaktrace.attribution.offers import OfferMatches
from leaktrace.attribution.result import Trace
from leaktrace.errors import UsageError
from leaktrace.graph import shown_text, write_atomically
from leaktrace.messages import _
from leaktrace.report.build import report_view
from leaktrace.report.context import CaseView
from leaktrace.report.view import ReportView

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"
_SUFFIXES = (".html", ".htm")


def write_report(
    case: CaseView,
    trace: Trace,
    path: Path,
    *,
    offers: Sequence[OfferMatches] = (),
    reveal_canaries: bool = False,
) -> None:
    """Write the report to ``path``, whole or not at all.

    Parameters
    ----------
    case : CaseView
        The case's records; canaries' identities are asked for only with ``reveal_canaries``.
    trace : Trace
        What :func:`leaktrace.attribution.trace_case` returned for the case.
    path : Path
        A file that ends in ``.html``. The same case, trace and language give the same bytes.
    offers : sequence of OfferMatches
        What :func:`leaktrace.attribution.offers.offers_of_case` returned for the case.
    reveal_canaries : bool
        Show the identities of the canaries that stand in a list, which burns them.

    Raises
    ------
    UsageError
        If ``path`` does not end in ``.html``: nothing else is ever overwritten.
    LeaktraceError
        If the file cannot be written.
    """
    check_page(path)
    page = render_page(report_view(case, trace, offers=offers, reveal_canaries=reveal_canaries))
    write_atomically(path, page.encode("utf-8"))


def check_page(path: Path) -> None:
    """Refuse a ``path`` that does not end in ``.html``.

    Raises
    ------
    UsageError
    """
    if path.suffix.lower() not in _SUFFIXES:
        raise UsageError(
            _("{file}: the report is a web page; end the file name with .html").format(
                file=shown_text(path.name)
            )
        )


def render_page(view: ReportView) -> str:
    """The HTML of ``view``."""
    return environment().get_template("report.html.j2").render(view=view, words=view.words)


def environment() -> Environment:
    """Where the templates are; what they show is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
