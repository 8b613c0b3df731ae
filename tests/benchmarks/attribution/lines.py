"""A line of what has to be reached, and the lines that several families share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from tests.benchmarks.attribution import measures
from tests.benchmarks.attribution.intervals import Figure, proportion
from tests.benchmarks.attribution.rows import LIKELY, OURS, STATED, WorldRow

Rows = Sequence[WorldRow]


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes
    ----------
    family : str
    text : str
        What is asked.
    target : str
    figure : Figure
    met : bool or None
        None where nothing could be measured.
    beside : str
        What must stand beside the figure, or helps to read it.
    """

    family: str
    text: str
    target: str
    figure: Figure
    met: bool | None
    beside: str = ""


def at_least(family: str, text: str, target: float, figure: Figure, beside: str = "") -> Line:
    """A line whose figure has to reach ``target``."""
    met = figure.value >= target if figure.known else None
    return Line(family, text, f">= {target:g}", figure, met, beside)


def at_most(family: str, text: str, target: float, figure: Figure, beside: str = "") -> Line:
    """A line whose figure may not pass ``target``."""
    met = figure.value <= target if figure.known else None
    return Line(family, text, f"<= {target:g}", figure, met, beside)


def count_of(rows: Rows, measure: Callable[[WorldRow], measures.Count]) -> Figure:
    """A proportion over all worlds."""
    return proportion([measure(row) for row in rows])


def false_line(family: str, rows: Rows, target: float, *, roots: bool = False) -> Line:
    """False statements, with the true ones beside."""
    figure = count_of(rows, partial(measures.false_statements, method=OURS, roots=roots))
    true = count_of(rows, partial(measures.true_statements, method=OURS, roots=roots))
    where = "in lists that are no resale" if roots else "over all lists"
    beside = f"{true.count} true ones, of {true.of} true pairs" if true.of else ""
    return at_most(family, f"false of the statements at .95, {where}", target, figure, beside)


def evident_line(family: str, rows: Rows, target: float, *, stated: bool = False) -> Line:
    """Evident pairs named at 0.5 or stated at 0.95, by what makes them evident beside."""
    figure = count_of(rows, partial(measures.evident_pairs, method=OURS, stated=stated))
    reasons = [
        (by, count_of(rows, partial(measures.evident_pairs, method=OURS, stated=stated, by=by)))
        for by in ("list", "canaries", "both")
    ]
    beside = ", ".join(f"by {by} {one.count}/{one.of}" for by, one in reasons if one.of)
    text = "evident pairs at .95" if stated else "evident pairs at .5"
    return at_least(family, text, target, figure, beside)


def lineage_lines(family: str, rows: Rows, precision: float, recall: float) -> list[Line]:
    """Precision and recall of the parents at 0.5, at 0.95 beside."""
    found = []
    for text, measure, target in (
        ("lineage precision at .5", measures.parents_right, precision),
        ("lineage recall at .5", measures.parents_found, recall),
    ):
        figure = count_of(rows, partial(measure, method=OURS, least=LIKELY))
        sure = count_of(rows, partial(measure, method=OURS, least=STATED))
        beside = f"at .95: {sure.value:.3f} of {sure.of}" if sure.of else ""
        found.append(at_least(family, text, target, figure, beside))
    return found
