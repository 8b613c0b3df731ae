"""From one file to all the files in it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Protocol, TypeVar, cast

from leaktrace.errors import InputRefused
from leaktrace.intake.blocks import MemberReport
from leaktrace.intake.containers.found import Found, Leaf, Left, Unpacking
from leaktrace.intake.containers.members import Member
from leaktrace.intake.containers.names import Names, is_litter
from leaktrace.intake.containers.session import Kept, Session
from leaktrace.intake.containers.unhad import (
    Unhad,
    bomb,
    damaged,
    exhausted,
    folder,
    litter,
    locked,
    repeated,
    rest_damaged,
    too_big,
    too_deep,
)
from leaktrace.intake.forms import CONTAINERS, form_of
from leaktrace.intake.material import InMemory, Material
from leaktrace.intake.refusals import opening, refused, shown_member
from leaktrace.intake.signatures import HEAD, empty

T = TypeVar("T")
_REST = "…"
# A name may hold 30,000 slashes.
_LEVELS = 64


class _Module(Protocol):
    members: Callable[[Material, Session, str], Generator[Member, None, None]]


def walk(material: Material, unpacking: Unpacking) -> Iterator[Found]:
    """The files in ``material``, in the order in which they stand in it; itself, where it is none
    that holds others.

    A member's bytes are there until the next file is asked for.

    Raises
    ------
    InputRefused
        Where ``material`` itself cannot be opened; of a member that cannot, a
        :class:`~leaktrace.intake.containers.found.Left` tells.
    """
    head, form = _looked_at(material)
    if form not in CONTAINERS:
        yield Leaf(material, head, form)
        return
    whole = Kept(InMemory(b""), material.size, "")
    yield from _Walk(Session(unpacking, whole.size)).container(material, form, whole)


def _looked_at(material: Material) -> tuple[bytes, str]:
    with opening(material) as file:
        head = file.read(HEAD)
    if not head:
        raise empty(material)
    return head, form_of(material, head)


@dataclass(slots=True)
class _Frame:
    """One archive being walked through, and what was unpacked of it."""

    material: Material
    size: int
    names: Names = field(default_factory=Names)
    folders: dict[str, None] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)
    out: int = 0
    over: bool = False


class _Walk:
    """The walk through one file on the disk."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def container(self, material: Material, form: str, kept: Kept) -> Iterator[Found]:
        """The archive itself, then all that is in it."""
        module = cast(
            _Module, importlib.import_module(f"leaktrace.intake.containers.{CONTAINERS[form]}")
        )
        frame = _Frame(material, kept.size)
        with closing(module.members(material, self._session, form)) as members:
            try:
                member = _guarded(lambda: next(members, None))
            except Unhad as error:
                if not material.chain:
                    raise refused(material, error.code, error.message) from None
                yield _left(material, error, kept=kept, form=form)
                return
            yield Left(_report(material, form, "container", kept))
            while member is not None:
                yield from self._member(frame, member)
                if self._session.over or frame.over:
                    return
                try:
                    member = _guarded(lambda: next(members, None))
                except (Unhad, InputRefused) as error:
                    yield _left(_inside(frame, _REST), _of_the_rest(error))
                    return
            yield from _empty_folders(frame)

    def _member(self, frame: _Frame, member: Member) -> Iterator[Found]:
        material = _inside(frame, member.name)
        try:
            self._session.count_member()
            if member.is_folder:
                frame.folders[member.name.replace("\\", "/").rstrip("/")] = None
                return
            material = _inside(frame, frame.names.unique(member.name))
            frame.filled.update(_folders_of(member.name))
            if member.left is not None:
                yield _left(material, member.left, status="litter", size=member.size)
                return
            kept = self._kept(frame, member)
        except Unhad as error:
            if is_litter(member.name):
                yield _left(material, litter(), status="litter", size=member.size)
            else:
                yield _left(material, error, size=member.size)
            return
        with closing(kept):
            material = frame.material.inside(material.chain[-1], kept.content)
            if is_litter(member.name):
                yield _left(material, litter(), status="litter", kept=kept)
            else:
                yield from self._file(material, kept)

    def _file(self, material: Material, kept: Kept) -> Iterator[Found]:
        try:
            head, form = _looked_at(material)
        except InputRefused as error:
            yield _left(material, Unhad(error.code, error.message), kept=kept)
            return
        if form not in CONTAINERS:
            yield Leaf(material, head, form, kept.size, kept.sha256)
        elif len(material.chain) >= self._session.limits.depth:
            yield _left(material, too_deep(), kept=kept, form=form)
        elif self._session.repeats(kept.sha256):
            yield _left(material, repeated(), kept=kept, form=form)
        else:
            yield from self.container(material, form, kept)

    def _kept(self, frame: _Frame, member: Member) -> Kept:
        """The member's bytes, by the first way that gives them whole."""
        if member.refusal is not None:
            raise member.refusal
        self._check_declared(frame, member)
        last: Unhad | None = None
        for way in _guarded_each(iter(member.ways)):
            try:
                chunks = _guarded_each(_guarded(way.chunks))
                kept = self._session.keep(chunks, lambda size: self._check(frame, member, size))
            except Unhad as error:
                last = error
                if error.code not in ("truncated", "encrypted"):
                    raise
                continue
            if way.password is not None:
                self._session.fitted(way.password)
            frame.out += kept.size
            return kept
        raise last or locked(self._session.has_passwords)

    def _check_declared(self, frame: _Frame, member: Member) -> None:
        limits, size = self._session.limits, member.size or 0
        if size > limits.member:
            raise too_big()
        packed = frame.size if member.packed_size is None else member.packed_size
        if size > limits.free and size > self._ratio(member) * packed:
            raise bomb()

    def _ratio(self, member: Member) -> int:
        limits = self._session.limits
        return limits.deflate_ratio if member.deflated else limits.ratio

    def _check(self, frame: _Frame, member: Member, size: int) -> None:
        """Refuse a member, or the rest of its archive, that swells too much."""
        limits = self._session.limits
        swells = member.packed is not None and size > self._ratio(member) * member.packed()
        if swells and size > limits.free:
            raise bomb()
        out = frame.out + size
        if out > limits.free and out > limits.ratio * frame.size:
            frame.over = True
            raise exhausted()


def _guarded(step: Callable[[], T]) -> T:
    """``step()``; whatever a library raises at hostile bytes is damage, told without its words."""
    try:
        return step()
    except (Unhad, InputRefused):
        raise
    except MemoryError:
        raise too_big() from None
    except Exception:
        raise damaged() from None


def _guarded_each(items: Iterator[T]) -> Iterator[T]:
    end = object()
    while (item := _guarded(lambda: next(items, end))) is not end:
        yield cast(T, item)


def _of_the_rest(error: Unhad | InputRefused) -> Unhad:
    return rest_damaged() if error.code == "truncated" else Unhad(error.code, error.message)


def _inside(frame: _Frame, name: str) -> Material:
    return frame.material.inside(name, InMemory(b""))


def _report(material: Material, form: str, status: str, kept: Kept) -> MemberReport:
    return MemberReport(shown_member(material), form, kept.size, kept.sha256, status)


def _left(
    material: Material,
    why: Unhad,
    *,
    status: str = "refused",
    size: int | None = None,
    kept: Kept | None = None,
    form: str = "",
) -> Left:
    reason = refused(material, why.code, why.message).message
    size = kept.size if kept else size or 0
    sha256 = kept.sha256 if kept else ""
    return Left(MemberReport(shown_member(material), form, size, sha256, status, why.code, reason))


def _empty_folders(frame: _Frame) -> Iterator[Left]:
    holding = {above for name in frame.folders for above in _folders_of(name)}
    for name in frame.folders:
        if name and name not in frame.filled and name not in holding:
            material = _inside(frame, frame.names.unique(name + "/"))
            yield _left(material, folder(), status="litter")


def _folders_of(name: str) -> Iterator[str]:
    name = name.replace("\\", "/")
    for _level in range(_LEVELS):
        name, slash, _last = name.rpartition("/")
        if not slash:
            return
        yield name
