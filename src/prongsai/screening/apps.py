from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from prongsai.organisation import append_only
from prongsai.screening.words import BadWordList, add_words_of


class ScreeningConfig(AppConfig):
    name = "prongsai.screening"
    label = "screening"
    append_only = ("Screening", "Finding", "FindingDecision")

    def ready(self) -> None:
        append_only.keep(self)
        try:
            add_words_of(settings.SCREENING_WORDS)
        except (BadWordList, OSError) as error:
            raise ImproperlyConfigured(f"{error}; mend the file or take it away") from error
