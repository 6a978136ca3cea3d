from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "prongsai.files"
    label = "files"
