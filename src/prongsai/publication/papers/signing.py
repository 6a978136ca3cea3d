"""Who signs the papers: name, own post, and for whom they stand in by which order."""

from datetime import date

from django.conf import settings

from prongsai.approval.models import Decision, Submission
from prongsai.letters.documents import Signatory
from prongsai.organisation.models import Appointment, Post, Unit
from prongsai.organisation.queries import substantive_title
from prongsai.organisation.states import Capacity, RoleCode, UnitLevel
from prongsai.publication.papers.phrases import phrase
from prongsai.thai.dates import format_date


def municipality() -> str:
    """The name under which the papers go out."""
    return str(settings.MUNICIPALITY["name_th"])


def decided_by(decision: Decision, on: date) -> Signatory:
    """As the decision remembers it; the post of one's own is that of the day."""
    return _signatory(
        name=decision.person.full_name,
        own_title=substantive_title(decision.person_id, on),
        post_title=decision.post_title,
        capacity=decision.capacity,
        order=decision.acting_order,
        mark=phrase("signature.mark"),
    )


def submitted_by(submission: Submission) -> Signatory:
    return Signatory(
        submission.submitted_by.full_name,
        submission.submitter_post,
        mark=phrase("signature.mark"),
    )


def appointed(appointment: Appointment | None, *, mark: str = "") -> Signatory:
    """Whoever holds a post; without anybody the place stays empty."""
    if appointment is None:
        return Signatory("", "")
    order, ordered = appointment.order_number, appointment.order_date
    return _signatory(
        name=appointment.person.full_name,
        own_title=substantive_title(appointment.person_id, appointment.from_date),
        post_title=appointment.post.title_th,
        capacity=appointment.capacity,
        order=f"ตามคำสั่งที่ {order} ลงวันที่ {format_date(ordered)}" if ordered else "",
        mark=mark,
    )


def _signatory(
    *, name: str, own_title: str, post_title: str, capacity: str, order: str, mark: str
) -> Signatory:
    if capacity in ("", Capacity.SUBSTANTIVE):
        return Signatory(name, post_title, mark=mark)
    return Signatory(
        name,
        own_title,
        # Thai puts the post that is stood in for behind the capacity, on the line below one's own.
        acting=f"{Capacity(capacity).label} {post_title}",
        order=order.replace(" ลงวันที่ ", "\nลงวันที่ "),
        mark=mark,
    )


def webmaster(on: date) -> Appointment | None:
    """Who answers for what goes onto the site (clause 2.2.1)."""
    held = Appointment.objects.held(on=on).filter(post__roles__code=RoleCode.WEBMASTER)
    return held.select_related("post", "person").order_by("post__rank", "id").first()


def head_of(unit: Unit, on: date) -> Appointment | None:
    """The holder of the unit's highest approving post, or of that of the unit above it."""
    above: Unit | None = unit
    while above is not None:
        posts = Post.objects.filter(unit=above, roles__code=RoleCode.APPROVER)
        found = _holder(posts.order_by("rank", "code").first(), on)
        if found is not None:
            return found
        above = above.parent
    return None


def mayor(on: date) -> Appointment | None:
    """The holder of the highest approving post of the municipality itself."""
    posts = Post.objects.filter(
        unit__level=UnitLevel.MUNICIPALITY, roles__code=RoleCode.APPROVER
    ).order_by("rank", "code")
    return _holder(posts.first(), on)


def _holder(post: Post | None, on: date) -> Appointment | None:
    """Somebody who stands in comes first: they are appointed while the holder is away."""
    held = Appointment.objects.held(on=on).filter(post=post, person__is_active=True)
    found = list(held.select_related("post", "person").order_by("id"))
    return next((each for each in found if each.capacity != Capacity.SUBSTANTIVE), None) or (
        found[0] if found else None
    )
