"""What an administrator sets wrongly is said in one line that names it, and no secret stands in it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ADDRESS = "PRONGSAI_DATABASE must be an address such as postgresql://user:password@host:5432/name"
NO_READER = (
    "PRONGSAI_DATABASE is PostgreSQL: set PRONGSAI_DATABASE_READER and "
    "PRONGSAI_DATABASE_READER_PASSWORD to a role other than its owner, with SELECT only "
)
ISSUER = "PRONGSAI_OIDC_ISSUER must be the provider's address with https and without ? or #, not "
PROVIDER = "PRONGSAI_OIDC_ISSUER=https://id.example.org PRONGSAI_OIDC_CLIENT_ID=office"
WRONG = {
    "PRONGSAI_DATABASE=nonsense": (2, ADDRESS),
    "PRONGSAI_DATABASE=mysql://u:geheim@h/n": (2, ADDRESS),
    "PRONGSAI_DATABASE=postgresql://u:geheim@h:x/n": (2, ADDRESS),
    "PRONGSAI_DATABASE=postgresql://u:geheim@h/": (2, ADDRESS),
    "PRONGSAI_DATABASE=postgresql://u:geheim@[::1/n": (2, ADDRESS),
    "PRONGSAI_DATABASE=postgresql://u:geheim@127.0.0.1:1/n": (2, NO_READER),
    "PRONGSAI_DATABASE=postgresql://u:geheim@127.0.0.1:1/n PRONGSAI_DATABASE_READER=u": (
        2,
        NO_READER,
    ),
    "PRONGSAI_DATABASE=postgresql://u:geheim@127.0.0.1:1/n PRONGSAI_DATABASE_READER=r": (
        1,
        "the database cannot be used: connection failed: ",
    ),
    "PRONGSAI_DATA=/proc/var": (1, "/proc/var cannot be used: "),
    "PRONGSAI_DATA=/dev/null": (1, "/dev/null cannot be used: "),
    "PRONGSAI_MAX_UPLOAD_MB=many": (2, "PRONGSAI_MAX_UPLOAD_MB must be a whole number, not 'many'"),
    "PRONGSAI_MAX_UPLOAD_MB=-1": (2, "PRONGSAI_MAX_UPLOAD_MB must be a whole number, not '-1'"),
    "PRONGSAI_LOG_LEVEL=loud": (2, "PRONGSAI_LOG_LEVEL must be one of "),
    "PRONGSAI_TRUSTED_PROXIES=10.0.0.0/8,gateway": (
        2,
        "PRONGSAI_TRUSTED_PROXIES must be addresses or networks such as 10.0.0.0/8, not 'gateway'",
    ),
    "PRONGSAI_TRUSTED_PROXIES=10.0.0.1/8": (2, "PRONGSAI_TRUSTED_PROXIES must be addresses or "),
    "PRONGSAI_PROXY_HEADER=x-real-ip": (2, "PRONGSAI_PROXY_HEADER must be one of "),
    "PRONGSAI_OIDC_CLIENT_SECRET=geheim": (
        2,
        "PRONGSAI_OIDC_CLIENT_SECRET does nothing without PRONGSAI_OIDC_ISSUER; set both or none",
    ),
    "PRONGSAI_OIDC_ISSUER=http://id.example.org": (2, ISSUER),
    "PRONGSAI_OIDC_ISSUER=https://id.example.org/?tenant=1": (2, ISSUER),
    "PRONGSAI_OIDC_ISSUER=https://id.example.org": (
        2,
        "PRONGSAI_OIDC_CLIENT_ID is needed because PRONGSAI_OIDC_ISSUER is set",
    ),
    PROVIDER: (
        2,
        "PRONGSAI_OIDC_CLIENT_SECRET or PRONGSAI_OIDC_CLIENT_SECRET_FILE is needed because ",
    ),
    f"{PROVIDER} PRONGSAI_OIDC_CLIENT_SECRET_FILE=/dev/null": (
        2,
        "PRONGSAI_OIDC_CLIENT_SECRET or PRONGSAI_OIDC_CLIENT_SECRET_FILE is needed because ",
    ),
    f"{PROVIDER} PRONGSAI_OIDC_CLIENT_SECRET_FILE=/proc/nowhere": (
        2,
        "PRONGSAI_OIDC_CLIENT_SECRET_FILE cannot be read: /proc/nowhere",
    ),
    f"{PROVIDER} PRONGSAI_OIDC_CLIENT_SECRET=geheim PRONGSAI_OIDC_CLIENT_SECRET_FILE=/dev/null": (
        2,
        "PRONGSAI_OIDC_CLIENT_SECRET and PRONGSAI_OIDC_CLIENT_SECRET_FILE are both set; keep one",
    ),
    f"{PROVIDER} PRONGSAI_OIDC_CLIENT_SECRET=geheim PRONGSAI_OIDC_SCOPES=pid": (
        2,
        "PRONGSAI_OIDC_SCOPES must hold openid, or no token is issued",
    ),
    f"{PROVIDER} PRONGSAI_OIDC_CLIENT_SECRET=geheim PRONGSAI_OIDC_STRONG=mfa": (
        2,
        "PRONGSAI_OIDC_STRONG must be words such as amr=mfa or acr=VALUE, parted by spaces",
    ),
}


def check(
    data: Path, setting: str = "", command: str = "check"
) -> subprocess.CompletedProcess[str]:
    """`prongsai check` with this setting, or these with blanks between them."""
    kept = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    own = [each.split("=", 1) for each in (f"PRONGSAI_DATA={data}", *setting.split())]
    words = [sys.executable, "-m", "prongsai.config.cli.main", command]
    return subprocess.run(words, env=kept | dict(own), capture_output=True, text=True)


@pytest.mark.parametrize("setting", WRONG)
def test_a_wrong_setting_is_named_in_one_line(tmp_path: Path, setting: str) -> None:
    status, message = WRONG[setting]

    ended = check(tmp_path, setting)

    assert ended.returncode == status
    assert ended.stderr.count("\n") == 1, ended.stderr
    assert ended.stderr.startswith(f"prongsai check: {message}")
    assert "geheim" not in ended.stderr


@pytest.mark.parametrize("reader", ["", " PRONGSAI_DATABASE_READER=u"])
def test_nothing_is_served_from_postgresql_without_a_reader(tmp_path: Path, reader: str) -> None:
    setting = f"PRONGSAI_DATABASE=postgresql://u:geheim@127.0.0.1:1/n{reader}"

    ended = check(tmp_path / "var", setting, "serve")

    assert ended.returncode == 2
    assert ended.stderr.startswith(f"prongsai serve: {NO_READER}")
    assert ended.stderr.count("\n") == 1
    assert not (tmp_path / "var").exists()


def test_a_data_folder_without_databases_asks_for_migrate(tmp_path: Path) -> None:
    ended = check(tmp_path)

    assert ended.returncode == 1
    assert ended.stderr == (
        "prongsai check: the database cannot be used: no such table: organisation_act; "
        "`prongsai migrate` makes what is missing\n"
    )


def test_a_spoilt_municipality_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "municipality.toml"
    path.write_text("name_th = ", encoding="utf-8")

    ended = check(tmp_path)

    assert ended.returncode == 2
    assert ended.stderr.startswith(f"prongsai check: {path} is not TOML in UTF-8: ")
    assert ended.stderr.count("\n") == 1


def test_a_data_folder_that_cannot_be_made_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    data = tmp_path / "file" / "data"

    ended = check(data, command="serve")

    assert ended.returncode == 1
    assert f"the data folder is {data}: make it writable" in ended.stderr
    assert "name another one with PRONGSAI_DATA" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_folder_that_has_lost_a_database_is_not_served_as_if_it_were_new(tmp_path: Path) -> None:
    (tmp_path / "migrated").write_text("0", encoding="ascii")
    (tmp_path / "record").mkdir()
    (tmp_path / "record" / "record.sqlite3").touch()

    ended = check(tmp_path, command="serve")

    assert ended.returncode == 1
    assert "office.sqlite3 is gone while other databases are there" in ended.stderr
    assert "bring it back from a backup" in ended.stderr
