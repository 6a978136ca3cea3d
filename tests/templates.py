"""Templates are compiled once for their settings, and not anew in each test that takes those of the portal."""

from typing import Any

from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.template import engines
from django.test import signals

_KEPT: dict[str, dict[str, Any]] = {}
_SAID = {"TEMPLATES", "INSTALLED_APPS", "DEBUG"}
# Django's own receiver, which forgets all engines, comes first.
assert signals.reset_template_engines


def _said() -> str:
    return repr([getattr(settings, name) for name in sorted(_SAID)])


@receiver(setting_changed)
def take_kept_engines(*, setting: str, **_: Any) -> None:
    if setting in _SAID:
        engines._engines = _KEPT.setdefault(_said(), {})
