"""Values made often are what frozen dataclasses are; what many share is derived from once."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace
from datetime import date
from inspect import signature

import pytest

from palkkio.core.days import DateRange
from palkkio.core.once import Once
from palkkio.core.slots import made_often


@made_often
@dataclass(frozen=True, slots=True)
class Leaf:
    name: str
    size: int = 3

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError("A leaf has a size")


def test_a_value_made_often_is_made_compared_and_replaced_as_a_dataclass():
    leaf = Leaf("oak")
    assert (leaf.name, leaf.size) == ("oak", 3)
    assert leaf == Leaf(size=3, name="oak") != Leaf("oak", 4)
    assert hash(leaf) == hash(Leaf("oak"))
    assert repr(replace(leaf, size=5)).endswith("Leaf(name='oak', size=5)")
    assert pickle.loads(pickle.dumps(leaf)) == copy.deepcopy(leaf) == leaf
    assert list(signature(Leaf).parameters) == ["name", "size"]


def test_it_stays_frozen_and_checked():
    leaf = Leaf("oak")
    with pytest.raises(FrozenInstanceError):
        leaf.size = 4  # type: ignore[misc]
    with pytest.raises(ValueError, match="size"):
        Leaf("oak", -1)
    with pytest.raises(TypeError, match="name"):
        Leaf()  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="at least one day"):
        DateRange(date(2026, 5, 2), date(2026, 5, 1))


def test_a_field_with_a_factory_is_refused():
    @dataclass(frozen=True, slots=True)
    class Tree:
        leaves: list[Leaf] = field(default_factory=list)

    with pytest.raises(TypeError, match="leaves"):
        made_often(Tree)


def test_one_object_is_derived_from_once_and_an_equal_one_anew():
    asked: list[Leaf] = []

    def size(leaf: Leaf) -> int:
        asked.append(leaf)
        return leaf.size

    once = Once(size, most=2)
    oak, birch, elm = Leaf("oak"), Leaf("birch", 4), Leaf("elm", 5)
    assert [once(each) for each in (oak, oak, birch, oak, Leaf("oak"))] == [3, 3, 4, 3, 3]
    assert [once(each) for each in (elm, oak, elm)] == [5, 3, 5]
    assert len(asked) == 6  # at most two are kept
