from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

from prongsai.record.checks import triggers_are_there
from prongsai.record.receivers import after_migrate, before_migrate, prepare_connection


class RecordConfig(AppConfig):
    name = "prongsai.record"
    label = "record"

    def ready(self) -> None:
        connection_created.connect(prepare_connection, dispatch_uid="record.prepare_connection")
        pre_migrate.connect(before_migrate, sender=self, dispatch_uid="record.before_migrate")
        post_migrate.connect(after_migrate, sender=self, dispatch_uid="record.after_migrate")
        register(triggers_are_there, Tags.database)
