"""A process that makes the index again and again, until it is killed."""

import django

django.setup()

from prongsai.discovery.index import Indexer  # noqa: E402 -- after the set-up

indexer = Indexer()
print("began", flush=True)  # noqa: T201 -- the test waits for it
while True:
    indexer.rebuild()
    indexer.follow()
