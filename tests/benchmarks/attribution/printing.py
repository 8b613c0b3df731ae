"""Both tables, for people and as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

from tests.benchmarks.attribution.baselines import BASELINES
from tests.benchmarks.attribution.done import WORLDS, lines
from tests.benchmarks.attribution.intervals import Figure
from tests.benchmarks.attribution.lines import Line
from tests.benchmarks.attribution.rows import LIKELY, OURS, WorldRow
from tests.benchmarks.attribution.table import FALSE, by_kind, figures

Rows = Sequence[WorldRow]
METHODS = (OURS, *BASELINES)


def as_text(groups: Mapping[str, Rows], everything: Rows, version: str) -> list[str]:
    """Both tables, the kinds of batch between them."""
    found = [f"rows of version {version}; {_worlds(groups)}"]
    found.append("Intervals of 95%: Clopper-Pearson, or the bootstrap over worlds if wider.")
    for name, rows in groups.items():
        if not rows:
            continue
        found += ["", f"{name}: {len(rows)} worlds", *_grid(_method_cells(rows))]
        found += [
            "",
            f"{name}: leaktrace's false statements by kind of batch",
            *_grid(_kinds(rows)),
        ]
    return [*found, "", "what is to be reached", *_grid(_line_cells(lines(groups, everything)))]


def as_values(groups: Mapping[str, Rows], everything: Rows, version: str) -> dict[str, Any]:
    """The same as plain values, with every false statement and every evident pair missed."""
    return {
        "version": version,
        "worlds": {name: [[row.family, row.seed] for row in rows] for name, rows in groups.items()},
        "methods": {
            name: {
                method: {key: _plain(one) for key, one in figures(rows, method).items()}
                for method in METHODS
            }
            for name, rows in groups.items()
        },
        "kinds": {
            name: {
                kind: {"false_of_stated": _plain(stated), "lists_naming": _plain(lists)}
                for kind, (stated, lists) in by_kind(rows, OURS).items()
            }
            for name, rows in groups.items()
        },
        "goal": [
            {
                "family": line.family, "text": line.text, "target": line.target,
                "figure": _plain(line.figure), "met": line.met, "beside": line.beside,
            }
            for line in lines(groups, everything)
        ],
        "false_statements": [_pair(*one) for one in false_pairs(everything)],
        "evident_missed": [_pair(*one) for one in missed_pairs(everything)],
    }  # fmt: skip


Pair = tuple[WorldRow, str, str]


def false_pairs(rows: Rows) -> list[Pair]:
    """(world, batch, source) of each false statement of ours."""
    return [
        (row, batch.id, source)
        for row in rows
        for batch in row.batches
        for source in sorted(row.answer(OURS, batch.id).stated - batch.sources.keys())
    ]


def missed_pairs(rows: Rows) -> list[Pair]:
    """(world, batch, source) of each evident pair that we do not name at 0.5."""
    return [
        (row, batch.id, source)
        for row in rows
        for batch in row.batches
        for source in batch.evident
        if row.answer(OURS, batch.id).scores.get(source, 0.0) < LIKELY
    ]


def _pair(row: WorldRow, batch: str, source: str) -> dict[str, Any]:
    truth = next(one for one in row.batches if one.id == batch)
    return {
        "family": row.family, "seed": row.seed, "batch": batch, "type": truth.type,
        "source": source, "posterior": row.answer(OURS, batch).scores.get(source, 0.0),
        "share": truth.sources.get(source, 0.0), "evident_by": truth.evident.get(source, ""),
    }  # fmt: skip


def _plain(figure: Figure) -> dict[str, float | int | None]:
    values = {"value": figure.value, "low": figure.low, "high": figure.high}
    return {
        **{name: None if isnan(one) else one for name, one in values.items()},
        "count": figure.count,
        "of": figure.of,
    }


def _worlds(groups: Mapping[str, Rows]) -> str:
    few = sorted(name for name, rows in groups.items() if len(rows) < WORLDS)
    return (
        f"fewer than {WORLDS} worlds: {', '.join(few)}" if few else "enough worlds of each family"
    )


def _method_cells(rows: Rows) -> list[list[str]]:
    cells: list[list[str]] = [["method, % unless a mean"]]
    for method in METHODS:
        found = figures(rows, method)
        if len(cells) == 1:
            for name in found:
                cells[0] += ["false + true", name] if name in FALSE else [name]
        cells.append([method])
        for name, one in found.items():
            if name in FALSE:
                cells[-1].append(_beside_true(one))
            cells[-1].append(_cell(one))
    return cells


def _beside_true(false: Figure) -> str:
    """False statements never stand alone."""
    if false.count is None or false.of is None:
        return "–"
    return f"{false.count} + {false.of - false.count}"


def _kinds(rows: Rows) -> list[list[str]]:
    cells = [["kind", "false + true", "false %", "lists that name anyone, %"]]
    for kind, (stated, lists) in by_kind(rows, OURS).items():
        cells.append([kind, _beside_true(stated), _cell(stated), _counted(lists)])
    return cells


def _line_cells(found: Sequence[Line]) -> list[list[str]]:
    cells = [["family", "what", "target", "figure (proportions in %)", "met", "beside"]]
    for line in found:
        met = {True: "yes", False: "NO", None: "–"}[line.met]
        cells.append(
            [line.family, line.text, line.target, _counted(line.figure), met, line.beside]
        )  # fmt: skip
    return cells


def _cell(figure: Figure) -> str:
    """``3.4 (1.8–5.9)``: proportions in percent, means as they are."""
    if not figure.known:
        return "–"
    if figure.of is not None:
        return f"{100 * figure.value:.1f} ({_percent(figure.low)}–{_percent(figure.high)})"
    value = figure.value
    text = f"{value:.3f}" if value == 0 or abs(value) >= 5e-4 else f"{value:.0e}"
    return text if isnan(figure.low) else f"{text} ({_short(figure.low)}–{_short(figure.high)})"


def _counted(figure: Figure) -> str:
    cell = _cell(figure)
    return f"{cell} {figure.count}/{figure.of}" if figure.known and figure.of else cell


def _percent(value: float) -> str:
    """Tenths where they matter."""
    return f"{100 * value:.{0 if 0.1 <= value <= 0.9 else 1}f}"


def _short(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def _grid(cells: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[place]) for row in cells) for place in range(len(cells[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
