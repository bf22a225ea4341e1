"""Sealed values and files."""

from __future__ import annotations

import pytest

from palkkio.core.sealing import KeyRing, SealError

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
CODE = "010170-999R"


def test_a_sealed_value_opens_and_says_nothing() -> None:
    ring = KeyRing({"a": OLD})
    sealed = ring.seal(CODE)
    assert ring.open(sealed) == CODE
    assert CODE not in sealed
    assert ring.seal(CODE) == sealed  # saving again changes nothing
    assert ring.seal("") == ring.open("") == ""


def test_a_value_sealed_before_the_keys_were_changed_opens_and_is_found() -> None:
    before, after = KeyRing({"a": OLD}), KeyRing({"b": NEW, "a": OLD})
    sealed = before.seal(CODE)
    assert after.open(sealed) == CODE
    assert before.digests(CODE)[0] in after.digests(CODE)
    assert not after.is_current(sealed)
    assert after.is_current(after.seal(CODE))


@pytest.mark.parametrize("sealed", ["010170-999R", "b:AAAA", "a:AAAA", "a:not base64", "nothing"])
def test_what_is_not_sealed_with_a_key_of_the_ring_is_refused(sealed: str) -> None:
    with pytest.raises(SealError):
        KeyRing({"a": OLD}).open(sealed)


def test_a_changed_value_or_file_is_refused() -> None:
    ring = KeyRing({"a": OLD})
    value, file = ring.seal(CODE), ring.seal_file(b"%PDF " + CODE.encode())
    with pytest.raises(SealError):
        ring.open(value[:-3] + ("A" if value[-3] != "A" else "B") + value[-2:])
    with pytest.raises(SealError):
        ring.open_file(file[:-1] + bytes([file[-1] ^ 1]))
    with pytest.raises(SealError):
        ring.open_file(b"%PDF")


def test_a_sealed_file_opens_says_nothing_and_differs_each_time() -> None:
    before, after = KeyRing({"a": OLD}), KeyRing({"b": NEW, "a": OLD})
    sealed = before.seal_file(CODE.encode())
    assert after.open_file(sealed) == CODE.encode()
    assert CODE.encode() not in sealed
    assert before.seal_file(CODE.encode()) != sealed
    assert before.is_current(sealed)
    assert not after.is_current(sealed)


def test_digests_need_the_key() -> None:
    assert set(KeyRing({"a": OLD}).digests(CODE)).isdisjoint(KeyRing({"a": NEW}).digests(CODE))


@pytest.mark.parametrize("keys", [{}, {"a": b"short"}, {"a:b": OLD}])
def test_a_key_ring_needs_whole_keys(keys: dict[str, bytes]) -> None:
    with pytest.raises(ValueError, match="key"):
        KeyRing(keys)
