"""Emergency notices: the register, each notice, and what programs read of them."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from prongsai.notices.cap import MEDIA_TYPE, cap_xml, moment
from prongsai.notices.public import PublicNotice
from prongsai.portal.context import frame_site, language_of
from prongsai.portal.notices import board, live_notices, now, sender
from prongsai.record.addresses import public_path

ATOM = "application/atom+xml; charset=utf-8"
IN_FEED = 50


def register(request: HttpRequest) -> HttpResponse:
    """Live ones, ended ones, and drills apart from both."""
    bulletin, at = board().bulletin, now()
    live, over = bulletin.live(at), bulletin.over(at)
    context = {
        "here": "notices",
        "live": [each for each in live if not each.is_drill],
        "over": [each for each in over if not each.is_drill],
        "live_drills": [each for each in live if each.is_drill],
        "over_drills": [each for each in over if each.is_drill],
    }
    return render(request, "portal/notices.html", context)


def notice(request: HttpRequest, notice_id: str) -> HttpResponse:
    found = _found(notice_id)
    context = {
        "here": "notices",
        "notice": found,
        "is_live": found.is_live(now()),
        "earlier": () if found.is_recalled else found.messages[-2::-1],
        "trail": [(_register_title(request), public_path("notices", language_of(request.path)))],
    }
    return render(request, "portal/notice.html", context, status=410 if found.is_recalled else 200)


def cap(request: HttpRequest, notice_id: str) -> HttpResponse:
    return HttpResponse(cap_xml(_found(notice_id), sender()), content_type=MEDIA_TYPE)


def cap_atom(request: HttpRequest) -> HttpResponse:
    """The newest message of each notice, drills included: their status says what they are."""
    bulletin, at = board().bulletin, now()
    rows = [*bulletin.live(at), *bulletin.over(at)][:IN_FEED]
    newest = max((each.last.sent_at for each in rows), default=None)
    context = {"rows": rows, "newest": newest}
    return render(request, "portal/notices.atom", context, content_type=ATOM)


def current(request: HttpRequest) -> JsonResponse:
    """What is live this moment, and the banner itself, for pages that a browser kept."""
    live = live_notices()
    content = {
        "sequence": board().bulletin.sequence,
        "notices": [_row(each) for each in live],
        "banner": {code: _banner(code, live) for code, _name in settings.LANGUAGES},
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


def _found(notice_id: str) -> PublicNotice:
    found = board().bulletin.find(notice_id)
    if found is None:
        raise Http404
    return found


def _register_title(request: HttpRequest) -> str:
    return str(translation.gettext("ประกาศฉุกเฉิน"))


def _banner(language: str, live: tuple[PublicNotice, ...]) -> str:
    with translation.override(language):
        return render_to_string(
            "portal/parts/notice_banner.html", {"notices": live, "site": frame_site(language)}
        )


def _row(each: PublicNotice) -> dict[str, object]:
    origin, text = settings.PORTAL_URL, each.text
    return {
        "id": each.id,
        "is_drill": each.is_drill,
        "headline": text.headline,
        "headline_en": text.headline_en,
        "happened": text.happened,
        "to_do": text.to_do,
        "contact": text.contact,
        "area": text.area,
        "category": text.category,
        "severity": text.severity,
        "urgency": text.urgency,
        "certainty": text.certainty,
        "sent_at": moment(each.last.sent_at),
        "valid_until_at": moment(each.valid_until_at),
        "url": origin + public_path("notice", notice_id=each.id),
        "cap": origin + public_path("notice_cap", notice_id=each.id),
    }
