"""Behind a server that ends TLS: forms are taken from the office's https address, and cookies stay on https."""

import os
import subprocess
import sys
from pathlib import Path

SETTINGS = """
from prongsai.config.settings import office as s
print(s.OFFICE_URL, s.CSRF_TRUSTED_ORIGINS, s.SESSION_COOKIE_SECURE)
"""


def settings_of(office_url: str, data: Path) -> str:
    environment = {**os.environ, "OFFICE_URL": office_url, "PRONGSAI_DATA": str(data)}
    command = [sys.executable, "-c", SETTINGS]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_https_address_is_trusted_and_its_cookies_are_secure(tmp_path: Path) -> None:
    assert settings_of("https://office.example/", tmp_path) == (
        "https://office.example ['https://office.example'] True"
    )


def test_on_plain_http_cookies_are_not_secure(tmp_path: Path) -> None:
    assert settings_of("http://127.0.0.1:8001", tmp_path) == (
        "http://127.0.0.1:8001 ['http://127.0.0.1:8001'] False"
    )
