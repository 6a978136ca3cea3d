"""The words of the papers: read, written anew, and given back to the files, version by version."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from prongsai.office.desk import desk_of
from prongsai.office.forms import PaperTextForm
from prongsai.office.fresh import require_fresh_sign_in
from prongsai.office.paper_texts import shown_text, texts_by_part
from prongsai.office.views.doors import role_door
from prongsai.office.views.telling import tell
from prongsai.organisation.states import RoleCode
from prongsai.publication.papers.phrases import keys
from prongsai.publication.papers.queries import newest_texts, versions_of_text
from prongsai.publication.papers.wording import CannotChangeText, change_text


@require_GET
@role_door("edit_paper_texts")
def paper_texts(request: HttpRequest) -> HttpResponse:
    return render(request, "office/papers/texts.html", {"parts": texts_by_part()})


@require_http_methods(["GET", "POST"])
@role_door("edit_paper_texts")
def paper_text(request: HttpRequest, key: str) -> HttpResponse:
    """A text that is left empty goes back to what the files say."""
    if key not in keys():
        raise Http404
    versions, shown = list(versions_of_text(key)), shown_text(key, newest_texts())
    first = {"text": shown.text, "base_number": versions[0].number if versions else 0}
    form = PaperTextForm(request.POST or None, initial=first)
    if form.is_valid():
        require_fresh_sign_in(request)
        by = desk_of(request).actor_with(RoleCode.ADMINISTRATOR)
        try:
            change_text(key=key, by=by, at=timezone.now(), **form.cleaned_data)
        except CannotChangeText as refusal:
            tell(request, refusal)
        else:
            messages.success(
                request, _("บันทึกฉบับใหม่แล้ว ใช้กับเอกสารที่จัดทำตั้งแต่นี้ไป เอกสารที่เก็บไว้แล้วไม่เปลี่ยน")
            )
            return redirect("paper_texts")
    status = 422 if form.is_bound else 200
    known = {"form": form, "shown": shown, "versions": versions}
    return render(request, "office/papers/text.html", known, status=status)
