"""Loads the approval chains."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from prongsai.approval.actions import load_chains
from prongsai.approval.chains import read_chains
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Post
from prongsai.organisation.rows import BadFile


class Command(BaseCommand):
    help = "Load the approval chains from a file (TOML), or those that come with Prongsai."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("chains", type=Path, nargs="?", metavar="FILE")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path | None = options["chains"]
        packaged = files("prongsai.approval").joinpath("data/chains.toml")
        name = str(path or "chains.toml")
        try:
            text = (path or packaged).read_text("utf-8")
            posts = set(Post.objects.values_list("code", flat=True))
            chains = read_chains(text, name=name, post_codes=posts)
            by = Actor.system("load_chains")
            changed = load_chains(chains=chains, by=by, at=timezone.now())
        except BadFile as error:
            raise CommandError(str(error)) from error
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{name}: อ่านไฟล์ไม่ได้ ({error})") from error
        self.stdout.write(f"{name}: {changed} สายการอนุมัติที่เพิ่มหรือเปลี่ยน")
