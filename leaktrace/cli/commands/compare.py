"""``leaktrace compare``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leaktrace.cli.bars import progress
from leaktrace.cli.groups import Command, one_command
from leaktrace.cli.options import (
    AsJson,
    ColumnKinds,
    KeyFile,
    PasswordFile,
    Passwords,
    column_mapping,
    key_at_hand,
    passwords_of,
)
from leaktrace.cli.output import count, next_step, percent, show, table
from leaktrace.cli.streams import write_json
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.engines.comparison import Comparison, KindComparison
    from leaktrace.fingerprint.keys import Key

_FEW = 100
"""Sampled tokens below which an estimate is rough: its standard error passes five points."""


def command() -> Command:
    """The command ``compare``."""
    return one_command(
        "compare",
        compare,
        _(
            "Each may be any supported list, or a .sketch. For every kind of identifier: how many "
            "each holds, how many both hold, how much of each is in the other, and their Jaccard "
            "index. Nothing is stored. Time grows with the rows of the lists."
        ),
    )


def compare(
    context: typer.Context,
    a: Annotated[Path, typer.Argument(metavar="A", help=_("a list or a .sketch"))],
    b: Annotated[Path, typer.Argument(metavar="B", help=_("the other"))],
    key_file: KeyFile = None,
    columns: ColumnKinds = None,
    passwords: Passwords = None,
    password_file: PasswordFile = None,
    as_json: AsJson = False,
) -> None:
    """Compare two lists."""
    from leaktrace.engines.comparison import compare as compare_lists

    mapping, secrets = column_mapping(columns), passwords_of(passwords, password_file)
    key = _key(context, a, b, key_file)
    with progress() as bars:
        comparison = compare_lists(a, b, key, mapping=mapping, passwords=secrets, progress=bars)
    if as_json:
        write_json(comparison.to_json())
        return
    _show(comparison)
    _show_error(comparison)
    next_step(
        _("Next: leaktrace init DIR, to ask where a list came from and not only what it shares.")
    )


def _key(context: typer.Context, a: Path, b: Path, key_file: Path | None) -> Key | None:
    """The key, looked for only where a list meets a sketch."""
    from leaktrace.fingerprint.sketchfile import is_sketch

    if key_file is None and is_sketch(a) == is_sketch(b):
        return None
    return key_at_hand(context, key_file)


def _show(comparison: Comparison) -> None:
    from leaktrace.report.words import identifier_word

    headers = [
        _("kind"),
        "A",
        "B",
        _("in both"),
        _("A in B"),
        _("B in A"),
        _("Jaccard"),
        _("error"),
    ]
    rows = [
        [
            f"{identifier_word(name)} ({name})",
            count(found.a),
            count(found.b),
            count(found.overlap) if comparison.exact else f"≈ {count(found.overlap)}",
            percent(found.containment_a_in_b),
            percent(found.containment_b_in_a),
            f"{found.jaccard:.4f}",
            f"±{percent(found.standard_error)}" if found.standard_error else _("exact"),
        ]
        for name, found in comparison.kinds.items()
    ]
    show(f"A: {comparison.a}\nB: {comparison.b}", "", table(headers, rows, right=range(1, 8)))
    if not rows:
        show(_("Neither list holds an identifier that could be compared."))


def _show_error(comparison: Comparison) -> None:
    from leaktrace.fingerprint.fracminhash import SMALLEST_SCALED

    if comparison.exact or not comparison.kinds:
        return
    show(
        "",
        _(
            "± is one standard error of the containment of the smaller list in the larger: in two "
            "of three such comparisons the truth lies within it. ≈ marks estimates; how many each "
            "list holds is exact."
        ),
    )
    rough = [found for found in comparison.kinds.values() if _is_rough(found)]
    if rough:
        text = _(
            "note: some of these figures are rough: they rest on as few as {held} sampled tokens; "
            "two whole lists give exact ones"
        )
        show(text.format(held=count(min(found.held for found in rough))))
        if comparison.scaled > SMALLEST_SCALED:
            text = _(
                "note: “leaktrace fingerprint --scaled {finest}” gives a finer fingerprint than "
                "this one, which keeps one token in {scaled}"
            )
            show(text.format(finest=SMALLEST_SCALED, scaled=count(comparison.scaled)))


def _is_rough(found: KindComparison) -> bool:
    return found.held < _FEW and bool(found.a and found.b)
