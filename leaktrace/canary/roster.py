"""The canaries of a case while plantings are taken in: who is known, and what may be added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from leaktrace.canary.identity import Identity, comparable, understood
from leaktrace.canary.pool.links import NumberLinks
from leaktrace.canary.proving.leaves import IMPORTED, Circumstances
from leaktrace.canary.proving.records import Records
from leaktrace.case.case import Case
from leaktrace.case.lines import LineRefused
from leaktrace.case.records import Planting
from leaktrace.case.writer import Writer
from leaktrace.fingerprint.tokens import Tokeniser
from leaktrace.identifiers.kinds import KIND
from leaktrace.intake.blocks import Warning
from leaktrace.intake.tables import TableRow
from leaktrace.messages import _
from leaktrace.times import Moment


@dataclass(frozen=True, slots=True)
class PlantingLine:
    """One line of the table: a canary, its planting, and what the line says of its identity.

    ``told`` is how it was planted, ``origin`` how that came to be recorded (proving/leaves.py);
    ``shared``: that the canary goes to several sources is meant.
    """

    row: TableRow
    canary: str
    planting: Planting
    fields: Mapping[str, str]
    told: Circumstances = field(default_factory=Circumstances)
    origin: str = IMPORTED
    shared: bool = False


@dataclass(slots=True)
class _Canary:
    fields: dict[str, str]
    plantings: dict[str | None, Moment]
    known: bool
    identity: Identity | None = None


class Roster:
    """Takes plantings in, one line at a time; the first good line of a new canary writes it.

    Parameters
    ----------
    case : Case
    writer : Writer
        Inside one transaction.
    """

    def __init__(self, case: Case, writer: Writer) -> None:
        self.warnings: list[Warning] = []
        self._tokeniser = Tokeniser(case.key)
        self._writer = writer
        self._records = Records(writer)
        self._numbers = NumberLinks(writer)
        self._canaries: dict[str, _Canary] = {}
        self._owners: dict[tuple[str, int], str] = {}
        self._spread: set[str] = set()
        for canary in case.canaries():
            self._canaries[canary.id] = _Canary(
                case.reveal_canary(canary.id),
                {planting.source: planting.planted_at for planting in canary.plantings},
                known=True,
            )
            self._own(canary.id, canary.tokens)

    def introduce(self, lines: Iterable[PlantingLine]) -> None:
        """Gather who the new canaries are: a field may stand on any one of a canary's lines."""
        for line in lines:
            canary = self._canaries.setdefault(line.canary, _Canary({}, {}, known=False))
            if not canary.known:
                for name, text in line.fields.items():
                    canary.fields.setdefault(name, text)

    def take(self, line: PlantingLine) -> str:
        """Take one line in; ``"added"`` or ``"unchanged"``.

        Raises
        ------
        LineRefused
            Then nothing of the line is written.
        """
        canary = self._canaries[line.canary]
        _refuse_other_identity(canary, line)
        if not canary.known and canary.identity is None:
            canary.identity = understood(canary.fields, self._tokeniser, line.row.titles)
        before = canary.plantings.get(line.planting.source)
        if before is not None:
            if before == line.planting.planted_at:
                return "unchanged"
            raise LineRefused(
                "changed-planting",
                _(
                    "canary {canary} was planted here at another time; a planting is never "
                    "changed: put the old date back"
                ).format(canary=line.canary),
            )
        _refuse_planted_control(canary, line)
        if canary.identity is not None:
            self._write_canary(line.canary, canary.identity)
            canary.known, canary.identity = True, None
        self._write_planting(line)
        if canary.plantings and not line.shared:
            self._spread.add(line.canary)
        canary.plantings[line.planting.source] = line.planting.planted_at
        return "added"

    def finish(self) -> None:
        """Warn of the canaries that have just been planted in one more source: often a slip."""
        for canary in sorted(self._spread):
            sources = sorted(source for source in self._canaries[canary].plantings if source)
            text = _(
                "canary {canary} is now planted at {sources}: a list that holds it points at all "
                "of them; where that is a slip, plant another canary"
            ).format(canary=canary, sources=", ".join(sources))
            self.warn(canary, Warning("several-sources", text))

    def _write_canary(self, canary: str, identity: Identity) -> None:
        writer = self._writer
        sealed = {"fields": dict(identity.fields), "mobile": identity.mobile}
        writer.connection.execute(
            "INSERT INTO canaries VALUES (?, ?, ?)",
            (canary, writer.sealer.seal(sealed, "canaries.identity"), writer.run()),
        )
        writer.connection.executemany(
            "INSERT INTO canary_tokens VALUES (?, ?, ?)",
            [
                (canary, kind, token.to_bytes(8, "big"))
                for kind, tokens in identity.tokens.items()
                for token in tokens
            ],
        )
        self._numbers.link(canary, identity)
        if identity.useless_id:
            text = _(
                "canary {canary}: its ID number has a wrong check digit and will match nothing"
            ).format(canary=canary)
            self.warn(canary, Warning("suspect-id", text))
        for other in sorted(self._own(canary, identity.tokens)):
            text = _(
                "canaries {canary} and {other} share an identifier: a list that holds it points "
                "at both"
            ).format(canary=canary, other=other)
            self.warn(canary, Warning("shared-identifier", text))

    def _write_planting(self, line: PlantingLine) -> None:
        moment = line.planting.planted_at
        added = self._writer.connection.execute(
            "INSERT INTO plantings (canary, source, earliest, latest, text, run) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (
                line.canary,
                line.planting.source,
                moment.earliest,
                moment.latest,
                moment.text,
                self._writer.run(),
            ),
        )
        assert added.lastrowid is not None
        self._records.write(
            added.lastrowid,
            line.canary,
            line.planting,
            self._canaries[line.canary].fields,
            line.told,
            line.origin,
        )

    def warn(self, canary: str, warning: Warning) -> None:
        """Keep a warning beside the canary that it speaks of, and tell it."""
        self.warnings.append(warning)
        self._writer.warn("canary", canary, warning)

    def _own(self, canary: str, tokens: Mapping[str, Iterable[int]]) -> set[str]:
        """Note whose full identifiers these are; the other canaries that have one of them."""
        owners = {
            self._owners.setdefault((kind, token), canary)
            for kind, values in tokens.items()
            if KIND[kind].full
            for token in values
        }
        return owners - {canary}


def _refuse_other_identity(canary: _Canary, line: PlantingLine) -> None:
    for name, text in line.fields.items():
        if comparable(name, text) != comparable(name, canary.fields.get(name, "")):
            raise LineRefused(
                "changed-identity",
                _(
                    "{column} is not what was said of canary {canary} before; an identity is never "
                    "changed: give a new one a new canary_id"
                ).format(column=line.row.title(name), canary=line.canary),
            )


def _refuse_planted_control(canary: _Canary, line: PlantingLine) -> None:
    others = [source for source in canary.plantings if source != line.planting.source]
    if others and (line.planting.source is None or None in others):
        raise LineRefused(
            "planted-control",
            _(
                "canary {canary} would be both a control, never planted, and planted; fill in its "
                "source_id, or take another canary"
            ).format(canary=line.canary),
        )
