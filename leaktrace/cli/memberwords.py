"""What became of each file in a seized one, in words."""

from __future__ import annotations

from leaktrace.messages import _


def done(status: str) -> str:
    """What was done with a member of that ``status`` (``intake.blocks.MemberReport``)."""
    words = {
        "read": _("read"),
        "container": _("opened"),
        "refused": _("refused"),
        "litter": _("passed over"),
    }
    return words.get(status, status)
