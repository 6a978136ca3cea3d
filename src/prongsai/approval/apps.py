from django.apps import AppConfig

from prongsai.organisation.append_only import keep


class ApprovalConfig(AppConfig):
    name = "prongsai.approval"
    label = "approval"
    append_only = (
        "Decision",
        "Sending",
        "BundleLook",
        "ChainVersion",
        "ChainConfirmation",
        "Reminder",
        "TimeChange",
        "TimeWish",
        "TimeAnswer",
    )

    def ready(self) -> None:
        keep(self)
