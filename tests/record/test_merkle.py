"""Vectors: RFC 6962 section 2.1 and the reference tree of the Certificate Transparency project."""

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.record.merkle import (
    EMPTY_ROOT,
    Frontier,
    Place,
    fold,
    inclusion_steps,
    leaf_hash,
    node_hash,
    places_of,
    proof,
    subtrees,
)
from tests.record.proofs import is_included

LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# (index, size, path), indexes from 0.
INCLUSIONS = [
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
SIZES = st.integers(1, 200)


class Tree:
    """A tree that keeps all its complete subtrees and every root that it ever had."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.nodes: dict[Place, bytes] = {}
        self.roots = [EMPTY_ROOT]
        edge = Frontier()
        for leaf in leaves:
            self.nodes |= edge.add(leaf_hash(leaf))
            self.roots.append(edge.root)

    def inclusion(self, index: int, size: int) -> list[bytes]:
        return proof(inclusion_steps(index, size), self.nodes)


REFERENCE = Tree(LEAVES)
BIG = Tree([str(number).encode() for number in range(200)])


def plain_root(leaves: list[bytes]) -> bytes:
    """The definition of the RFC, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(plain_root(leaves[:half]), plain_root(leaves[half:]))


@pytest.mark.parametrize("size", range(9))
def test_the_reference_tree_has_its_known_roots(size: int) -> None:
    assert REFERENCE.roots[size].hex() == ROOTS[size]
    assert plain_root(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "path"), INCLUSIONS)
def test_the_reference_tree_gives_its_known_inclusion_proofs(
    index: int, size: int, path: list[str]
) -> None:
    assert [each.hex() for each in REFERENCE.inclusion(index, size)] == path


@given(SIZES)
def test_a_growing_tree_has_the_root_of_the_definition(size: int) -> None:
    assert BIG.roots[size] == plain_root([str(number).encode() for number in range(size)])


@given(SIZES, st.data())
def test_every_leaf_is_proved_to_be_in_every_tree(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = BIG.inclusion(index, size)
    leaf = BIG.nodes[Place(0, index)]
    claim = {"leaf": leaf, "index": index, "size": size, "path": path, "root": BIG.roots[size]}

    assert is_included(**claim)
    assert not is_included(**claim | {"leaf": leaf_hash(b"another")})
    assert not is_included(**claim | {"root": EMPTY_ROOT})
    assert not is_included(**claim | {"path": [*path, EMPTY_ROOT]})
    assert not is_included(**claim | {"index": size})
    assert size == 1 or not is_included(**claim | {"index": (index + 1) % size})


@given(st.integers(0, 10_000))
def test_the_subtrees_of_a_log_stand_side_by_side_from_tall_to_short(size: int) -> None:
    places = subtrees(0, size)

    assert sum(1 << place.level for place in places) == size
    assert all(left.level > right.level for left, right in pairwise(places))


def test_a_proof_asks_only_for_nodes_that_are_complete() -> None:
    wanted = places_of(inclusion_steps(3, 150))

    assert wanted <= set(BIG.nodes)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_a_leaf_outside_the_log_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no entry"):
        inclusion_steps(index, size)


def test_an_edge_that_was_kept_goes_on_where_it_was() -> None:
    kept = Frontier(100, [BIG.nodes[place] for place in subtrees(0, 100)])
    kept.add(leaf_hash(b"100"))

    assert kept.root == BIG.roots[101]


def test_nothing_folds_to_the_empty_root() -> None:
    assert fold([]) == EMPTY_ROOT
