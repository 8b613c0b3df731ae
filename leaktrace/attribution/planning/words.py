"""What each next step is called, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from leaktrace.messages import _, ngettext

_MOST_BATCHES = 4


def next_text(code: str, source: str, amount: int) -> str:
    """The sentence for a step of :mod:`leaktrace.attribution.planning`."""
    texts = {
        "plant": _("Plant {amount} canaries at {source}, and look for them in the next list."),
        "reference": _("Ask {source} for its own list of people, or a sketch of it."),
        "fresh-reference": _(
            "Ask {source} for a fresh and whole list of its people: the one at hand lacks many."
        ),
        "cells": _(
            "Ask {source} for its list with all its columns, as they are spelt there, and compare "
            "the cells."
        ),
        "parent": _("Look for the earlier list of about {amount} people from which both were cut."),
    }
    return texts[code].format(amount=f"{amount:,}", source=source)


def about_text(batches: Sequence[str]) -> str:
    """The batches on which a step bears, the first few by name."""
    named = _(", ").join(batches[:_MOST_BATCHES])
    more = len(batches) - _MOST_BATCHES
    if more <= 0:
        return named
    text = ngettext("{batches} and {count} more", "{batches} and {count} more", more)
    return text.format(batches=named, count=more)


def footing_word(footing: str) -> str:
    """How sure the figures of a step are."""
    words = {
        "measured": _("measured in the case"),
        "told": _("by the told number of people"),
        "assumed": _("assumed, a guess"),
    }
    return words[footing]
