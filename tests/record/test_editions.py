import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from prongsai.record.editions import as_utc, edition_hash, leaf_data, seal, written_moment

NOON = datetime(2026, 11, 23, 12, 0, 0, 5, tzinfo=timezone(timedelta(hours=7)))


def test_a_sealed_edition_carries_its_hash() -> None:
    sealed = seal({"title": "ประกาศ"})

    assert sealed.hash == hashlib.sha256(sealed.canonical.encode()).hexdigest()
    assert sealed.hash == edition_hash(sealed.canonical)


def test_the_salt_is_32_random_bytes_and_hides_equal_contents() -> None:
    first, second = seal({"title": "ประกาศ"}), seal({"title": "ประกาศ"})
    salts = [base64.b64decode(json.loads(each.canonical)["salt"]) for each in (first, second)]

    assert [len(salt) for salt in salts] == [32, 32]
    assert salts[0] != salts[1]
    assert first.hash != second.hash


def test_a_salt_from_outside_is_not_taken_over() -> None:
    assert json.loads(seal({"salt": "guessed"}).canonical)["salt"] != "guessed"


def test_a_leaf_is_canonical_and_says_no_more_than_it_must() -> None:
    leaf = leaf_data(
        seq=7, at=NOON, action="published", number="2569-00003", version=1, edition="ab" * 32
    )

    assert leaf.decode() == (
        '{"action":"published","at":"2026-11-23T05:00:00.000005Z","edition":"' + "ab" * 32 + '",'
        '"number":"2569-00003","seq":7,"version":1}'
    )


def test_moments_are_written_in_utc_with_microseconds() -> None:
    assert written_moment(NOON) == "2026-11-23T05:00:00.000005Z"
    assert written_moment(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00.000000Z"


def test_a_moment_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        written_moment(NOON.replace(tzinfo=None))


@pytest.mark.parametrize(
    "stored",
    [
        "2026-11-23 05:00:00.000005",
        datetime(2026, 11, 23, 5, 0, 0, 5, tzinfo=UTC).replace(tzinfo=None),
        NOON,
    ],
)
def test_a_stored_moment_is_the_same_moment_however_the_database_gives_it(
    stored: datetime | str,
) -> None:
    assert as_utc(stored) == NOON
    assert as_utc(stored).tzinfo == UTC
