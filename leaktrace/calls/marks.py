"""What callers recite of what was told at a planting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from leaktrace.calls.records import RecitedMarks
from leaktrace.canary.personas import Persona, match_recited, told_persona
from leaktrace.canary.proving.records import read_record
from leaktrace.case.case import Case

_FULL_NAME = 2


class Plantings:
    """What was told at each planting of a case, by its canary.

    Where a planting has no marks of its own, the canary's full name is one, of all its plantings.
    """

    def __init__(self, case: Case) -> None:
        self._personas: dict[str, list[tuple[str | None, Persona]]] = defaultdict(list)
        recorded = set()
        for row in case.ledger.execute("SELECT * FROM planting_records ORDER BY planting"):
            said = read_record(row, case.sealer).said
            told = dict(said["marks"]) or _named(said["identity"])
            recorded.add((said["canary"], said["source"]))
            self._add(said["canary"], said["source"], told)
        for canary in case.canaries():
            missing = [one.source for one in canary.plantings]
            missing = [one for one in missing if (canary.id, one) not in recorded]
            told = _named(case.reveal_canary(canary.id)) if missing else {}
            for source in missing:
                self._add(canary.id, source, told)

    def _add(self, canary: str, source: str | None, told: dict[str, str]) -> None:
        known = self._personas[canary]
        known.append((source, told_persona(str(len(known)), told)))

    def recited(self, transcript: str, canaries: Sequence[str]) -> tuple[RecitedMarks, ...]:
        """The marks of plantings of ``canaries`` that ``transcript`` recites."""
        if not transcript:
            return ()
        found = []
        for canary in canaries:
            known = self._personas.get(canary, [])
            for hit in match_recited(transcript, [persona for _source, persona in known]):
                found.append(RecitedMarks(canary, known[int(hit.persona)][0], hit.kinds))
        return tuple(found)


def _named(identity: dict[str, str]) -> dict[str, str]:
    name = identity.get("name", "").strip()
    return {"name": name} if len(name) >= _FULL_NAME else {}
