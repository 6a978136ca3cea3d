from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from prongsai.organisation import append_only
from prongsai.organisation.rows import BadFile
from prongsai.publication.papers.phrases import use_own_texts


class PublicationConfig(AppConfig):
    name = "prongsai.publication"
    label = "publication"
    append_only = ("IssuedNumber", "Paper", "PaperText", "SetDecision", "IncidentAnswer")

    def ready(self) -> None:
        append_only.keep(self)
        try:
            use_own_texts(settings.PAPER_TEXTS_FILE)
        except (BadFile, OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(f"{error}; mend the file or take it away") from error
