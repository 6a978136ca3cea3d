"""The memorandum that asks permission to publish, with what every post has written on it so far."""

from collections.abc import Mapping, Sequence

from django.utils.timezone import localdate

from prongsai.approval.chains import Step
from prongsai.approval.models import Decision, Submission
from prongsai.approval.queries import approved_time_of, steps_of
from prongsai.approval.states import SubmissionState, Urgency, Verdict
from prongsai.disclosures.kinds import kind_of
from prongsai.disclosures.models import Section as Shelf
from prongsai.letters.documents import Endorsement, Memorandum, Section, Table
from prongsai.obligations.queries import obligation
from prongsai.organisation.models import Post, Unit
from prongsai.publication.papers.phrases import phrase
from prongsai.publication.papers.signing import decided_by, municipality, submitted_by
from prongsai.record.states import CONTENT_ACTIONS, Action
from prongsai.thai.dates import format_datetime


def memorandum(members: Sequence[Submission], *, number: str) -> Memorandum:
    """As it stands now; complete once the submission is no longer under way. A bundle has one for all its members."""
    submission = members[0]
    unit = unit_of(submission)
    titles = _titles(submission)
    is_open = submission.state == SubmissionState.UNDER_WAY
    return Memorandum(
        unit=unit_line(unit),
        phone=unit.phone,
        number=number,
        written_on=localdate(submission.submitted_at),
        subject=_subject(submission),
        addressee=titles[0] if titles else "",
        signatory=submitted_by(submission),
        sections=(
            Section(phrase("memo.heading.background"), _background(submission)),
            _facts(submission) if submission.sending is None else _facts_of_bundle(members),
            Section(phrase("memo.heading.proposal"), _proposal(submission)),
        ),
        closing=phrase("memo.closing"),
        endorsements=endorsements(submission, titles),
        status=phrase("memo.under_way") if is_open else "",
    )


def unit_line(unit: Unit) -> str:
    """A section stands before its division; the municipality itself is not named."""
    above = unit.parent
    return f"{unit.name_th} {above.name_th}" if above and above.parent_id else unit.name_th


def unit_of(submission: Submission) -> Unit:
    """Whose memorandum it is."""
    return submission.sending.bundle.unit if submission.sending else submission.disclosure.unit


def memorandum_title(submission: Submission) -> str:
    if submission.sending is None:
        return title_of(submission)
    return str(submission.sending.statement["title"])


def title_of(submission: Submission) -> str:
    return str(submission.revision.content["title"] or submission.disclosure.title)


def _titles(submission: Submission) -> list[str]:
    """The posts of each step, as they are named; a post and its alternate are asked for one word."""
    steps = steps_of(submission)
    codes = {code for step in steps for code in step.posts}
    named = dict(Post.objects.filter(code__in=codes).values_list("code", "title_th"))
    between = phrase("memo.and")
    return [f" {between} ".join(_seat(step, seat, named) for seat in step.seats) for step in steps]


def _seat(step: Step, seat: str, named: Mapping[str, str]) -> str:
    posts = [post for post in step.posts if step.seat_of(post) == seat]
    return f" {phrase('memo.or')} ".join(named.get(post, post) for post in posts)


def _subject(submission: Submission) -> str:
    what = "bundle" if submission.sending else submission.action
    return phrase(f"memo.subject.{what}", body=municipality(), title=memorandum_title(submission))


def _background(submission: Submission) -> tuple[str, ...]:
    known = (
        phrase("memo.background.number", number=submission.disclosure.number)
        if submission.disclosure.number and submission.action != Action.PUBLISHED
        else ""
    )
    return (phrase("memo.background", body=municipality()), known)


def _facts(submission: Submission) -> Section:
    heading = phrase("memo.heading.facts")
    if submission.action not in CONTENT_ACTIONS:
        return Section(heading, _act_facts(submission))
    return Section(heading, _content_facts(submission), tables=files_table(submission))


def _facts_of_bundle(members: Sequence[Submission]) -> Section:
    """What is common to all, and the annex that names each of them."""
    stated = phrase(
        "memo.facts.bundle",
        unit=unit_of(members[0]).name_th,
        title=memorandum_title(members[0]),
        count=len(members),
    )
    paragraphs = (stated, phrase("memo.facts.screened"))
    return Section(phrase("memo.heading.facts"), paragraphs, tables=(_annex(members),))


def _annex(members: Sequence[Submission]) -> Table:
    header = ("ลำดับ", "เรื่อง", "ประเภท", "หน่วยงาน", "จำนวนไฟล์")
    rows = tuple(
        (
            str(each.place + 1),
            _title_in_annex(each),
            kind_of(each.revision.content["kind"]).title_th,
            each.disclosure.unit.name_th,
            str(len(each.revision.content["files"])),
        )
        for each in members
    )
    return Table(header, rows, phrase("memo.annex"))


def _title_in_annex(submission: Submission) -> str:
    title = title_of(submission)
    if submission.action != Action.CORRECTED:
        return title
    number, note = submission.disclosure.number, submission.change_note
    return phrase("memo.annex.correction", title=title, number=number, note=note)


def _act_facts(submission: Submission) -> tuple[str, ...]:
    unit, disclosure = submission.disclosure.unit, submission.disclosure
    stated = phrase(
        "memo.facts.act",
        unit=unit.name_th,
        number=disclosure.number,
        title=title_of(submission),
    )
    return (stated, submission.explanation)


def _content_facts(submission: Submission) -> tuple[str, ...]:
    content = submission.revision.content
    duties = [found for key in content["obligations"] if (found := obligation(key))]
    named = ", ".join(f"{each.instrument.short_th} {each.clause}" for each in duties)
    withheld = len(content.get("withheld", ()))
    return (
        phrase(
            "memo.facts",
            unit=submission.disclosure.unit.name_th,
            kind=kind_of(content["kind"]).title_th,
            title=title_of(submission),
            section=_shelf(content["section"]),
        ),
        phrase("memo.facts.duties", duties=named) if named else "",
        phrase("memo.facts.screened"),
        phrase("memo.facts.withheld", count=withheld) if withheld else "",
        phrase("memo.facts.change", note=submission.change_note) if submission.change_note else "",
    )


def _shelf(slug: str) -> str:
    found = Shelf.objects.filter(slug=slug).first()
    return found.title_th if found else slug


def files_table(submission: Submission) -> tuple[Table, ...]:
    """The files that go out with the content, by the names under which the public finds them."""
    files = submission.revision.content["files"]
    rows = tuple(
        (str(position), each["label"] or each["name"], str(each["pages"] or "-"))
        for position, each in enumerate(files, start=1)
    )
    header = (phrase("table.position"), phrase("form.attachments"), phrase("table.pages"))
    return (Table(header, rows, phrase("memo.files")),) if rows else ()


def _proposal(submission: Submission) -> tuple[str, ...]:
    words = {"body": municipality(), "action": Action(submission.action).label}
    later = approved_time_of(submission)
    asked = (
        phrase("memo.proposal.later", moment=format_datetime(later), **words)
        if later
        else phrase("memo.proposal.now", **words)
    )
    is_urgent = submission.urgency == Urgency.URGENT
    return (asked, phrase("memo.proposal.urgent") if is_urgent else "")


def endorsements(submission: Submission, titles: list[str]) -> tuple[Endorsement, ...]:
    """Every decision in its order, what a remand undid as well: paper forgets nothing."""
    decisions = submission.decisions.select_related("person").order_by("id")
    return tuple(_endorsement(each, submission, titles) for each in decisions)


def _endorsement(decision: Decision, submission: Submission, titles: list[str]) -> Endorsement:
    on = localdate(decision.at)
    return Endorsement(
        text="\n".join(filter(None, (_right(decision), _words(decision, titles), decision.reason))),
        signatory=decided_by(decision, on),
        addressee=_addressee(decision, submission, titles),
        signed_on=on,
    )


def _right(decision: Decision) -> str:
    """By which right they spoke, when it was not simply their turn."""
    if decision.for_post:
        return phrase("endorsement.for_vacant_post", post=decision.for_post_title)
    return phrase(f"endorsement.{decision.passing}") if decision.passing else ""


def _words(decision: Decision, titles: list[str]) -> str:
    if decision.verdict != Verdict.ENDORSE:
        return phrase(f"endorsement.{decision.verdict}")
    is_final = decision.step == len(titles) - 1
    return phrase("endorsement.final" if is_final else "endorsement.forward")


def _addressee(decision: Decision, submission: Submission, titles: list[str]) -> str:
    """The next post, or whoever gets it back; a final word is addressed to nobody."""
    if decision.verdict == Verdict.REMAND_TO_START:
        return submission.submitter_post
    if decision.to_step is not None:
        return titles[decision.to_step]
    step = decision.step + (1 if decision.verdict == Verdict.ENDORSE else -1)
    return titles[step] if 0 <= step < len(titles) else ""
