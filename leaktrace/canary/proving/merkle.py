"""The Merkle tree of RFC 6962: roots, audit paths, consistency proofs, and what checks them.

Leaves and nodes are hashed with different first bytes, so that a node can never be shown as a leaf
(section 2.1). The functions here take leaf hashes, never what is in the leaves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

HASH_BYTES = 32


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf that holds ``data``: SHA-256 of 0x00 and it (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the node above two others: SHA-256 of 0x01 and both (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes (RFC 6962, section 2.1); of none, SHA-256 of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    # A node without a partner goes up as it is, which gives the RFC's split at a power of two.
    while len(level) > 1:
        pairs = [node_hash(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) & ~1 :]
    return level[0]


def audit_path(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """What leads from the leaf at ``index`` to the root, nearest first (RFC 6962, 2.1.1).

    Raises
    ------
    IndexError
        If there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    path: list[bytes] = []
    low, high = 0, len(leaves)
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(root_of(leaves[middle:high]))
            high = middle
        else:
            path.append(root_of(leaves[low:middle]))
            low = middle
    return tuple(reversed(path))


def root_by_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root to which ``path`` leads from ``leaf`` at ``index`` in a tree of ``size`` leaves.

    None where the path cannot be one of such a tree (RFC 9162, section 2.1.3.2).
    """
    if not 0 <= index < size:
        return None
    at, last, found = index, size - 1, leaf
    for other in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            found = node_hash(other, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, other)
        at, last = at >> 1, last >> 1
    return found if last == 0 else None


def consistency_path(leaves: Sequence[bytes], before: int) -> tuple[bytes, ...]:
    """What shows that the tree over ``leaves`` begins with its first ``before`` (RFC 6962, 2.1.2).

    Raises
    ------
    IndexError
        Unless ``before`` is from 1 to the number of leaves.
    """
    if not 0 < before <= len(leaves):
        raise IndexError(before)
    path: list[bytes] = []
    low, high, whole = 0, len(leaves), True
    while before != high - low:
        split = _split(high - low)
        if before <= split:
            path.append(root_of(leaves[low + split : high]))
            high = low + split
        else:
            path.append(root_of(leaves[low : low + split]))
            low, before, whole = low + split, before - split, False
    if not whole:
        path.append(root_of(leaves[low:high]))
    return tuple(reversed(path))


def is_consistent(
    before: int, before_root: bytes, after: int, after_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether ``path`` shows the later tree to begin with the earlier (RFC 9162, 2.1.4.2)."""
    if not 0 < before <= after:
        return False
    if before == after:
        return not path and before_root == after_root
    nodes = [before_root, *path] if before & (before - 1) == 0 else list(path)
    if not nodes:
        return False
    at, last = before - 1, after - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = nodes[0]
    for other in nodes[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(other, old), node_hash(other, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, other)
        at, last = at >> 1, last >> 1
    return last == 0 and old == before_root and new == after_root


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << ((size - 1).bit_length() - 1)
