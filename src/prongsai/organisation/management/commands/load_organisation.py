"""Loads the roles and a chart file."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from prongsai.organisation.actions import load_chart, load_roles
from prongsai.organisation.actors import Actor
from prongsai.organisation.chart import read_chart, read_roles
from prongsai.organisation.refusals import CannotAppoint
from prongsai.organisation.rows import BadFile


class Command(BaseCommand):
    help = "Load roles, units, posts, people and appointments from a chart file (TOML)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("chart", type=Path, metavar="FILE")

    def handle(self, *_args: Any, **options: Any) -> None:
        by, at = Actor.system("load_organisation"), timezone.now()
        path: Path = options["chart"]
        roles = files("prongsai.organisation").joinpath("data/roles.toml").read_text("utf-8")
        try:
            chart = read_chart(path.read_text("utf-8"), name=str(path))
            changed = load_roles(roles=read_roles(roles, name="roles.toml"), by=by, at=at)
            changed += load_chart(chart=chart, by=by, at=at)
        except (BadFile, CannotAppoint) as error:
            raise CommandError(str(error)) from error
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{path}: อ่านไฟล์ไม่ได้ ({error})") from error
        self.stdout.write(f"{path}: {changed} รายการที่เพิ่มหรือเปลี่ยน")
