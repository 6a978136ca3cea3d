"""From a row of a procurement table to an OCDS release. Plain values; the standard's words are in English."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from prongsai.thai.dates import BANGKOK

Json = dict[str, Any]
Row = Mapping[str, Any]
CURRENCY = "THB"
# What each form tells of a process, by the standard's own words for the stages.
STAGES: Mapping[str, tuple[str, ...]] = {
    "procurement-plan": ("planning",),
    "reference-prices": ("planning", "tender"),
    "invitations": ("planning", "tender"),
    "winners": ("tender", "award"),
    "contracts": ("tender", "award", "contract"),
    "skr1": ("planning", "tender", "award", "contract"),
    "ita-procurement": ("planning", "tender", "award"),
    "quarterly-winners": ("tender", "award"),
}
# The standard's closed list knows four methods; ours go out in words beside them.
METHODS = {
    "e_bidding": "open",
    "e_market": "open",
    "open_bid": "open",
    "selective": "selective",
    "specific": "direct",
}
# Where a form says how far it is; elsewhere that follows from the form.
_TENDER_STATUS = {
    "procurement-plan": "planned",
    "reference-prices": "planned",
    "invitations": "active",
}
_SAID_STATUS = {"not_begun": "active", "cancelled": "cancelled"}
_PRICES = ("agreed_price", "offered_price", "amount")
_AWARD_DATES = ("selected_date", "document_date")


@dataclass(frozen=True)
class Buyer:
    """The municipality: whose `prefix` begins every ocid, and `base` every address."""

    key: str
    name: str
    prefix: str
    base: str
    street: str = ""
    phone: str = ""
    email: str = ""

    def reference(self) -> Json:
        return {"id": self.key, "name": self.name}

    def party(self) -> Json:
        contact = {"name": self.name, "telephone": self.phone, "email": self.email}
        address = {"streetAddress": self.street, "countryName": "ประเทศไทย"}
        return {
            **self.reference(),
            "roles": ["buyer"],
            "address": _told(address),
            "contactPoint": _told(contact),
        }


@dataclass(frozen=True)
class Source:
    """An edition with a table; `document` as the record has it."""

    number: str
    version: int
    document: Mapping[str, Any]

    @cached_property
    def table(self) -> Mapping[str, Any]:
        table = self.document.get("table")
        return table if isinstance(table, Mapping) else {}

    @property
    def form(self) -> str:
        return str(self.table.get("form", ""))

    @property
    def date(self) -> str:
        """When it was published, in Thailand's time."""
        said = datetime.fromisoformat(self.document["published_at"])
        return said.astimezone(BANGKOK).isoformat(timespec="seconds")

    def words(self, key: str, value: str) -> str:
        """A choice as its table words it."""
        columns = {column["key"]: column for column in self.table["columns"]}
        choices = columns.get(key, {}).get("choices", ())
        return next((each["th"] for each in choices if each["value"] == value), value)


def releases(source: Source, buyer: Buyer) -> Iterator[Json]:
    """One for each row: a row speaks of one process."""
    for place, row in enumerate(source.table["rows"], start=1):
        yield _release(source, buyer, row, place)


def _release(source: Source, buyer: Buyer, row: Row, place: int) -> Json:
    # The number in the state's own system joins what several tables say of one process.
    egp = row.get("egp_number")
    process = f"egp-{egp}" if egp else f"{source.number}-{place}"
    ocid = f"{buyer.prefix}-{process}"
    stages = STAGES[source.form]
    is_awarded = "award" in stages and bool(row.get("winner")) and row.get("status") != "cancelled"
    supplier = _supplier(row) if is_awarded else None
    said = {
        "ocid": ocid,
        "id": f"{process}-{source.number}-v{source.version}-{place}",
        "date": source.date,
        "tag": _tags(stages, is_awarded),
        "initiationType": "tender",
        "language": "th",
        "parties": [buyer.party(), *([_party(supplier)] if supplier else [])],
        "buyer": buyer.reference(),
        "planning": _planning(row),
        "tender": _tender(source, buyer, row, process),
    }
    if supplier:
        said["awards"] = [_award(row, process, supplier)]
    if supplier and "contract" in stages:
        said["contracts"] = [_contract(row, process, supplier)]
    return _told(said)


def _tags(stages: tuple[str, ...], is_awarded: bool) -> list[str]:
    """`planning` stands alone: with a tender it is no planning process any more."""
    if stages == ("planning",):
        return ["planning"]
    return [tag for tag in stages if tag != "planning" and (is_awarded or tag == "tender")]


def _planning(row: Row) -> Json:
    amount = _value(row.get("budget"))
    budget = _told({"description": row.get("money_source"), "amount": amount})
    return _told({"budget": budget})


def _tender(source: Source, buyer: Buyer, row: Row, process: str) -> Json:
    method = row.get("method")
    status = _SAID_STATUS.get(str(row.get("status")), _TENDER_STATUS.get(source.form, "complete"))
    period = {
        "startDate": _moment(row.get("announced_date")),
        "endDate": _moment(row.get("closing_date")),
    }
    return _told(
        {
            "id": process,
            "title": row.get("work"),
            "status": status,
            "value": _value(row.get("reference_price")),
            "procurementMethod": METHODS.get(str(method)),
            "procurementMethodDetails": source.words("method", method) if method else None,
            "tenderPeriod": _told(period),
            "contractPeriod": _told({"startDate": _moment(row.get("expected_date"))}),
            "documents": [
                {
                    "id": source.number,
                    "title": source.document.get("title"),
                    "url": f"{buyer.base}/p/{source.number}/",
                    "datePublished": source.date,
                    "format": "text/html",
                    "language": "th",
                }
            ],
        }
    )


def _award(row: Row, process: str, supplier: Json) -> Json:
    price = next((row[name] for name in _PRICES if row.get(name)), None)
    day = next((row[name] for name in _AWARD_DATES if row.get(name)), None)
    return _told(
        {
            "id": _award_id(process, supplier),
            "title": row.get("work"),
            "description": row.get("reason"),
            "status": "active",
            "date": _moment(day),
            "value": _value(price),
            "suppliers": [{"id": supplier["id"], "name": supplier["name"]}],
        }
    )


def _award_id(process: str, supplier: Json) -> str:
    """One for each winner: awards of one name would be merged, with the last one's price for all."""
    return f"{process}-award-{supplier['id']}"


def _contract(row: Row, process: str, supplier: Json) -> Json:
    period = {
        "startDate": _moment(row.get("contract_date")),
        "endDate": _moment(row.get("end_date")),
    }
    return _told(
        {
            "id": row.get("contract_number") or f"{process}-contract-{supplier['id']}",
            "awardID": _award_id(process, supplier),
            "title": row.get("work"),
            "status": "active",
            "value": _value(row.get("agreed_price")),
            "dateSigned": _moment(row.get("contract_date")),
            "period": _told(period) if period["endDate"] else None,
        }
    )


def _supplier(row: Row) -> Json:
    """Known by name, as not every form has a number; a number is told of juristic persons alone, never a masked one."""
    name, tax_id = " ".join(row["winner"].split()), str(row.get("tax_id", ""))
    digest = hashlib.sha256(name.encode()).hexdigest()[:16]
    return {"id": f"name-{digest}", "name": name, "tax_id": tax_id if tax_id[:1] == "0" else ""}


def _party(supplier: Json) -> Json:
    identifier = {"id": supplier["tax_id"], "legalName": supplier["name"]}
    return _told(
        {
            "id": supplier["id"],
            "name": supplier["name"],
            "identifier": identifier if supplier["tax_id"] else None,
            "roles": ["supplier"],
        }
    )


def _value(amount: str | None) -> Json | None:
    if not amount:
        return None
    exact = Decimal(amount)
    whole = exact == exact.to_integral_value()
    return {"amount": int(exact) if whole else float(exact), "currency": CURRENCY}


def _moment(day: str | None) -> str | None:
    """The beginning of that day in Thailand: the standard knows no days without hours."""
    return f"{day}T00:00:00+07:00" if day else None


def _told(values: Mapping[str, Any]) -> Json:
    """Without what is not said: the standard wants no empty fields."""
    return {key: value for key, value in values.items() if value not in (None, "", {}, [])}
