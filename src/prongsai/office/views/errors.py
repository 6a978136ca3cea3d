"""Pages for what went wrong, in words that say what to do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from prongsai.office.lockout import cool_off


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "office/errors/csrf.html", status=403)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The sentence of whoever refused, or a general one."""
    return render(request, "office/errors/refused.html", {"why": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "office/errors/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Rendered without context processors: they may be what broke."""
    return render(request, "office/errors/broken.html", status=500)


def locked_out(request: HttpRequest, *_args: object) -> HttpResponse:
    """Too many wrong passwords: axes asks for this page."""
    shown = {"minutes": int(cool_off(request).total_seconds() // 60)}
    return render(request, "office/errors/locked_out.html", shown, status=429)
