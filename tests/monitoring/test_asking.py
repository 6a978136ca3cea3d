"""Other sites are asked politely and within bounds, and no machine of our own network ever is."""

import socket
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from prongsai.monitoring.condition.answers import Answer
from prongsai.monitoring.condition.fetching import Asker, is_public
from prongsai.monitoring.condition.states import Outcome
from prongsai.monitoring.condition.tasks import our_name
from prongsai.publication.recalls.fetching import hear
from tests.monitoring.sites import Site, certificate_for, closed_port, dripping, site


def nothing() -> None:
    """No pause."""


@pytest.fixture
def there() -> Iterator[Site]:
    with site() as made:
        yield made


def asked(address: str, *ports: int) -> Answer:
    """By somebody who may ask this machine at these ports alone."""
    return Asker("tester", nothing, lambda _address, port: port in ports).ask(address)


@pytest.mark.parametrize(
    ("answers", "outcome", "requests"),
    [
        ({"HEAD /": (200, {})}, Outcome.WELL, ["HEAD /"]),
        ({"HEAD /": (405, {}), "GET /": (200, {})}, Outcome.WELL, ["HEAD /", "GET /"]),
        ({}, Outcome.GONE, ["HEAD /", "GET /"]),
        ({"HEAD /": (500, {}), "GET /": (500, {})}, Outcome.FAILED, ["HEAD /", "GET /"]),
        ({"HEAD /": (403, {}), "GET /": (403, {})}, Outcome.UNSURE, ["HEAD /", "GET /"]),
        # Whoever asks for patience is not asked a second time.
        ({"HEAD /": (503, {"Retry-After": "120"})}, Outcome.UNSURE, ["HEAD /"]),
        ({"HEAD /": (429, {})}, Outcome.UNSURE, ["HEAD /"]),
        ({"HEAD /": (301, {"Location": "/b"}), "HEAD /b": (200, {})}, Outcome.WELL, ["HEAD /", "HEAD /b"]),
    ],
)  # fmt: skip
def test_what_a_site_answers_is_understood(
    there: Site, answers: Any, outcome: Outcome, requests: list[str]
) -> None:
    there.answers = answers
    assert asked(there.address("/"), there.port).outcome == outcome
    assert there.asked == requests


def test_redirects_without_an_end_are_left(there: Site) -> None:
    there.answers = {"HEAD /": (302, {"Location": "/"})}
    assert asked(there.address("/"), there.port).outcome == Outcome.UNSURE
    assert len(there.asked) == 5


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::1]:{port}/"]
)
def test_this_machine_is_not_asked(there: Site, address: str) -> None:
    wanted = address.format(port=there.port)
    assert Asker("tester", nothing).ask(wanted).outcome == Outcome.UNSURE
    assert there.asked == []


def test_a_redirect_leads_into_no_network_of_our_own(there: Site) -> None:
    with site() as within:
        there.answers = {"HEAD /": (302, {"Location": within.address("/secret")})}
        assert asked(there.address("/"), there.port).outcome == Outcome.UNSURE
        assert within.asked == []


@pytest.mark.parametrize("elsewhere", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://x/"])
def test_a_redirect_leads_to_nothing_but_pages(there: Site, elsewhere: str) -> None:
    there.answers = {"HEAD /": (302, {"Location": elsewhere})}
    assert asked(there.address("/"), there.port).outcome == Outcome.UNSURE


def test_a_name_that_changes_between_looking_and_asking_leads_nowhere_else(
    there: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []

    def resolve(host: str, port: int, **_options: Any) -> list[Any]:
        given.append(host)
        first = len(given) == 1
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1" if first else "127.0.0.2", port))]  # fmt: skip

    there.answers = {"HEAD /": (200, {})}
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert asked(there.address("/", "changing.example"), there.port).outcome == Outcome.WELL
    assert given == ["changing.example"]


def test_a_name_with_one_address_of_our_own_is_not_asked_at_all(
    there: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, there.port))
        for host in ("93.184.216.34", "127.0.0.1")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_names, **_options: both)
    address = there.address("/", "two.example")
    assert Asker("tester", nothing).ask(address).outcome == Outcome.UNSURE
    assert there.asked == []


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.5", "172.16.9.9", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1"),  # noqa: S104 -- nothing is bound
        *("::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "fd00:ec2::254"),
        *("::127.0.0.1", "::10.0.0.5", "::ffff:0:127.0.0.1"),
        *("::ffff:10.0.0.5", "64:ff9b::a00:5", "64:ff9b:1::a00:5", "2002:a00:5::1"),
    ],
)
def test_an_address_that_is_not_public_is_known(address: str) -> None:
    assert not is_public(ip_address(address), 443)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822"])
def test_a_public_address_may_be_asked_at_doors_for_pages(address: str) -> None:
    ports = [22, 25, 80, 443, 445, 8080]
    assert [port for port in ports if is_public(ip_address(address), port)] == [80, 443, 8080]


def test_nobody_there_is_silence() -> None:
    port = closed_port()
    assert asked(f"http://127.0.0.1:{port}/", port).outcome == Outcome.SILENT


def test_a_page_that_never_begins_to_come_keeps_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prongsai.monitoring.condition.fetching.SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        assert asked(f"http://127.0.0.1:{port}/", port).outcome == Outcome.SILENT


def test_a_page_that_drips_for_ever_keeps_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prongsai.monitoring.condition.fetching.SECONDS_IN_ALL", 0.2)
    with dripping() as port:
        assert asked(f"http://127.0.0.1:{port}/", port).outcome == Outcome.SILENT
        assert asked(f"https://localhost:{port}/", port).outcome == Outcome.SILENT


@pytest.mark.parametrize("head", ["HTTP/1.1 404 Gone\r\nConnection: close", "HTTP/1.0 404 Gone"])
def test_nor_does_one_whose_body_drips_until_it_hangs_up(
    head: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prongsai.monitoring.condition.fetching.SECONDS_IN_ALL", 0.2)
    said: list[Answer] = []
    with dripping(f"{head}\r\n\r\n".encode()) as port:
        # Of a thread that hangs this test would only never end.
        asking = Thread(
            target=lambda: said.append(asked(f"http://127.0.0.1:{port}/", port)), daemon=True
        )
        asking.start()
        asking.join(5)
    assert [each.outcome for each in said] == [Outcome.GONE]


@pytest.mark.parametrize(
    ("host", "is_trusted", "outcome"),
    [
        ("localhost", True, Outcome.WELL),
        ("localhost", False, Outcome.SILENT),
        ("elsewhere.example", True, Outcome.SILENT),
    ],
)
def test_an_encrypted_page_must_prove_its_name(
    host: str, is_trusted: bool, outcome: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certificate_for(host, tmp_path)
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with site(certificate) as there:
        there.answers = {"HEAD /": (200, {})}
        assert asked(f"https://localhost:{there.port}/", there.port).outcome == outcome
        assert bool(there.asked) is (outcome == Outcome.WELL)


def test_thai_words_in_an_address_are_asked_for_as_browsers_do(there: Site) -> None:
    there.answers = {"HEAD /%E0%B8%81?q=%E0%B8%82": (200, {})}
    assert asked(there.address("/ก?q=ข#ค"), there.port).outcome == Outcome.WELL


def test_one_link_with_thai_letters_makes_our_own_portal_seem_down_to_no_other(there: Site) -> None:
    there.answers = {"GET /%E0%B8%81?q=%E0%B8%82%20%0A": (200, {}), "GET /b": (200, {})}
    found = hear(there.address(""), ["/ก?q=ข \n", "/b", "/%E0%B8%84"])
    assert [each.status for each in found] == [200, 200, 404]


def test_who_asks_is_told(there: Site, settings: Any) -> None:
    settings.PORTAL_URL = "https://www.tangjai.example"
    name = our_name()
    Asker(name, nothing, lambda *_where: True).ask(there.address("/"))
    assert there.names == {name}
    assert settings.MUNICIPALITY["email"] in name
    assert "https://www.tangjai.example" in name


def test_between_two_requests_there_is_a_pause(there: Site) -> None:
    pauses: list[int] = []
    asker = Asker("tester", lambda: pauses.append(len(there.asked)), lambda *_where: True)
    there.answers = {"HEAD /": (302, {"Location": "/b"})}
    asker.ask(there.address("/"))
    assert (pauses, there.asked) == ([1, 2], ["HEAD /", "HEAD /b", "GET /"])
