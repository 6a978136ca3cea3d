"""How many pages the office makes at the same time."""

from collections.abc import Callable
from threading import Barrier, Event, Thread

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from prongsai.office.middleware import AT_ONCE, few_at_once

LONG = 30
ASK = RequestFactory()


def in_threads(count: int, act: Callable[[], object]) -> list[Thread]:
    threads = [Thread(target=act) for _each in range(count)]
    for thread in threads:
        thread.start()
    return threads


@pytest.mark.parametrize("form", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_page_is_made_although_all_others_wait_for_something(form: str) -> None:
    are_in, may_go = Barrier(AT_ONCE + 1), Event()

    def slow(request: HttpRequest) -> HttpResponse:
        are_in.wait(LONG)
        may_go.wait(LONG)
        return HttpResponse()

    waiting = in_threads(AT_ONCE, lambda: few_at_once(slow)(ASK.post("/", "", form)))
    are_in.wait(LONG)
    answer = few_at_once(lambda request: HttpResponse("made"))(ASK.get("/"))
    is_still_waiting = all(thread.is_alive() for thread in waiting)
    may_go.set()
    for thread in waiting:
        thread.join(LONG)

    assert answer.content == b"made"
    assert is_still_waiting


def test_the_turn_of_a_page_that_failed_is_free_again() -> None:
    def broken(request: HttpRequest) -> HttpResponse:
        raise ValueError("broken")

    for _each in range(2 * AT_ONCE):
        with pytest.raises(ValueError, match="broken"):
            few_at_once(broken)(ASK.get("/"))
    seen = []
    all_in = Barrier(AT_ONCE)

    def together(request: HttpRequest) -> HttpResponse:
        seen.append(all_in.wait(LONG))
        return HttpResponse()

    for thread in in_threads(AT_ONCE, lambda: few_at_once(together)(ASK.get("/"))):
        thread.join(LONG)
    assert len(seen) == AT_ONCE
