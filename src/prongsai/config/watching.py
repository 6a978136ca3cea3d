"""What the worker looks at beside its turns: addresses as citizens open them, published content, and its links."""

from datetime import datetime

from prongsai.config.slow_work import SlowWork
from prongsai.monitoring.condition.tasks import LinkAsking, Looking
from prongsai.monitoring.tasks import Probing


class Watching:
    """Lanes of their own: nobody waits for them, and a site that answers slowly delays none of the others."""

    def __init__(self) -> None:
        self._asking = LinkAsking()
        self._lanes = (SlowWork(Probing()), SlowWork(Looking()), SlowWork(self._asking))

    def turn(self, *, at: datetime) -> None:
        for lane in self._lanes:
            lane.turn(at=at)

    def stop(self) -> None:
        """What is under way is left: the next worker begins it again."""
        self._asking.stop()
        for lane in self._lanes:
            lane.stop()
