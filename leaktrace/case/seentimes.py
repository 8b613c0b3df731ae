"""When lists count as seen, and what is odd about it."""

from __future__ import annotations

from dataclasses import dataclass

from leaktrace.intake.blocks import Warning
from leaktrace.messages import _
from leaktrace.times import Moment


@dataclass(frozen=True, slots=True)
class SeenTimes:
    """When lists count as seen of which no manifest says it: as ``said``, else at ``present``."""

    present: Moment
    said: Moment | None = None

    def doubts(self, batch: str, seen: Moment, *, told: bool) -> list[Warning]:
        """What is odd about a batch that counts as ``seen`` then.

        ``told`` where the batch is known and nothing but :attr:`said` speaks of its time.
        """
        doubts = []
        if told and self.said not in (None, seen):
            text = _(
                "batch {batch} is in the case already, as seen at {time}, and stays so; to change "
                "that, name it in a manifest (--manifest) with another seen_at"
            )
            doubts.append(Warning("seen-before", text.format(batch=batch, time=seen.text)))
        if seen.earliest > self.present.latest:
            text = _("{time}, when this list was seen, is in the future; put the date right")
            doubts.append(Warning("future", text.format(time=seen.text)))
        return doubts

    def assumed(self) -> Warning:
        """That nobody said when lists were seen."""
        text = _(
            "it was not said when these lists were seen, so now was taken ({time}); where that is "
            "wrong, name them in a manifest with their seen_at"
        )
        return Warning("seen-now", text.format(time=self.present.text))
