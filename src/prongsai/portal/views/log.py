"""The transparency log: explained to people, and as files for programs (C2SP tlog-tiles)."""

from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from prongsai.portal.context import language_of
from prongsai.portal.trails import log_trail
from prongsai.portal.views.items import gone_or_unknown
from prongsai.record import queries
from prongsai.record.keys import log_key
from prongsai.record.models import Entry
from prongsai.record.tiles import parse_path

SHOWN_ENTRIES = 12
TEXT = "text/plain; charset=utf-8"


def log(request: HttpRequest) -> HttpResponse:
    context = {
        "here": "log",
        "checkpoint": queries.checkpoint(),
        "entries": queries.entries(limit=SHOWN_ENTRIES),
    }
    return render(request, "portal/log.html", context)


def entry(request: HttpRequest, seq: int) -> HttpResponse:
    proof = queries.proof(seq)
    if proof is None:
        raise Http404
    trail = log_trail(_("ตรวจสอบความถูกต้อง"), language_of(request.path))
    context = {"here": "log", "proof": proof, "entry": Entry.objects.get(seq=seq), "trail": trail}
    return render(request, "portal/proof.html", context)


def item_proof(request: HttpRequest, number: str) -> HttpResponse:
    """The proof of the edition that is current."""
    page = queries.page(number)
    if page is None or page.place.seq is None:
        return gone_or_unknown(request, number)
    return entry(request, page.place.seq)


def entry_json(request: HttpRequest, seq: int) -> HttpResponse:
    proof = queries.proof(seq)
    if proof is None:
        raise Http404
    response = JsonResponse(asdict(proof), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="proof-{seq}.json"'
    return response


def checkpoint(request: HttpRequest) -> HttpResponse:
    last = queries.checkpoint()
    if last is None:
        raise Http404
    return HttpResponse(last.note, content_type=TEXT)


def key(request: HttpRequest) -> HttpResponse:
    text = log_key()
    if not text:
        raise Http404
    return HttpResponse(f"{text}\n", content_type=TEXT)


def tile(request: HttpRequest, path: str) -> HttpResponse:
    wanted = parse_path(path)
    content = queries.tile(wanted) if wanted else None
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="application/octet-stream")


def edition(request: HttpRequest, hash_: str) -> HttpResponse:
    """The canonical text whose SHA-256 is the address; 410 once a recall has erased it."""
    text = queries.edition_text(hash_)
    if text is not None:
        return HttpResponse(text, content_type="application/json")
    if queries.is_erased(hash_):
        # 410, so that a mirror knows to erase its copy and is not told of a fault.
        return HttpResponse("{}", content_type="application/json", status=410)
    raise Http404
