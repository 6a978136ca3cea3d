"""Reads the chains of before into the first version of each."""

from typing import Any

from django.db import migrations
from django.utils import timezone


def keep_as_first_versions(apps: Any, _schema: Any) -> None:
    """As if their file had been loaded into versions from the beginning."""
    version, confirmation = (
        apps.get_model("approval", name) for name in ("ChainVersion", "ChainConfirmation")
    )
    now = timezone.now()
    for chain in apps.get_model("approval", "Chain").objects.prefetch_related("steps"):
        first = version.objects.create(
            code=chain.code,
            number=1,
            name_th=chain.name_th,
            kind=chain.kind,
            action=chain.action,
            urgency=chain.urgency,
            plans=[_plan(step) for step in chain.steps.all()],
            reason="นำเข้าจากไฟล์",
            proposed_at=now,
            proposer_post="migrate",
        )
        confirmation.objects.create(
            version=first, verdict="confirmed", said_at=now, post="migrate"
        )


def _plan(step: Any) -> dict[str, Any]:
    """As `Plan.to_json` writes it: what is at its default is left out."""
    plan = {"seats": step.seats, "otherwise": step.otherwise, "quorum": step.quorum}
    plain = {"otherwise": [], "quorum": 1}
    return {name: value for name, value in plan.items() if plain.get(name) != value}


class Migration(migrations.Migration):
    dependencies = [("approval", "0003_give_chains_versions")]

    operations = [migrations.RunPython(keep_as_first_versions, migrations.RunPython.noop)]
