"""What was done by whom, and who holds what today."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from prongsai.office.desk import desk_of
from prongsai.office.filters import ActFilter
from prongsai.office.lists import chart
from prongsai.office.views.doors import role_door
from prongsai.organisation.models import Act

PAGE = 50


@require_GET
@role_door("see_acts")
def acts(request: HttpRequest) -> HttpResponse:
    rows = Act.objects.select_related("person").order_by("-id")
    chosen = ActFilter(request.GET, queryset=rows, request=request)
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    return render(request, "office/acts/acts.html", {"form": chosen.form, "page": page})


@require_GET
def organisation(request: HttpRequest) -> HttpResponse:
    return render(request, "office/acts/organisation.html", {"units": chart(desk_of(request).on)})
