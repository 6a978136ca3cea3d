"""The office's addresses. All lie below /office/; nothing of the public site is served here."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from prongsai.office.views import (
    acts,
    attachments,
    deciding,
    disclosures,
    inbox,
    intake,
    intake_manifest,
    pages,
    published,
    redacting,
    screening,
    sections,
    submitting,
    texts,
    withheld,
    writing,
)

# Only these of allauth's screens exist: no sign-up, no e-mail, no password by e-mail.
accounts: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
]
redaction: list[URLPattern | URLResolver] = [
    path("", redacting.redact, name="redact"),
    path("mark/", redacting.mark, name="redact_mark"),
    path("alike/", redacting.mark_alike, name="redact_alike"),
    path("make/", redacting.make, name="redact_make"),
    path("drop/", redacting.drop, name="redact_drop"),
    path("undo/", redacting.undo, name="redact_undo"),
    path("keep/", redacting.keep, name="redact_keep"),
    path("state/", redacting.state, name="redact_state"),
    path("compare/", redacting.compare, name="redact_compare"),
]
one: list[URLPattern | URLResolver] = [
    path("", disclosures.work, name="work"),
    path("write/", writing.write, name="write"),
    path("autosave/", writing.autosave, name="autosave"),
    path("forget/", writing.forget, name="forget"),
    path("preview/", writing.preview, name="preview"),
    path("revisions/", writing.revisions, name="revisions"),
    path("compare/", writing.compare, name="compare"),
    path("discard/", disclosures.discard, name="discard"),
    path("bring-back/", disclosures.bring_back, name="bring_back"),
    path("files/", attachments.files, name="files"),
    path("files/attach/", attachments.attach, name="attach"),
    path("files/<slug:slot>/remove/", attachments.detach, name="detach"),
    path("files/<slug:slot>/label/", attachments.relabel, name="relabel"),
    path("files/<slug:slot>/move/", attachments.move, name="move_file"),
    path("files/progress/", texts.progress, name="files_progress"),
    path("files/<slug:slot>/text/", texts.check_text, name="check_text"),
    path("files/<slug:slot>/text/<int:number>/", texts.check_page, name="check_page"),
    path("files/<slug:slot>/text/<int:number>/save/", texts.save_page, name="save_page"),
    path("files/<slug:slot>/text/vouch/", texts.vouch, name="vouch_for_text"),
    path("files/<slug:slot>/text/unbind/", texts.unbind, name="unbind_text"),
    path("files/<slug:slot>/searchable/", texts.searchable, name="make_searchable"),
    path("files/<slug:slot>/original/", texts.original, name="original_file"),
    path("files/<slug:slot>/redact/", include(redaction)),
    path("screening/", screening.screening, name="screening"),
    path("screening/group/", screening.group, name="finding_group"),
    path("screening/decide/", screening.decide, name="decide_findings"),
    path("screening/second/", screening.second, name="second_word"),
    path("screening/withdraw/", screening.withdraw, name="withdraw_decision"),
    path("withheld/", withheld.parts, name="withheld_parts"),
    path("withheld/<uuid:part>/close/", withheld.close, name="close_part"),
    path("submit/", submitting.submit, name="submit"),
    path("take-back/", submitting.take_back, name="take_back"),
    path("stop/", submitting.stop, name="stop"),
    path("correct/", published.correct, name="correct"),
    path("<slug:action>/propose/", published.propose, name="propose"),
]
batch: list[URLPattern | URLResolver] = [
    path("", intake.batch, name="batch"),
    path("progress/", intake.progress, name="batch_progress"),
    path("confirm-ticked/", intake.confirm_ticked, name="confirm_ticked"),
    path("place/", intake.place, name="place_arrivals"),
    path("confirm-sure/", intake.confirm_all_sure, name="confirm_all_sure"),
    path("manifest/", intake_manifest.manifest, name="manifest"),
    path("manifest/import/", intake_manifest.run, name="run_manifest"),
    path("manifest/report.csv", intake_manifest.report, name="manifest_report"),
]
arrival: list[URLPattern | URLResolver] = [
    path("confirm/", intake.confirm, name="confirm_arrival"),
    path("keep/", intake.keep, name="keep_arrival"),
    path("duplicate/", intake.duplicate, name="decide_duplicate"),
    path("discard/", intake.discard, name="discard_arrival"),
]
office: list[URLPattern | URLResolver] = [
    path("", inbox.inbox, name="inbox"),
    path("post/", inbox.choose_post, name="choose_post"),
    path("language/", set_language, name="set_language"),
    path("account/", inbox.account, name="account"),
    path("help/", inbox.help_page, name="help"),
    path("accounts/", include(accounts)),
    path("disclosures/", disclosures.disclosures, name="disclosures"),
    path("disclosures/new/", disclosures.start, name="start"),
    path("disclosures/<uuid:ref>/", include(one)),
    path("intake/", intake.intake, name="intake"),
    path("intake/drop/", intake.drop, name="drop"),
    path("intake/known/", intake.known, name="known_file"),
    path("intake/template.<slug:form>", intake_manifest.template, name="manifest_template"),
    path("intake/<uuid:ref>/", include(batch)),
    path("intake/arrivals/<uuid:ref>/", include(arrival)),
    path("submissions/<uuid:ref>/", deciding.decide, name="decide"),
    path("submissions/<uuid:ref>/content/", deciding.content, name="submitted_content"),
    path("files/<uuid:file_id>/", attachments.file, name="file"),
    path("files/<uuid:file_id>/original/", attachments.original, name="evidence"),
    path("files/<uuid:file_id>/text/", texts.read_text, name="read_text"),
    path("files/<uuid:file_id>/pages/<int:number>.jpg", pages.page_picture, name="page_picture"),
    path("published/", published.published, name="published"),
    path("withheld/", withheld.register, name="withheld"),
    path("sections/", sections.sections, name="sections"),
    path("sections/<slug:slug>/", sections.section, name="section"),
    path("organisation/", acts.organisation, name="organisation"),
    path("acts/", acts.acts, name="acts"),
]
urlpatterns = [
    path("office/", include(office)),
    path("files/<slug:sha256>/<str:name>", attachments.file_by_hash, name="file_by_hash"),
]
handler403 = "prongsai.office.views.errors.refused"
handler404 = "prongsai.office.views.errors.not_found"
handler500 = "prongsai.office.views.errors.broken"
