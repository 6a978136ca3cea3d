import base64
import json

import pytest

from prongsai.record import merkle
from prongsai.record.keys import log_key
from prongsai.record.notes import Verifier, open_checkpoint
from prongsai.record.tiles import unbundle
from tests.portal.visitor import Visitor
from tests.record.factories import corrected, published, recalled
from tests.record.proofs import is_included


def test_the_log_page_explains_and_shows_the_head(citizen: Visitor) -> None:
    entry = published()
    corrected(entry.number)
    text = citizen.get("/log/").text

    assert "ตรวจได้อย่างไรว่าข้อมูลไม่ถูกแก้ย้อนหลัง" in text
    assert "มี 2 บันทึก" in text
    assert "prongsai verify --url https://www.tangjai.example" in text


def test_an_empty_log_says_so(citizen: Visitor) -> None:
    assert "ยังไม่มีบันทึก" in citizen.get("/log/").text
    assert citizen.get("/log/checkpoint").status == 404
    assert citizen.get("/log/key").status == 404


def test_the_checkpoint_can_be_checked_with_the_key(citizen: Visitor) -> None:
    published()
    key = citizen.get("/log/key").text.strip()
    head = open_checkpoint(citizen.get("/log/checkpoint").text, Verifier.parse(key))

    assert (key, head.size) == (log_key(), 1)


def test_the_proof_of_an_entry_leads_to_the_signed_root(citizen: Visitor) -> None:
    for _ in range(5):
        published()
    proof = citizen.get("/log/entries/3.json").json
    leaf = merkle.leaf_hash(proof["leaf_data"].encode())
    path = [bytes.fromhex(each) for each in proof["path"]]
    head = open_checkpoint(proof["checkpoint"], Verifier.parse(log_key()))

    assert leaf.hex() == proof["leaf_hash"]
    assert is_included(leaf=leaf, index=3, size=head.size, path=path, root=head.root)


@pytest.mark.parametrize("address", ["/log/entries/0/", "/p/{}/proof/", "/en/p/{}/proof/"])
def test_a_proof_is_explained_in_words(citizen: Visitor, address: str) -> None:
    entry = published()
    answer = citizen.get(address.format(entry.number))

    assert answer.status == 200
    assert entry.leaf_hash in answer.text
    assert "/log/entries/0.json" in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "/log/entries/1/",
        "/log/entries/1.json",
        "/log/entries/99999999999999999999/",
        "/log/tile/0/001",
        "/log/tile/0/000.p/2",
        "/log/tile/9/000",
        "/log/tile/../../etc/passwd",
        f"/log/editions/{'0' * 64}",
        "/log/editions/abc",
    ],
)
def test_what_is_not_in_the_log_is_not_found(citizen: Visitor, address: str) -> None:
    published()

    assert citizen.get(address).status == 404


def test_tiles_and_bundles_hold_the_entries(citizen: Visitor) -> None:
    entries = [published() for _ in range(3)]
    hashes = citizen.get("/log/tile/0/000.p/3").body
    leaves = unbundle(citizen.get("/log/tile/entries/000.p/3").body)

    assert hashes.hex() == "".join(entry.leaf_hash for entry in entries)
    assert [json.loads(leaf)["number"] for leaf in leaves] == [entry.number for entry in entries]


def test_an_edition_is_served_until_a_recall_erases_it(citizen: Visitor) -> None:
    entry = published(title="รายชื่อผู้ป่วย")
    address = f"/log/editions/{entry.edition_id}"
    before = citizen.get(address)
    recalled(entry.number)
    after = citizen.get(address)

    assert (before.status, before.json["title"]) == (200, "รายชื่อผู้ป่วย")
    assert (after.status, after.json) == (410, {})


def test_checkpoint_notes_are_text_with_a_signature(citizen: Visitor) -> None:
    published()
    answer = citizen.get("/log/checkpoint")
    signature = answer.text.rstrip("\n").rpartition(" ")[2]

    assert answer["content-type"] == "text/plain; charset=utf-8"
    assert len(base64.b64decode(signature)) == 4 + 64
