"""Takes signed lists of duties in, and decides which one holds. What was bound to a duty stays bound whatever holds."""

import hashlib
import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from prongsai.disclosures.tidy import line
from prongsai.monitoring.data_packs import (
    CannotAdopt,
    Unfit,
    adopted,
    lay_out,
    opened,
    refuse_unfit,
    sheet_of,
)
from prongsai.monitoring.models import Adoption, DataPack
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import Blocker

logger = logging.getLogger(__name__)


def receive_pack(*, raw: bytes, by: Actor, at: datetime) -> DataPack:
    """Keep what a trusted key signed; nothing holds by that. The same file again is the same row.

    Raises `CannotAdopt`.
    """
    with refusals_recorded(by=by, at=at, verb="receive_pack"):
        pack = opened(raw)
        key = pack.sheet.instrument.key
        refuse_unfit(pack.sheet)
        row, is_new = DataPack.objects.get_or_create(
            sha256=hashlib.sha256(raw).hexdigest(),
            defaults={
                "instrument_key": key,
                "edition": pack.sheet.instrument.edition,
                "note": raw.decode("utf-8-sig").replace("\r\n", "\n"),
                "signer": pack.signer,
                "received_at": at,
                "received_by_id": by.person_id,
            },
        )
        if is_new:
            details = {"edition": row.edition, "signer": row.signer, "sha256": row.sha256}
            record_act(by=by, at=at, verb="receive_pack", subject=f"list:{key}", details=details)
    return row


def adopt(
    *, instrument_key: str, pack: DataPack | None, reason: str, by: Actor, at: datetime
) -> Adoption:
    """From now on this pack's list holds, or without a pack the one that the system brings.

    Whoever goes back, to an older edition or to the system's, says why. Raises `CannotAdopt`.
    """
    subject = f"list:{instrument_key}"
    with refusals_recorded(by=by, at=at, verb="adopt_list", subject=subject):
        reason = line(reason)
        _refuse(instrument_key, pack, reason)
        row = Adoption.objects.create(
            instrument_key=instrument_key,
            pack=pack,
            reason=reason,
            adopted_at=at,
            adopted_by_id=by.person_id,
        )
        details = {"edition": pack.edition if pack else 0, "reason": row.reason}
        record_act(by=by, at=at, verb="adopt_list", subject=subject, details=details)
    transaction.on_commit(lay_out_now)
    return row


def _refuse(instrument_key: str, pack: DataPack | None, reason: str) -> None:
    before = adopted().get(instrument_key)
    if before == pack:
        raise CannotAdopt([Blocker(Unfit.STANDS_ALREADY)])
    if pack is not None:
        # Another file may have come into the folder since it was received.
        refuse_unfit(sheet_of(pack))
    # Also from the system's own list to an edition before one that was held: an old file is not news again.
    goes_back = pack is None or pack.edition < _newest_edition(instrument_key)
    if goes_back and not reason:
        raise CannotAdopt([Blocker(Unfit.NO_REASON)])


def _newest_edition(instrument_key: str) -> int:
    """Of those that held at any time; 0 where none did."""
    held = DataPack.objects.filter(instrument_key=instrument_key, adoptions__isnull=False)
    return held.aggregate(newest=Max("edition"))["newest"] or 0


def lay_out_now() -> None:
    """The decision stands; where its file cannot be written now, the worker tries again with its next look."""
    try:
        lay_out()
    except OSError:
        logger.exception("the adopted list of duties could not be written")
