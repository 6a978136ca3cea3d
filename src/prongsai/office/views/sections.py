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
from prongsai.office.lists import place_of
from prongsai.office.section_forms import MoveSectionForm, NewSectionForm, SectionForm
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
    """Three forms on one page; `do` says which of them was sent."""
    row = get_object_or_404(Section, slug=slug)
    do = request.POST.get("do", "rename") if request.method == "POST" else ""
    names = {"title_th": row.title_th, "title_en": row.title_en}
    form = SectionForm(request.POST if do == "rename" else None, initial=names)
    move = MoveSectionForm(request.POST if do == "move" else None, initial=place_of(row))
    if do == "retire" or form.is_valid() or move.is_valid():
        _change(request, row, move if do == "move" else form)
        return redirect("sections")
    shown = {"section": row, "form": form, "move": move}
    return render(request, "office/sections/one.html", shown, status=422 if do else 200)


def _change(request: HttpRequest, row: Section, form: SectionForm | MoveSectionForm) -> None:
    by, at = desk_of(request).actor_with(RoleCode.WEBMASTER), timezone.now()
    with refusals_told(request):
        if request.POST.get("do") == "retire":
            shelving.retire_section(section=row, by=by, at=at)
            messages.success(request, _("เลิกใช้หมวดย่อยแล้ว รายการที่เผยแพร่ไว้ยังอยู่ที่เดิม"))
        elif isinstance(form, MoveSectionForm):
            given = form.cleaned_data
            shelving.move_section(
                section=row, parent=given["parent"], position=given["place"] - 1, by=by, at=at
            )
            messages.success(request, _("ย้ายหมวดย่อยแล้ว"))
        else:
            shelving.rename_section(section=row, **form.cleaned_data, by=by, at=at)
            messages.success(request, _("เปลี่ยนชื่อหมวดย่อยแล้ว"))
