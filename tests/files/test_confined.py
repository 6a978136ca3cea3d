"""What processes that open strangers' files know of where they run."""

import sys

import pytest

from prongsai.files.confined import Confined

# Tells of itself what one of ours that a file has taken over could tell.
TELLS = """
import json, os, sys
for line in sys.stdin:
    print(json.dumps({"begun": True}), flush=True)
    print(json.dumps({"environment": dict(os.environ)}), flush=True)
"""
SECRETS = {
    "PRONGSAI_DATABASE": "postgresql://office:geheim@127.0.0.1/prongsai",
    "PRONGSAI_SMTP_PASSWORD": "geheim",
    "PRONGSAI_OIDC_CLIENT_SECRET": "geheim",
    "AWS_SECRET_ACCESS_KEY": "geheim",
}


def test_a_confined_process_is_told_what_it_needs_and_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    needed = {"LC_ALL": "C.UTF-8", "PRONGSAI_TESSDATA": "/trained"}
    for name, value in (SECRETS | needed).items():
        monkeypatch.setenv(name, value)
    command = (sys.executable, "-c", TELLS)
    confined = Confined(command, memory=0, most=1, environment={"TMPDIR": "/beside"})

    known = confined.ask({}, seconds=60)["environment"]
    confined.close()

    assert not SECRETS.keys() & known.keys()
    assert "geheim" not in "".join(known.values())
    assert known.items() >= {**needed, "TMPDIR": "/beside"}.items()
