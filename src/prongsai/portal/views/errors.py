"""What stands where no page is."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "portal/not_found.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks neither the record nor the settings' texts, so that it works when both are gone."""
    page = loader.get_template("portal/server_error.html").render()
    return HttpResponseServerError(page, headers={"Cache-Control": "no-store"})
