"""What may be planted where: a free number, as the law has it, with somebody to answer for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from leaktrace.canary.identity import comparable
from leaktrace.canary.planning.lawful import lawful_notice, lawful_reason
from leaktrace.canary.pool.reading import PoolEntry, read_entries
from leaktrace.canary.pool.records import CONTROL, EMAIL, FREE, PLANTED, now
from leaktrace.canary.pool.states import standing
from leaktrace.canary.proving.leaves import PLANTED as PLANTED_HERE
from leaktrace.canary.proving.leaves import Circumstances
from leaktrace.canary.roster import PlantingLine, Roster
from leaktrace.canary.told import Told
from leaktrace.case.case import Case
from leaktrace.case.lines import LineRefused
from leaktrace.case.records import Planting, Source
from leaktrace.case.writer import Writer
from leaktrace.identifiers.masking import mask_text
from leaktrace.intake.blocks import Warning
from leaktrace.intake.tables import TableRow
from leaktrace.messages import _
from leaktrace.times import Moment

_FIELDS = {"mobile": "mobile", "landline": "mobile", EMAIL: "email", "address": "address"}


@dataclass(frozen=True, slots=True)
class ToPlant:
    """One planting that was done.

    Attributes
    ----------
    number : str
        The id of a number, mailbox or address of the pool.
    source : str or None
        None for a control, never planted.
    planted_at : Moment
    told : Circumstances
    identity : mapping of str to str
        What else it showed itself by (``name``, ``id_number``, ``email``, ``address``).
    canary : str
        The canary's id; empty: the number's.
    shared : bool
        The plan gives this number to several sources.
    """

    number: str
    source: str | None
    planted_at: Moment
    told: Circumstances = field(default_factory=Circumstances, repr=False)
    identity: Mapping[str, str] = field(default_factory=dict, repr=False)
    canary: str = ""
    shared: bool = False

    @property
    def canary_id(self) -> str:
        """What the canary is called."""
        return self.canary or self.number


class Planter:
    """Takes plantings in, one at a time, for one command, inside its transaction."""

    def __init__(self, case: Case, writer: Writer) -> None:
        self._roster = Roster(case, writer)
        self._told = Told(writer)
        self._sources = {one.id: one for one in case.sources()}
        entries = read_entries(writer.connection, writer.sealer)
        self._numbers: dict[str, PoolEntry] = {one.number.id: one for one in entries}
        self._until = now().latest
        self._values = {_value(one): one.number.id for one in entries}
        # Which canaries use a number, and where each was planted.
        self._users: dict[str, set[str]] = {}
        for row in writer.connection.execute("SELECT canary, number FROM canary_numbers"):
            self._users.setdefault(row["number"], set()).add(row["canary"])
        self._at: dict[str, set[str | None]] = {}
        for row in writer.connection.execute("SELECT canary, source FROM plantings"):
            self._at.setdefault(row["canary"], set()).add(row["source"])

    @property
    def warnings(self) -> tuple[Warning, ...]:
        """What a reader should know, after :meth:`finish`."""
        return tuple(self._roster.warnings)

    def finish(self) -> None:
        """Warn of what only shows when all were taken in."""
        self._roster.finish()

    def take(self, one: ToPlant) -> str:
        """Record one planting; ``"added"`` or ``"unchanged"``.

        Raises
        ------
        LineRefused
            Then nothing of it is written.
        """
        if one.number not in self._numbers:
            raise LineRefused(
                "unknown-number",
                _("there is no number {number} in the pool; take it in first").format(
                    number=mask_text(one.number)
                ),
            )
        line = self._line(one)
        numbers = self._numbers_of(line)
        if one.source not in self._at.get(one.canary_id, ()):
            self._check(one, numbers)
        else:
            self._refuse_otherwise(line)
        self._roster.introduce([line])
        status = self._roster.take(line)
        if status == "added":
            self._warn_alike(line)
            self._told.add(line.canary, line.planting.source, line.told)
        for number in numbers:
            self._users.setdefault(number, set()).add(one.canary_id)
        self._at.setdefault(one.canary_id, set()).add(one.source)
        return status

    def _refuse_otherwise(self, line: PlantingLine) -> None:
        """A planting that is known must be told as it was, or say no more than its place."""
        source = line.planting.source
        fields = self._told.otherwise(line.canary, source, line.told)
        if fields:
            raise LineRefused(
                "changed-planting",
                _(
                    "the planting of canary {canary} at {source} is recorded otherwise: {fields}; "
                    "a record is never changed: say what was said then, or nothing"
                ).format(canary=line.canary, source=source or "-", fields=", ".join(fields)),
            )

    def _warn_alike(self, line: PlantingLine) -> None:
        """The planting is done, so it is recorded; but what is recited tells nobody apart then."""
        for other, kinds in self._told.alike(line.canary, line.told.marks).items():
            text = _(
                "canary {canary} and canary {other} were told the same {kinds}: a caller who "
                "recites it points at both; where nothing is planted yet, make the sheet again"
            ).format(canary=line.canary, other=other, kinds=", ".join(kinds))
            self._roster.warn(line.canary, Warning("shared-marks", text))

    def _numbers_of(self, line: PlantingLine) -> tuple[str, ...]:
        """The pool's numbers in the identity: a mailbox may stand beside the mobile."""
        values = [(name, comparable(name, text)) for name, text in line.fields.items()]
        return tuple(sorted({self._values[value] for value in values if value in self._values}))

    def _check(self, one: ToPlant, numbers: tuple[str, ...]) -> None:
        if mask_text(one.canary_id) != one.canary_id:
            raise LineRefused(
                "identifier-as-id",
                _("a canary's id is shown everywhere, and this is somebody's number; give another"),
            )
        if one.planted_at.earliest > self._until:
            raise LineRefused("future", _("this is a day to come; record it when it was done"))
        if one.source is not None:
            self._check_told(one, self._source(one.source))
        for number in numbers:
            self._check_use(one, number)
            self._check_state(one, self._numbers[number])

    def _source(self, source: str) -> Source:
        if source not in self._sources:
            raise LineRefused(
                "unknown-source",
                _(
                    "{source} is not a source of this case; take it in first with: leaktrace "
                    "source import"
                ).format(source=mask_text(source)),
            )
        return self._sources[source]

    def _check_told(self, one: ToPlant, source: Source) -> None:
        if not (one.told.by.strip() and one.told.authorised_by.strip()):
            raise LineRefused(
                "no-authority", _("say who planted it, and who authorised that: both are recorded")
            )
        reason = lawful_reason(source)
        if reason and not one.told.true_registrant:
            raise LineRefused(
                "unlawful",
                _("{notice} Once that is so, say it: --true-registrant.").format(
                    notice=lawful_notice(reason)
                ),
            )

    def _check_use(self, one: ToPlant, number: str) -> None:
        """A number is one canary's; where only the truth is lawful, it is for that one filing."""
        others = self._users.get(number, set()) - {one.canary_id}
        places = self._at.get(one.canary_id, set())
        if None in places and one.source is not None:
            raise LineRefused(
                "control",
                _("number {number} is a control, and never planted").format(number=number),
            )
        if others or (places and not one.shared):
            raise LineRefused(
                "in-use",
                _(
                    "number {number} is planted already; take another, or say with --shared that "
                    "the plan gives it to several sources"
                ).format(number=number),
            )
        lawful = [self._sources[at] for at in (*places, one.source) if at in self._sources]
        if places and any(lawful_reason(source) for source in lawful):
            raise LineRefused(
                "own-number",
                _(
                    "where only true statements are lawful, a number is used for that one filing; "
                    "take another than {number}"
                ).format(number=number),
            )

    def _check_state(self, one: ToPlant, entry: PoolEntry) -> None:
        at = min(one.planted_at.latest, self._until) if one.planted_at.text else self._until
        stands = standing(entry.number.kind, entry.history, at)
        code = stands.state.code if stands else ""
        if code == FREE or (code == PLANTED and one.shared):
            return
        if code == CONTROL:
            reason = _("number {number} is a control, and never planted")
        else:
            reason = _("number {number} {state}; only a free number can be planted")
        raise LineRefused(
            "control" if code == CONTROL else "not-free",
            reason.format(number=entry.number.id, state=state_text(code)),
        )

    def _line(self, one: ToPlant) -> PlantingLine:
        entry = self._numbers[one.number]
        own = {_FIELDS[entry.number.kind]: entry.number.value}
        # What a second source was told otherwise is a mark of that planting alone.
        first = not self._at.get(one.canary_id) and not one.shared
        fields = {**one.identity, **own} if first else own
        marks = {**one.identity, **one.told.marks}
        return PlantingLine(
            TableRow(0, {}, {}),
            one.canary_id,
            Planting(one.source, one.planted_at),
            {name: text for name, text in fields.items() if text},
            replace(one.told, marks={name: text for name, text in marks.items() if text}),
            PLANTED_HERE,
            one.shared,
        )


def _value(entry: PoolEntry) -> tuple[str, str]:
    name = _FIELDS[entry.number.kind]
    return name, comparable(name, entry.number.value)


def state_text(code: str) -> str:
    """What is said of a number that is not free, after its name."""
    said = {
        "": _("was not in the pool then"),
        "quarantined": _("is in quarantine"),
        "planted": _("is planted"),
        "control": _("is a control"),
        "silent": _("does not ring: a dead number is evidence of nothing"),
        "burnt": _("is burnt"),
        "resting": _("rests"),
        "returned": _("was given back"),
    }
    return said.get(code, code)
