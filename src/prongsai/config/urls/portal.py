"""The portal's addresses (DESIGN, section 5). Thai at `/`, English at `/en/`; the path alone decides."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path, register_converter

from prongsai.portal.converters import Count, DutyKey, FileName, Hash, NoticeId, Number
from prongsai.portal.views import (
    api,
    bundles,
    errors,
    feeds,
    files,
    home,
    inspection,
    items,
    log,
    notices,
    ocds,
    operations,
    owed_api,
    search,
    sections,
    transparency,
    withheld,
)

register_converter(Number, "number")
register_converter(Count, "count")
register_converter(Hash, "hash")
register_converter(FileName, "filename")
register_converter(NoticeId, "notice_id")
register_converter(DutyKey, "duty_key")

handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("files/<hash:sha256>/<filename:name>", files.file),
    path("log/checkpoint", log.checkpoint),
    path("log/key", log.key),
    path("log/tile/<path:path>", log.tile),
    path("log/editions/<hash:hash_>", log.edition),
    path("log/entries/<count:seq>.json", log.entry_json),
    path("feeds/latest.atom", feeds.latest_atom),
    path("feeds/latest.json", feeds.latest_json),
    path("feeds/sections/<slug:slug>.atom", feeds.section_atom),
    path("transparency/due.ics", transparency.due),
    path("transparency/oia/index.csv", inspection.index_csv),
    path("notices/current.json", notices.current),
    path("notices/cap.atom", notices.cap_atom),
    path("notices/<notice_id:notice_id>.cap.xml", notices.cap),
    path("open-data/procurement/ocds.json", ocds.release_list),
    path("open-data/procurement/records.json", ocds.record_list),
    path("p/<number:number>/ocds.json", ocds.item),
    path("api/v1/sections", api.sections),
    path("api/v1/disclosures", api.disclosures),
    path("api/v1/disclosures/<number:number>", api.disclosure),
    path("api/v1/search", search.search_json),
    path("api/v1/entries", api.entries),
    path("api/v1/withheld", api.withheld),
    path("api/v1/obligations", owed_api.obligations),
    path("api/v1/coverage", owed_api.coverage),
    path("healthz", operations.healthz),
    path("readyz", operations.readyz),
    path("sitemap.xml", operations.sitemap),
    path("robots.txt", operations.robots),
    path(".well-known/security.txt", operations.security),
    *i18n_patterns(
        path("", home.home),
        path("sections/<slug:slug>/", sections.section),
        path("p/<number:number>/", items.item),
        path("p/<number:number>/v/<count:version>/", items.version),
        path("p/<number:number>/history/", items.history),
        path("p/<number:number>/posting/", items.posting),
        path("p/<number:number>/compare/", items.compare),
        path("p/<number:number>/proof/", log.item_proof),
        path("p/<number:number>/files/<slug:slot>/", items.slot),
        path("files/<hash:sha256>/<filename:name>/text", files.text),
        path("bundles/<uuid:bundle_id>/", bundles.bundle),
        path("search", search.search_page),
        path("transparency/", transparency.board),
        path("transparency/withheld/", withheld.withheld),
        path("transparency/oia/index/", inspection.index),
        path("transparency/oia/index/<duty_key:folder>/", inspection.index_folder),
        path("transparency/<duty_key:instrument>/", transparency.instrument),
        path("transparency/<duty_key:instrument>/<duty_key:item>/", transparency.item),
        path("notices/", notices.register),
        path("notices/<notice_id:notice_id>/", notices.notice),
        path("log/", log.log),
        path("log/entries/<count:seq>/", log.entry),
        prefix_default_language=False,
    ),
]
