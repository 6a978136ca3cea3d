"""Procurement as OCDS 1.1.5: all current tables as releases or records, and one item's."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from prongsai.portal.ocds.editions import source_of, sources
from prongsai.portal.ocds.mapping import Buyer
from prongsai.portal.ocds.packages import record_package, release_package
from prongsai.portal.views.api import answer, gone_or_unknown, public_url
from prongsai.record import queries

# A prefix is registered with the Open Contracting Partnership; this one says that it is not.
UNREGISTERED = "ocds-unregistered"


def buyer() -> Buyer:
    """The municipality, as `municipality.toml` has it."""
    about: dict[str, Any] = settings.MUNICIPALITY
    return Buyer(
        key=about["code"],
        name=about["name_th"],
        prefix=about.get("ocid_prefix") or UNREGISTERED,
        base=settings.PORTAL_URL,
        street=about.get("address_th", ""),
        phone=about.get("phone", ""),
        email=about.get("email", ""),
    )


def release_list(request: HttpRequest) -> HttpResponse:
    return _packed(release_package(public_url("ocds_releases"), sources(), buyer()))


def record_list(request: HttpRequest) -> HttpResponse:
    return _packed(record_package(public_url("ocds_records"), sources(), buyer()))


def item(request: HttpRequest, number: str) -> HttpResponse:
    source = source_of(number)
    if source is None and queries.tombstone(number):
        return gone_or_unknown(number)
    address = public_url("ocds_item", number=number)
    return _packed(release_package(address, [source] if source else [], buyer()))


def _packed(package: dict[str, Any] | None) -> JsonResponse:
    if package is None:
        message = "ยังไม่มีตารางจัดซื้อจัดจ้างที่เผยแพร่ในรูป OCDS"
        return answer({"error": "not_found", "message": message}, status=404)
    return answer(package)
