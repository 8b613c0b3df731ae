"""What the lists that a command took in say of canaries: those that were there too early are burnt.

The command marks them at once: a list is evidence, and nobody has to agree to it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from leaktrace.cli.output import next_step
from leaktrace.messages import _

if TYPE_CHECKING:
    from leaktrace.canary.pool.sightings import Place, Seen
    from leaktrace.case import Case


def mark_early(case: Case, lists: Collection[Place]) -> tuple[Seen, ...]:
    """Mark as burnt what stood in one of ``lists`` before it was planted; what was marked."""
    from leaktrace.canary.pool.burning import burn_premature, unmarked

    found = unmarked(case, lists)
    return burn_premature(case, found) if found else ()


def seen_json(found: Sequence[Seen]) -> list[dict[str, str]]:
    """Canaries and numbers, and where they were found."""
    return [
        {
            one.subject: one.subject_id,
            "place": one.place,
            "place_id": one.place_id,
            "at": one.at.text,
        }
        for one in found
    ]


def seen_texts(found: Sequence[Seen]) -> list[str]:
    """Where each canary or number was found."""
    from leaktrace.canary.pool.burning import found_text

    said = _("{id}: {text}")
    return [said.format(id=one.subject_id, text=found_text(one)) for one in found]


def tell_burnt(found: Sequence[Seen]) -> None:
    """Say on standard error what was marked, and why."""
    marked = _("note: marked as burnt: {text}")
    next_step(*(marked.format(text=text) for text in seen_texts(found)))
