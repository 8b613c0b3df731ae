"""What the user assumes before the evidence, from words and from a table to settings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from leaktrace.attribution.case_model import shipped_settings
from leaktrace.attribution.settings import Market, Settings
from leaktrace.case.lines import LineRefused, sound, table_lines
from leaktrace.case.sourcekinds import kind_code
from leaktrace.errors import InputRefused, UsageError
from leaktrace.identifiers.masking import mask_text
from leaktrace.intake.refusals import shown
from leaktrace.intake.tables import TableColumn, TableRow, TableSpec
from leaktrace.intake.worker import Worker
from leaktrace.messages import _

#: The table that ``--assume`` takes: a line is about a source (its prior) or a kind of source.
ASSUMPTIONS = TableSpec(
    "ASSUMPTIONS",
    (
        TableColumn("about", ("对象", "来源编号", "来源或类别"), required=True),
        TableColumn("prior", ("先验概率", "先验"), required=False),
        TableColumn("twin_odds", ("孪生赔率", "孪生"), required=False),
        TableColumn("price_low", ("最低单价", "最低价"), required=False),
        TableColumn("price_high", ("最高单价", "最高价"), required=False),
        TableColumn("one_carrier", ("单一运营商",), required=False),
    ),
)
_NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:\s*([/:%])\s*([0-9]+(?:\.[0-9]+)?)?)?")
_YES = {"yes", "y", "1", "true", "是", "有"}
_NO = {"", "no", "n", "0", "false", "否", "无"}


def assumed_settings(
    priors: Sequence[str] = (),
    twins: Sequence[str] = (),
    without: Iterable[str] = (),
    table: Path | None = None,
) -> Settings:
    """The shipped settings with what the user assumes instead.

    Parameters
    ----------
    priors : sequence of str
        ``SOURCE=P``, see :func:`number_in` for P.
    twins : sequence of str
        ``KIND=ODDS``: the odds of the unseen twin of sources of a kind.
    without : iterable of str
        Kinds of evidence that are left out.
    table : Path, optional
        A table :data:`ASSUMPTIONS`; what the words say comes before it.

    Raises
    ------
    UsageError
        If something cannot be understood. Whether a source exists is for
        :func:`leaktrace.attribution.trace_case` to say.
    InputRefused
        If the table cannot be read.
    """
    settings = replace(shipped_settings(), without=frozenset(without))
    if table is not None:
        settings = _with_table(settings, table)
    by_source = {**settings.prior_by_source, **dict(_pair(one, _PRIOR) for one in priors)}
    by_kind = {kind_code(kind) or kind: odds for kind, odds in (_pair(one, _TWIN) for one in twins)}
    return replace(
        settings, prior_by_source=by_source, twin_by_kind={**settings.twin_by_kind, **by_kind}
    )


def number_in(text: str) -> float | None:
    """A probability or odds as people write them: ``0.2``, ``20%``, ``1/5``, ``1:5``; None where
    it is no such thing."""
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    first, sign, second = match.groups()
    if sign in ("/", ":"):
        if second is None or Fraction(second) == 0:
            return None
        return float(Fraction(first) / Fraction(second))
    if second is not None:
        return None
    return float(Fraction(first) / (100 if sign else 1))


_PRIOR, _TWIN = "--prior", "--twin"


def _pair(text: str, option: str) -> tuple[str, float]:
    name, sign, value = text.rpartition("=")
    number = number_in(value)
    if not sign or not name.strip() or number is None:
        hints = {
            _PRIOR: _("--prior takes SOURCE=P, such as --prior S01=0.2, S01=20% or S01=1/50"),
            _TWIN: _("--twin takes KIND=ODDS, such as --twin property-sale=0.5 or dental=1:4"),
        }
        raise UsageError(hints[option])
    return name.strip(), number


def _with_table(settings: Settings, path: Path) -> Settings:
    priors, twins, market = {}, {}, {}
    with Worker() as worker:
        rows = table_lines(path, ASSUMPTIONS, worker).rows
    for row in rows:
        try:
            about, prior, odds, look = _line(sound(row))
        except LineRefused as refused:
            text = _("{file}, row {row}: {reason}")
            name = shown(path)
            raise InputRefused(
                text.format(file=name, row=row.number, reason=refused.reason),
                code=refused.code,
                file=name,
            ) from None
        if prior is not None:
            priors[about] = prior
        if odds is not None:
            twins[kind_code(about) or about] = odds
        if look is not None:
            market[kind_code(about) or about] = look
    return replace(settings, prior_by_source=priors, twin_by_kind=twins, market=market)


def _line(row: TableRow) -> tuple[str, float | None, float | None, Market | None]:
    about = row.values["about"].strip()
    if not about:
        title = row.title("about")
        raise LineRefused("no-id", _("{column} is empty").format(column=title))
    low, high = _value(row, "price_low"), _value(row, "price_high")
    said = row.values["one_carrier"].strip().casefold()
    if said not in _YES | _NO:
        raise _not_understood(row, "one_carrier")
    look = Market(low, high, said in _YES)
    told = look if look != Market() else None
    return about, _value(row, "prior"), _value(row, "twin_odds"), told


def _value(row: TableRow, column: str) -> float | None:
    text = row.values[column].strip()
    if not text:
        return None
    number = number_in(text)
    if number is None:
        raise _not_understood(row, column)
    return number


def _not_understood(row: TableRow, column: str) -> LineRefused:
    text = _("{column}: “{value}” is not understood; see leaktrace trace --help")
    value = mask_text(row.values[column])
    return LineRefused("value", text.format(column=row.title(column), value=value))
