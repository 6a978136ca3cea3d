"""A pack with pictures: asked for once, made by the worker, called off, begun again, gone with a recall or a day."""

import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener
from uuid import uuid4
from zipfile import ZipFile

import pytest
from PIL import Image

from prongsai.letters.render import CannotSet
from prongsai.monitoring.assembling import actions
from prongsai.monitoring.assembling.camera import (
    PREFIX,
    Camera,
    CannotPicture,
    find,
    remove_leftovers,
)
from prongsai.monitoring.assembling.files import member, pack_path, step_of, step_path, teller
from prongsai.monitoring.assembling.making import PICTURING, Order, Step, Stopped, make
from prongsai.monitoring.assembling.portal_only import path_within, way_to
from prongsai.monitoring.assembling.states import PackProblem, PackState
from prongsai.monitoring.assembling.tasks import PackMaking
from prongsai.monitoring.models import EvidencePack
from prongsai.monitoring.packing import PackRow
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from tests.factories import NOW
from tests.monitoring.doors import portal_that_knows, serving
from tests.monitoring.sites import closed_port
from tests.record.factories import observed, part, published, recalled

pytestmark = pytest.mark.django_db(databases=["default", "record"])
BY, LIST = Actor.system("test"), "ita-oit-2569"


@pytest.fixture
def number() -> str:
    found = published().number
    observed("ita-oit-2569-o2", "met", part(evidence=[{"number": found, "version": 1}]))
    return found


def asked() -> EvidencePack:
    return actions.ask_for_pack(instrument=LIST, by=BY, at=NOW)


def made(settings: Any, known: frozenset[str] = frozenset({"/"})) -> EvidencePack:
    """As the worker would, in this very thread, on a machine without a browser."""
    settings.CHROMIUM = "off"
    pack = asked()
    with portal_that_knows(known) as origin:
        settings.PORTAL_URL = origin
        task = PackMaking()()
        assert task is not None
        task.done(task.run(), NOW)
    pack.refresh_from_db()
    return pack


def test_asking_twice_makes_one_pack() -> None:
    assert asked() == asked()
    assert EvidencePack.objects.count() == 1


def test_what_is_finished_is_called_off_no_more(number: str, settings: Any) -> None:
    pack = made(settings)
    actions.call_off_pack(pack=pack, by=BY, at=NOW)
    pack.refresh_from_db()
    assert pack.state == PackState.READY
    assert not Act.objects.filter(verb="call_off_pack").exists()


def test_the_three_files_come_together_and_say_that_there_are_no_pictures(
    number: str, settings: Any
) -> None:
    pack = made(settings)
    assert (pack.state, pack.troubles, pack.pages, pack.pictures) == (PackState.READY, [], 2, 0)
    with ZipFile(pack_path(pack.ref)) as files:
        assert files.namelist() == [f"{LIST}.{form}" for form in ("pdf", "xlsx", "csv")]
        assert number.encode() in files.read(f"{LIST}.csv")
    assert not step_path(pack.ref).exists()


def test_a_dead_address_is_kept_with_the_pack(number: str, settings: Any) -> None:
    pack = made(settings, frozenset({"/transparency/"}))
    assert [(each["path"], each["status"]) for each in pack.troubles] == [(f"/p/{number}/", 404)]
    assert pack.pages == 1


def test_a_pack_that_is_called_off_is_thrown_away_though_it_is_finished(
    number: str, settings: Any
) -> None:
    settings.CHROMIUM = "off"
    pack = asked()
    with portal_that_knows({"/"}) as origin:
        settings.PORTAL_URL = origin
        task = PackMaking()()
        assert task is not None
        outcome = task.run()
    actions.call_off_pack(pack=pack, by=BY, at=NOW)
    task.done(outcome, NOW)
    pack.refresh_from_db()
    assert (pack.state, pack_path(pack.ref).exists()) == (PackState.CALLED_OFF, False)


def test_taking_the_step_away_stops_whoever_is_at_it(number: str) -> None:
    pack = asked()
    tell = teller(pack.ref)
    tell(Step("checking", 1, 2))
    actions.call_off_pack(pack=pack, by=BY, at=NOW)
    with pytest.raises(Stopped):
        tell(Step("checking", 2, 2))
    assert not step_path(pack.ref).exists()


def test_a_dead_worker_s_pack_is_begun_again_three_times(number: str, settings: Any) -> None:
    settings.CHROMIUM = "off"
    pack = asked()
    begun = [PackMaking()() is not None for _worker in range(4)]
    pack.refresh_from_db()
    assert begun == [True, True, True, False]
    assert (pack.state, pack.problem) == (PackState.FAILED, PackProblem.ENDED)


def test_a_recall_takes_the_pack_with_it(number: str, settings: Any) -> None:
    pack = made(settings)
    recalled(number)
    assert actions.end_of(pack, at=NOW) == PackProblem.RECALLED
    assert actions.throw_away_packs(at=NOW) == 1
    assert not pack_path(pack.ref).exists()


def test_a_pack_is_kept_for_a_day(number: str, settings: Any) -> None:
    pack = made(settings)
    assert actions.throw_away_packs(at=NOW + timedelta(hours=23)) == 0
    assert actions.throw_away_packs(at=NOW + timedelta(hours=25)) == 1
    pack.refresh_from_db()
    assert (pack.state, pack.problem) == (PackState.GONE, PackProblem.TOO_OLD)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("http://portal.example:8000/p/1/?a=b", "/p/1/?a=b"),
        ("http://portal.example:8000", "/"),
        ("http://portal.example/", None),
        ("http://portal.example:8001/", None),
        ("https://portal.example:8000/", None),
        ("http://portal.example:8000@elsewhere.example/", None),
        ("http://[broken/", None),
        ("/p/1/", None),
    ],
)
def test_only_the_portal_is_led_to(address: str, path: str | None) -> None:
    assert path_within(("http", "portal.example", 8000), address) == path


def test_the_proxy_takes_scripts_from_a_page() -> None:
    with portal_that_knows({"/"}) as origin, way_to(origin) as proxy:
        answer = build_opener(ProxyHandler({"http": proxy})).open(f"{origin}/")
    assert answer.headers["Content-Security-Policy"] == "script-src 'none'"


@pytest.mark.parametrize("wanted", ["off", "no-such-browser"])
def test_without_a_browser_there_is_none(wanted: str) -> None:
    assert find(wanted) is None


@contextmanager
def page(html: str, seen: list[str]) -> Iterator[str]:
    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with serving(Door) as address:
        yield address


@pytest.mark.browser
def test_a_picture_is_taken_of_the_portal_and_nothing_else_is_asked() -> None:
    elsewhere: list[str] = []
    program = find("")
    assert program is not None
    # Tests run as root in containers, where Chromium cannot shut itself in.
    camera = Camera(program, sandbox=False)
    with page("", elsewhere) as other:
        html = (
            f'<body style="background:#00f"><img src="{other}/tracked.png">'
            f'<script>fetch("{other}/scripted")</script>'
        )
        with page(html, []) as origin, camera.looking_at(origin):
            png = camera.picture("/p/2569-00001/")
    with Image.open(BytesIO(png)) as picture:
        assert picture.size == (1280, 800)
        assert picture.convert("RGB").getpixel((600, 600)) == (0, 0, 255)
    assert elsewhere == []


def test_a_browser_that_hangs_or_is_none_gives_no_picture() -> None:
    camera = Camera("true", sandbox=True)
    with camera.looking_at("http://127.0.0.1:1"), pytest.raises(CannotPicture):
        camera.picture("/")


def test_what_a_killed_worker_left_is_cleared_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for name in (f"{PREFIX}left", "of somebody else"):
        (tmp_path / name).mkdir()
    remove_leftovers(before=time.time() - 3600)
    assert len(list(tmp_path.iterdir())) == 2
    remove_leftovers(before=time.time() + 3600)
    assert [path.name for path in tmp_path.iterdir()] == ["of somebody else"]


@pytest.mark.parametrize(
    ("user", "sandbox", "may"), [(0, True, False), (0, False, True), (1000, True, True)]
)
def test_as_root_a_browser_runs_without_its_sandbox_only_where_that_is_set(
    monkeypatch: pytest.MonkeyPatch, user: int, sandbox: bool, may: bool
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: user)
    assert Camera("true", sandbox=sandbox).may_run is may


def test_a_worker_that_stops_leaves_the_pack_to_the_next(number: str, settings: Any) -> None:
    settings.CHROMIUM, settings.PORTAL_URL = "off", "http://127.0.0.1:1"
    pack, worker = asked(), PackMaking()
    task = worker()
    assert task is not None
    worker.stop()
    with pytest.raises(Stopped):
        task.run()
    pack.refresh_from_db()
    assert pack.state == PackState.ASKED
    assert PackMaking()() is not None


BROWSER = """#!/bin/sh
for said; do case "$said" in --screenshot=*) target="${said#*=}";; esac; done
case "$said" in *good*) cp PICTURE "$target";; *broken*) echo no picture > "$target";; esac
"""


@pytest.mark.parametrize(
    ("names", "taken", "tried"),
    [
        ("good bad broken good", 2, 4),
        # Three in a row without a picture: then it is the browser that does not work.
        ("good bad broken bad good", 1, 4),
        ("bad bad good bad bad good", 2, 6),
        ("bad bad bad good", 0, 3),
    ],
)
def test_a_browser_that_fails_three_times_in_a_row_is_asked_no_more(
    tmp_path: Path, names: str, taken: int, tried: int
) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "picture.png")
    program = tmp_path / "browser"
    program.write_text(BROWSER.replace("PICTURE", str(tmp_path / "picture.png")))
    program.chmod(0o700)
    paths = tuple(f"/{name}/{place}/" for place, name in enumerate(names.split()))
    row = PackRow("O2", "ผู้บริหาร", True, True, "ครบถ้วน", paths, "")
    steps: list[Step] = []
    with portal_that_knows({"/"}) as origin:
        order = Order(LIST, "รายการ", "เทศบาล", NOW.date(), origin, [row])
        camera = Camera(str(program), sandbox=False)
        outcome = make(order, camera, tmp_path / "a.zip", tell=steps.append, clock=lambda: NOW)
    assert (outcome.pages, outcome.pictures) == (len(paths), taken)
    assert [step.done for step in steps if step.name == PICTURING] == list(range(1, tried + 1))


@contextmanager
def echo() -> Iterator[int]:
    """A machine that says back what it hears, as one would behind encryption; gives its port."""

    class Back(StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(self.request.recv(100)[::-1])

    with ThreadingTCPServer(("127.0.0.1", 0), Back) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def connected(proxy: str, wanted: str) -> tuple[int, bytes]:
    """What the proxy answers to CONNECT, and what comes through the way that it opens."""
    host, _colon, port = proxy.removeprefix("http://").partition(":")
    with (
        socket.create_connection((host, int(port)), timeout=5) as there,
        there.makefile("rb") as answer,
    ):
        there.sendall(f"CONNECT {wanted} HTTP/1.1\r\nHost: {wanted}\r\n\r\n".encode())
        status = int(answer.readline().split()[1])
        while answer.readline().strip():
            pass
        if status != 200:
            return status, b""
        there.sendall(b"secret")
        return status, answer.read()


def test_an_encrypted_portal_is_reached_and_no_other_machine() -> None:
    with echo() as port, echo() as other:
        with way_to(f"https://127.0.0.1:{port}") as proxy:
            assert connected(proxy, f"127.0.0.1:{port}") == (200, b"terces")
            assert connected(proxy, f"127.0.0.1:{other}")[0] == 403
        with way_to(f"http://127.0.0.1:{port}") as proxy:
            assert connected(proxy, f"127.0.0.1:{port}")[0] == 403


def test_a_portal_that_is_down_is_said_to_be_so() -> None:
    origin = f"http://127.0.0.1:{closed_port()}"
    with way_to(origin) as proxy, pytest.raises(HTTPError) as refused:
        build_opener(ProxyHandler({"http": proxy})).open(f"{origin}/", timeout=5)
    with refused.value as answer:
        assert answer.code == 502


def test_a_list_that_was_not_looked_at_gives_no_pack(settings: Any) -> None:
    settings.CHROMIUM = "off"
    pack = actions.ask_for_pack(instrument="nothing", by=BY, at=NOW)
    assert PackMaking()() is None
    pack.refresh_from_db()
    assert (pack.state, pack.problem) == (PackState.FAILED, PackProblem.CANNOT_SET)


@pytest.mark.parametrize(
    ("error", "state", "has_step"),
    [
        (CannotSet("☃", "no typeface has it"), PackState.FAILED, False),
        # What came from outside may go better the next time.
        (OSError("no room"), PackState.ASKED, True),
        (Stopped(), PackState.ASKED, False),
    ],
)
def test_what_cannot_be_set_is_not_tried_again(
    number: str, settings: Any, error: Exception, state: PackState, has_step: bool
) -> None:
    settings.CHROMIUM = "off"
    pack, task = asked(), PackMaking()()
    assert task is not None
    teller(pack.ref)
    task.failed(error, NOW)
    pack.refresh_from_db()
    assert (pack.state, step_path(pack.ref).exists()) == (state, has_step)


def test_between_two_looks_there_is_a_pause(number: str, settings: Any) -> None:
    settings.CHROMIUM = "off"
    worker = PackMaking()
    assert worker() is None
    asked()
    assert worker() is None


@pytest.mark.parametrize(
    ("written", "step"),
    [
        (None, None),
        ("", None),
        ('{"name": "checking", "done": 3', None),
        ('{"name": "checking"}', None),
        ('{"name": "checking", "done": 3, "of": 9}', Step("checking", 3, 9)),
    ],
)
def test_how_far_it_is_is_read_whole_or_not_at_all(
    data: Path, written: str | None, step: Step | None
) -> None:
    ref = uuid4()
    if written is not None:
        step_path(ref).write_text(written, "utf-8")
    assert step_of(ref) == step


def test_what_is_told_later_is_shorter_and_leaves_nothing_of_what_was_told_before(
    data: Path,
) -> None:
    ref = uuid4()
    tell = teller(ref)
    tell(Step("picturing", 100, 200))
    tell(Step("setting", 0, 1))
    assert step_of(ref) == Step("setting", 0, 1)


def test_a_file_that_is_not_in_the_pack_is_not_there(number: str, settings: Any) -> None:
    pack = made(settings)
    assert (member(pack.ref, f"{LIST}.csv") or b"").startswith(b"\xef\xbb\xbf")
    assert member(pack.ref, "other.csv") is None
    pack_path(pack.ref).write_bytes(b"PK no zip")
    assert member(pack.ref, f"{LIST}.csv") is None
    assert member(uuid4(), f"{LIST}.csv") is None
