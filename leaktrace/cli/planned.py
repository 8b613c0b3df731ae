"""``trace --next``: what to do next, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leaktrace.attribution.planning.words import about_text, footing_word
from leaktrace.cli.output import show, table
from leaktrace.messages import _, ngettext
from leaktrace.report.facts import assumed_lines
from leaktrace.report.numbers import share_text

if TYPE_CHECKING:
    from leaktrace.attribution.result import Trace


def show_next(trace: Trace) -> None:
    """Print what to do next, what is expected to bring most first."""
    show(*assumed_lines(trace.model))
    open_ = [one.batch for one in trace.batches if one.verdict == "undetermined"]
    if not open_:
        show(_("No list is open: nothing is left to plan for."))
        return
    show(
        ngettext(
            "{count} list is open ({batches}); {bits} bits of uncertainty about its sources.",
            "{count} lists are open ({batches}); {bits} bits of uncertainty about their sources.",
            len(open_),
        ).format(count=len(open_), batches=about_text(open_), bits=f"{trace.open_bits:.1f}"),
        "",
    )
    if not trace.next:
        show(_("Nothing that could be planned is expected to tell much about them."))
        return
    headers = ["", _("what"), _("about"), _("bits"), _("settles one"), _("how sure")]
    rows = [
        [
            str(rank),
            step.text,
            about_text(step.batches),
            f"{step.bits:.2f}",
            share_text(step.settles),
            footing_word(step.footing),
        ]
        for rank, step in enumerate(trace.next, 1)
    ]
    show(table(headers, rows, right=(0, 3, 4)), "")
    show(
        _(
            "Bits: by how much the uncertainty is expected to fall. Settles one: how probable it "
            "is that a likely source of an open list is then named or cleared. Plantings count on "
            "one more list like the open ones, from the same place, seen within three months."
        ),
        _("These are expectations under the model, good for ranking; a result may bring nothing."),
    )
