"""One long task at a time, beside the worker's turns, so that nobody's publication waits for somebody's scan."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Any

from prongsai.files.tasks import SlowTask, TaskSource

logger = logging.getLogger(__name__)


class SlowWork:
    """Asks its source again and again. What has begun when the worker stops is begun again by the next one."""

    def __init__(self, source: TaskSource) -> None:
        self._source = source
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="slow-work")
        self._begun: tuple[SlowTask, Future[Any]] | None = None

    @property
    def is_busy(self) -> bool:
        return self._begun is not None

    def turn(self, *, at: datetime) -> bool:
        """Note what is finished and begin what is next; True when anything was finished or begun."""
        is_finished = self._finish(at)
        return self._begin() or is_finished

    def stop(self) -> None:
        """Waits for nothing: the child process that is at work is ended by whoever owns it."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _finish(self, at: datetime) -> bool:
        if self._begun is None or not self._begun[1].done():
            return False
        task, future = self._begun
        self._begun = None
        error = future.exception()
        if error is None:
            task.done(future.result(), at)
        elif isinstance(error, Exception):
            logger.warning("could not %s: %s", task.name, error)
            task.failed(error, at)
        return True

    def _begin(self) -> bool:
        if self._begun is not None:
            return False
        task = self._source()
        if task is not None:
            self._begun = (task, self._thread.submit(task.run))
        return task is not None
