"""The office's entry point for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from prongsai.config.lifeline import die_with_server
from prongsai.config.starting import loading
from prongsai.files.examination.isolated import EXAMINER

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prongsai.config.settings.office")
die_with_server()
with loading():
    application = get_wsgi_application()
# Before the first file comes.
EXAMINER.start()

from prongsai.notices.tasks import mend_at_start  # noqa: E402 -- the apps must be ready

# Whatever killed the office before it had put up a notice: whoever starts it again puts it up.
mend_at_start()
