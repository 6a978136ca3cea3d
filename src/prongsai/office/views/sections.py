"""The children of the nine sections: added, renamed and retired by the webmaster."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prongsai.disclosures.actions import shelving
from prongsai.disclosures.models import Section
from prongsai.office.desk import desk_of
from prongsai.office.forms import NewSectionForm, SectionForm
from prongsai.office.views.doors import role_door
from prongsai.office.views.telling import refusals_told
from prongsai.organisation.states import RoleCode


@require_http_methods(["GET", "POST"])
@role_door("edit_sections")
def sections(request: HttpRequest) -> HttpResponse:
    form = NewSectionForm(request.POST or None)
    if form.is_valid():
        with refusals_told(request):
            shelving.add_section(
                **form.cleaned_data,
                by=desk_of(request).actor_with(RoleCode.WEBMASTER),
                at=timezone.now(),
            )
            messages.success(request, _("เพิ่มหมวดย่อยแล้ว เลือกใช้ได้ในหน้าเขียน"))
        return redirect("sections")
    tops = Section.objects.tops().prefetch_related("children")
    shown = {"tops": tops, "form": form}
    return render(request, "office/sections/list.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@role_door("edit_sections")
def section(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Section, slug=slug)
    form = SectionForm(
        request.POST or None, initial={"title_th": row.title_th, "title_en": row.title_en}
    )
    if request.POST.get("do") == "retire" or form.is_valid():
        _change(request, row, form)
        return redirect("sections")
    shown = {"section": row, "form": form}
    return render(request, "office/sections/one.html", shown, status=422 if form.is_bound else 200)


def _change(request: HttpRequest, row: Section, form: SectionForm) -> None:
    by, at = desk_of(request).actor_with(RoleCode.WEBMASTER), timezone.now()
    with refusals_told(request):
        if request.POST.get("do") == "retire":
            shelving.retire_section(section=row, by=by, at=at)
            messages.success(request, _("เลิกใช้หมวดย่อยแล้ว รายการที่เผยแพร่ไว้ยังอยู่ที่เดิม"))
        else:
            shelving.rename_section(section=row, **form.cleaned_data, by=by, at=at)
            messages.success(request, _("เปลี่ยนชื่อหมวดย่อยแล้ว"))
