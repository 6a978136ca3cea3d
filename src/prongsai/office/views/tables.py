"""The table of a work: typed in rows, or taken from a file after a look at what it would become."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prongsai.disclosures import actions
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.tables.catalogue import TableForm, forms_for, table_form
from prongsai.disclosures.tables.importing import Imported, read_table
from prongsai.disclosures.tables.table import Table
from prongsai.disclosures.tables.twins import template_bytes
from prongsai.files.actions import receive
from prongsai.files.models import StoredFile
from prongsai.files.queries import path_of
from prongsai.files.rules import XLSX
from prongsai.files.states import FileState
from prongsai.office import tables
from prongsai.office.desk import desk_of
from prongsai.office.handing import made_file
from prongsai.office.table_files import coming_files
from prongsai.office.table_forms import PAGE, TableHeadForm
from prongsai.office.views.doors import disclosure_door, role_door
from prongsai.office.views.telling import refusals_told, tell
from prongsai.office.whole import whole
from prongsai.office.writing import base_content, sequence_of
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import RoleCode

TEMPLATE = "office/tables/table.html"


@require_http_methods(["GET", "POST"])
@disclosure_door("edit")
def table(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    form = tables.form_at(disclosure, request.GET.get("form", ""))
    if form is None:
        offered = forms_for(disclosure.kind)
        shown = {"disclosure": disclosure, "offered": offered}
        return render(request, "office/tables/choose.html", shown)
    if request.method == "POST":
        return _save(request, disclosure, form)
    there = tables.table_at(base_content(disclosure), form)
    page = tables.page_of(request.GET.get("page"), there)
    return render(request, TEMPLATE, tables.screen(disclosure, form, page=page))


def _save(request: HttpRequest, disclosure: Disclosure, form: TableForm) -> HttpResponse:
    there = tables.table_at(base_content(disclosure), form)
    page = tables.page_of(request.POST.get("page"), there)
    head = TableHeadForm(request.POST, form=form)
    typed = tables.read_typed(form, request.POST, (page - 1) * PAGE)
    if head.is_valid() and not typed.has_errors:
        rows = tables.with_page(there, page, typed.rows)
        if _is_kept(request, disclosure, Table(form.key, rows, **head.cleaned_data)):
            # To the last page after rows were added there, whose number may have grown.
            was_last = page == tables.pages_of(there)
            return redirect(_address(disclosure, form, 10**6 if was_last else page))
    shown = tables.screen(disclosure, form, page=page, head=head, rows=typed.shown)
    shown["base_sequence"] = whole(request.POST.get("base_sequence"))
    return render(request, TEMPLATE, shown, status=422)


def _is_kept(request: HttpRequest, disclosure: Disclosure, wanted: Table) -> bool:
    try:
        actions.set_table(
            disclosure=disclosure,
            table=wanted,
            base_sequence=whole(request.POST.get("base_sequence")),
            by=desk_of(request).actor_with(RoleCode.OFFICER),
            at=timezone.now(),
        )
    except CannotAct as refusal:
        tell(request, refusal)
        return False
    if coming_files(disclosure):
        messages.success(request, _("บันทึกตารางแล้ว ระบบกำลังทำไฟล์ PDF, XLSX และ CSV ที่มีแถวเดียวกัน"))
    else:
        messages.success(request, _("บันทึกตารางแล้ว พร้อมไฟล์ PDF, XLSX และ CSV ที่มีแถวเดียวกัน"))
    return True


def _address(disclosure: Disclosure, form: TableForm, page: int) -> str:
    return f"{reverse('table', kwargs={'ref': disclosure.ref})}?form={form.key}&page={page}"


@require_POST
@disclosure_door("edit")
def make_files(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """Once more, after the worker could not make them."""
    with refusals_told(request):
        by = desk_of(request).actor_with(RoleCode.OFFICER)
        actions.ask_for_files(disclosure=disclosure, by=by, at=timezone.now())
    return redirect(reverse("write", kwargs={"ref": disclosure.ref}) + "#files")


@require_POST
@disclosure_door("edit")
def drop(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    with refusals_told(request):
        by = desk_of(request).actor_with(RoleCode.OFFICER)
        actions.drop_table(disclosure=disclosure, by=by, at=timezone.now())
        messages.success(request, _("เอาตารางและไฟล์ที่ทำจากตารางออกแล้ว"))
    return redirect("write", ref=disclosure.ref)


@require_POST
@disclosure_door("edit")
def send(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """Takes a file, or pasted rows, in; the table stays as it is until somebody has looked."""
    form = _form_or_404(request.POST.get("form", ""))
    upload = tables.sent_file(request.FILES, request.POST)
    if upload is None:
        messages.error(request, _("ยังไม่ได้เลือกไฟล์หรือวางแถว โปรดเลือกไฟล์ CSV หรือ XLSX หรือวางแถวก่อน"))
        return redirect(_address(disclosure, form, 1))
    with refusals_told(request):
        by = desk_of(request).actor_with(RoleCode.OFFICER)
        stored = receive(upload=upload, by=by, at=timezone.now())
        if stored.state == FileState.CLEAN:
            looked = reverse("import_table", kwargs={"ref": disclosure.ref})
            return redirect(f"{looked}?form={form.key}&file={stored.pk}")
        waiting = _("ไฟล์กำลังรอโปรแกรมตรวจไวรัส โปรดส่งใหม่ในอีกสักครู่")
        messages.error(request, stored.refusal or waiting)
    return redirect(_address(disclosure, form, 1))


@require_http_methods(["GET", "POST"])
@disclosure_door("edit")
def import_table(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """What the file would make of the table; POST makes it so."""
    asked = request.POST or request.GET
    form = _form_or_404(asked.get("form", ""))
    stored = _own_file(request, asked.get("file", ""))
    there = tables.table_at(base_content(disclosure), form)
    head = TableHeadForm(request.POST, form=form) if request.POST else TableHeadForm.of(form, there)
    imported = _imported(request, form, stored)
    if imported is None:
        return redirect(_address(disclosure, form, 1))
    if request.POST and head.is_valid() and not imported.mistakes:
        given = head.cleaned_data | {"nothing": imported.nothing}
        if _is_kept(request, disclosure, Table(form.key, imported.rows, **given)):
            return redirect(_address(disclosure, form, 1))
    shown = {
        "disclosure": disclosure,
        "table_form": form,
        "file": stored,
        "head": head,
        "imported": imported,
        "mistakes": tables.some(imported.mistakes),
        "preview": tables.previewed(form, imported, there),
        "there": len(there.rows),
        "said": tables.said_of_rows(
            form, replace(there, rows=imported.rows, nothing=imported.nothing)
        ),
        "base_sequence": sequence_of(disclosure),
    }
    status = 422 if request.POST else 200
    return render(request, "office/tables/import.html", shown, status=status)


def _imported(request: HttpRequest, form: TableForm, stored: StoredFile) -> Imported | None:
    try:
        return read_table(form, path_of(stored), stored.name)
    except CannotAct as refusal:
        tell(request, refusal)
        return None


def _form_or_404(key: str) -> TableForm:
    form = table_form(key)
    if form is None:
        raise Http404(key)
    return form


def _own_file(request: HttpRequest, key: str) -> StoredFile:
    """Only what this very person has sent: the address alone opens nobody else's file."""
    own = StoredFile.objects.filter(received_by=desk_of(request).person, state=FileState.CLEAN)
    try:
        return get_object_or_404(own, pk=key)
    except ValidationError as error:
        raise Http404(key) from error


@require_GET
@role_door("write")
def template(request: HttpRequest, form: str) -> HttpResponse:
    """An empty table with its headings, an example and the choices."""
    wanted = _form_or_404(form)
    return made_file(template_bytes(wanted), f"แม่แบบ {wanted.title_th}.xlsx", XLSX)
