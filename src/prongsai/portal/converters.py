"""The parts of addresses that have a shape."""

from django.urls.converters import IntConverter, StringConverter


class Count(IntConverter):
    """A number in its one spelling: with zeros before it, one page would have endlessly many addresses."""

    regex = "0|[1-9][0-9]{0,9}"


class Number(StringConverter):
    """A publication number such as `2569-00123`."""

    regex = "[0-9]{4}-[0-9]{5,12}"


class Hash(StringConverter):
    """A SHA-256 in hexadecimal."""

    regex = "[0-9a-f]{64}"


class FileName(StringConverter):
    """A file's name; control characters, which PostgreSQL would refuse to look for, are never in one."""

    regex = r"[^/\x00-\x1f\x7f]+"


class NoticeId(StringConverter):
    """The name of an emergency notice in addresses."""

    regex = "[0-9a-f]{10}"


class DutyKey(StringConverter):
    """A law or list, or one of its duties, in addresses: `ita-oit-2569`, `o1`."""

    regex = "[a-z0-9.-]{1,80}"
