"""How much an archive may hold before it counts as a bomb."""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 1 << 20
_GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read of one file and of all that is packed in it, at most.

    Attributes
    ----------
    total : int
        Bytes unpacked, over all levels; a hundred million rows of six columns are 10 GiB.
    member : int
        Bytes of one member.
    ratio : int
        Bytes unpacked for each packed one, of a member where its packed size is known and of an
        archive as a whole. Lists come to 3 to 30; a swept segment with the same words in each row
        to 170 under xz; zeros to 7,000.
    deflate_ratio : int
        The same for what is deflated, of which a byte never gives more than 1,032: that sweep
        comes to 22, zeros, quickly packed, to 229.
    free : int
        Bytes up to which that ratio is not looked at.
    whole_ratio, whole_free : int
        The same for all levels together against the file on the disk: bombs within bombs.
    members : int
        Files and folders, over all levels.
    depth : int
        Archives within archives; a ``.tar.gz`` is two. No more than 8 were ever seen but in
        archives that hold themselves.
    repeats : int
        How often an archive of the very same bytes is unpacked: ten equal ones in each of twenty
        equal ones are 1e20 files in 1.5 kB.
    in_memory : int
        Bytes of a member that are held in memory; larger ones wait in the spool folder.
    unspooled : int
        The same where there is no spool folder; larger members are refused.
    password_seconds : float
        How long passwords that do not fit may be tried.
    """

    total: int = 64 * _GIB
    member: int = 16 * _GIB
    ratio: int = 1000
    deflate_ratio: int = 200
    free: int = 32 * _MIB
    whole_ratio: int = 1000
    whole_free: int = 256 * _MIB
    members: int = 100_000
    depth: int = 8
    repeats: int = 10
    in_memory: int = 16 * _MIB
    unspooled: int = 256 * _MIB
    password_seconds: float = 300.0


LIMITS = Limits()
