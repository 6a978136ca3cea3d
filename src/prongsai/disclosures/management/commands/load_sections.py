"""Loads the nine top sections and the shelves a new installation starts with."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from prongsai.disclosures.actions import load_sections
from prongsai.organisation.actors import Actor


class Command(BaseCommand):
    help = "Adds the sections that are missing. Running it again changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        added = load_sections(by=Actor.system("load_sections"), at=timezone.now())
        self.stdout.write(f"{added} sections added")
