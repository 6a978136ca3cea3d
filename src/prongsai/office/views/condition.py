"""In what state published content is: what to mend, by kind and by unit."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from prongsai.monitoring.condition.queries import has_looked, link_counts
from prongsai.monitoring.models import Defect
from prongsai.office.condition import counts, defective, defective_units, rows_of
from prongsai.office.condition_forms import ConditionFilter
from prongsai.office.desk import desk_of

PAGE = 20


@require_GET
def condition(request: HttpRequest) -> HttpResponse:
    """What is published is public, so everybody of the house sees all of it."""
    form = ConditionFilter(request.GET or None, names=defective_units())
    of_unit = form.of_unit(Defect.objects.all())
    rows = form.of_flaw(of_unit)
    page = Paginator(defective(rows), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": rows_of(rows, page, desk_of(request)),
        "counts": counts(of_unit),
        "link_counts": link_counts(form.unit_code),
        "has_looked": has_looked(),
        "asks_others": settings.LINK_CHECKS,
    }
    return render(request, "office/condition/list.html", context)
