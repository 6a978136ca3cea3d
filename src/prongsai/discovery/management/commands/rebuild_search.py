"""Make the search index again from the record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from prongsai.discovery.index import CannotIndex, Indexer


class Command(BaseCommand):
    help = "Make the search index again from the record; readers keep the old one until it is done."

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        try:
            count = Indexer().rebuild()
        except CannotIndex as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} items")
