"""The Merkle tree against the published vectors of Certificate Transparency, and its laws."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaktrace.canary.proving.merkle import (
    audit_path,
    consistency_path,
    is_consistent,
    leaf_hash,
    node_hash,
    root_by_path,
    root_of,
)

# The test tree of the Certificate Transparency implementations: its leaves and every prefix's root.
INPUTS = (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)  # fmt: skip
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
AUDIT = {
    (0, 1): (),
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (5, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
}
CONSISTENCY = {
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
    (6, 7): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
}
LEAVES = [leaf_hash(bytes.fromhex(text)) for text in INPUTS]
SIZES = st.integers(1, 70)


def some_leaves(size: int) -> list[bytes]:
    return [leaf_hash(number.to_bytes(2, "big")) for number in range(size)]


def by_definition(leaves: list[bytes]) -> bytes:
    """Section 2.1 of RFC 6962, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(by_definition(leaves[:split]), by_definition(leaves[split:]))


@pytest.mark.parametrize("size", range(9))
def test_roots_are_the_published_ones(size: int) -> None:
    assert root_of(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("place", "path"), AUDIT.items())
def test_audit_paths_are_the_published_ones(place: tuple[int, int], path: tuple[str, ...]) -> None:
    index, size = place
    found = audit_path(LEAVES[:size], index)
    assert tuple(node.hex() for node in found) == path
    assert root_by_path(LEAVES[index], index, size, found) == bytes.fromhex(ROOTS[size])


@pytest.mark.parametrize(("sizes", "path"), CONSISTENCY.items())
def test_consistency_is_the_published_one(sizes: tuple[int, int], path: tuple[str, ...]) -> None:
    found = consistency_path(LEAVES[: sizes[1]], sizes[0])
    assert tuple(node.hex() for node in found) == path
    before, after = (bytes.fromhex(ROOTS[size]) for size in sizes)
    assert is_consistent(sizes[0], before, sizes[1], after, found)


def test_the_tree_of_rfc_9162_gives_its_paths() -> None:
    d = [leaf_hash(b"d%d" % number) for number in range(7)]
    g, h, i, j = (node_hash(d[at], d[at + 1]) if at < 6 else d[6] for at in (0, 2, 4, 6))
    k, m = node_hash(g, h), node_hash(i, j)
    assert audit_path(d, 0) == (d[1], h, m)
    assert audit_path(d, 3) == (d[2], g, m)
    assert audit_path(d, 4) == (d[5], j, k)
    assert audit_path(d, 6) == (i, k)
    assert consistency_path(d, 3) == (d[2], d[3], g, m)
    assert consistency_path(d, 4) == (m,)
    assert consistency_path(d, 6) == (i, j, k)


@given(SIZES)
def test_a_root_is_the_one_by_definition(size: int) -> None:
    leaves = some_leaves(size)
    assert root_of(leaves) == by_definition(leaves)


@given(SIZES, st.data())
def test_a_path_leads_to_the_root_from_its_own_place_alone(size: int, data: st.DataObject) -> None:
    leaves = some_leaves(size)
    index = data.draw(st.integers(0, size - 1))
    path = audit_path(leaves, index)
    root = root_of(leaves)
    assert root_by_path(leaves[index], index, size, path) == root
    assert root_by_path(leaf_hash(b"another"), index, size, path) != root
    other = data.draw(st.integers(-1, size).filter(lambda one: one != index))
    assert root_by_path(leaves[index], other, size, path) != root
    assert root_by_path(leaves[index], index, size, (*path, root)) != root
    if path:
        assert root_by_path(leaves[index], index, size, path[:-1]) != root


@given(SIZES, st.data())
def test_a_later_tree_is_shown_to_begin_with_the_earlier(size: int, data: st.DataObject) -> None:
    leaves = some_leaves(size)
    before = data.draw(st.integers(1, size))
    path = consistency_path(leaves, before)
    old, new = root_of(leaves[:before]), root_of(leaves)
    assert is_consistent(before, old, size, new, path)
    rewritten = [leaf_hash(b"another"), *leaves[1:]]
    forged = root_of(rewritten)
    assert not is_consistent(before, old, size, forged, consistency_path(rewritten, before))
    assert not is_consistent(before, forged, size, new, path)
    assert not is_consistent(before, old, size, new, (*path, new))


def test_what_is_not_in_the_tree_has_no_path() -> None:
    for index in (-1, 8):
        with pytest.raises(IndexError):
            audit_path(LEAVES, index)
    for before in (0, 9):
        with pytest.raises(IndexError):
            consistency_path(LEAVES, before)
    assert not is_consistent(0, root_of([]), 8, root_of(LEAVES), ())
    assert not is_consistent(3, root_of(LEAVES[:3]), 8, root_of(LEAVES), ())
