"""The worker's part: one pack after the other, made beside its turns."""

import time
from datetime import datetime
from functools import partial

from django.conf import settings
from django.utils import timezone
from django.utils.timezone import localdate

from prongsai.files.tasks import SlowTask
from prongsai.letters.render import CannotSet
from prongsai.monitoring.assembling.actions import (
    begin_pack,
    fail_pack,
    finish_pack,
    next_packs,
    throw_away_packs,
)
from prongsai.monitoring.assembling.camera import Camera, find, remove_leftovers
from prongsai.monitoring.assembling.files import clear, pack_path, teller
from prongsai.monitoring.assembling.making import Order, Outcome, Step, Stopped, Tell, make
from prongsai.monitoring.assembling.states import PackProblem
from prongsai.monitoring.models import EvidencePack
from prongsai.monitoring.packing import pack_rows
from prongsai.record.owed import Group, newest_group

SECONDS_BETWEEN_LOOKS = 1.0
# No picture takes so long.
SECONDS_OF_A_PROFILE = 3600.0


class PackMaking:
    """Asked for the next pack. Only one worker makes packs at a time (`files.places` is its alone)."""

    def __init__(self) -> None:
        self._camera = camera_here()
        self._next_look = 0.0
        self._is_stopping = False

    def __call__(self) -> SlowTask | None:
        if time.monotonic() < self._next_look:
            return None
        self._next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS
        at = timezone.now()
        throw_away_packs(at=at)
        for pack in next_packs():
            if begin_pack(pack=pack, at=at) and (task := self._task(pack, at)):
                return task
        return None

    def stop(self) -> None:
        """What is under way is left: the next worker begins it again."""
        self._is_stopping = True
        if self._camera:
            self._camera.abort()

    def _task(self, pack: EvidencePack, at: datetime) -> SlowTask | None:
        group = newest_group(pack.instrument_key)
        if group is None:
            fail_pack(pack=pack, problem=PackProblem.CANNOT_SET, at=at)
            return None
        return SlowTask(
            name=f"make the pack of {pack.instrument_key}",
            run=partial(self._make, _order(group, at), pack),
            done=partial(_made, pack),
            failed=partial(_not_made, pack),
        )

    def _make(self, order: Order, pack: EvidencePack) -> Outcome:
        tell = self._telling(teller(pack.ref))
        return make(order, self._camera, pack_path(pack.ref), tell=tell, clock=timezone.now)

    def _telling(self, tell: Tell) -> Tell:
        def said(step: Step) -> None:
            if self._is_stopping:
                raise Stopped
            tell(step)

        return said


def camera_here() -> Camera | None:
    """None where there is no browser, or where it could not shut itself in and nobody allowed that."""
    program = find(settings.CHROMIUM)
    if program is None:
        return None
    remove_leftovers(before=time.time() - SECONDS_OF_A_PROFILE)
    camera = Camera(program, sandbox=settings.CHROMIUM_SANDBOX)
    return camera if camera.may_run else None


def _order(group: Group, at: datetime) -> Order:
    return Order(
        name=group.instrument.key,
        heading=group.instrument.name_th,
        body=str(settings.MUNICIPALITY["name_th"]),
        made_on=localdate(at),
        origin=settings.PORTAL_URL,
        rows=pack_rows(group.lines),
    )


def _made(pack: EvidencePack, outcome: Outcome, at: datetime) -> None:
    finish_pack(pack=pack, outcome=outcome, at=at)


def _not_made(pack: EvidencePack, error: Exception, at: datetime) -> None:
    """Called off, or left to the next worker; what cannot be set would end the same way again."""
    if isinstance(error, Stopped):
        clear(pack.ref)
    elif isinstance(error, CannotSet):
        fail_pack(pack=pack, problem=PackProblem.CANNOT_SET, at=at)
