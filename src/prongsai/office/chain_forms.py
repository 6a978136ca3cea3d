"""A chain as an administrator fills it in: for what it is, and its steps. Forms read input; they decide nothing."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.approval.chains import ABOVE, DIVISION_HEAD, MOST_DAYS, MOST_SEATS, SECTION_HEAD, Plan
from prongsai.approval.models import ChainVersion
from prongsai.approval.states import Urgency
from prongsai.disclosures.choices import section_choices
from prongsai.disclosures.fields import PatternField, TextField, ThaiDateField
from prongsai.disclosures.states import KindCode
from prongsai.office.verbs import ASKED
from prongsai.organisation.models import Post
from prongsai.organisation.queries import unit_names
from prongsai.organisation.states import RoleCode

INPUT = {"class": "ds-input"}
# What most steps leave as it is.
SETTINGS = ("days", "stand_in", "otherwise", "pulls_up")
EVERYTHING = ("", _("ทุกอย่าง"))
PATTERNS = [
    (SECTION_HEAD, _("หัวหน้าฝ่ายของหน่วยงานเจ้าของเรื่อง")),
    (DIVISION_HEAD, _("ผู้อำนวยการของหน่วยงานเจ้าของเรื่อง")),
]
_OF_THE_WORK = _("ตำแหน่งตามหน่วยงานของเรื่อง")
ACTS = [(str(act), label) for act, label in ASKED.items()]


def _select(label: Any, **rest: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=forms.Select(attrs=INPUT), **rest)


def approving_posts() -> list[tuple[str, str]]:
    rows = Post.objects.filter(roles__code=RoleCode.APPROVER).order_by("rank", "code")
    return [(each.code, each.title) for each in rows]


def units() -> list[tuple[str, str]]:
    return list(unit_names().items())


def _posts_by_unit() -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of choices, in the order of the units."""
    groups: dict[str, list[tuple[str, str]]] = {}
    posts = Post.objects.select_related("unit").order_by("unit__position", "unit__code", "rank")
    for post in posts:
        groups.setdefault(post.unit.name, []).append((post.code, post.title))
    return list(groups.items())


def _offer(form: forms.Form, **choices: Any) -> None:
    for name, options in choices.items():
        cast("forms.ChoiceField", form.fields[name]).choices = options


class ChainForm(forms.Form):
    """For what the chain is, from when, why, and who is told afterwards; `base_number` is what was changed."""

    base_number = forms.IntegerField(widget=forms.HiddenInput())
    name_th = TextField(label=_("ชื่อสาย"), max_length=200)
    name_en = TextField(
        label=_("ชื่อสายภาษาอังกฤษ"),
        max_length=200,
        required=False,
        help_text=_("ไม่บังคับ ใช้แทนชื่อไทยเมื่ออ่านหน้าภาษาอังกฤษ"),
    )
    urgency = forms.ChoiceField(
        label=_("ความเร่งด่วน"), choices=Urgency.choices, widget=forms.Select(attrs=INPUT)
    )
    action = _select(_("การกระทำ"), choices=[EVERYTHING, *ACTS])
    kind = _select(_("ประเภท"), choices=[EVERYTHING, *KindCode.choices])
    section = _select(_("หมวด"), help_text=_("รวมหมวดย่อยทั้งหมดในนั้น"))
    unit_code = _select(_("หน่วยงาน"), help_text=_("รวมฝ่ายและงานในสังกัด"))
    informed = forms.MultipleChoiceField(
        label=_("แจ้งเพื่อทราบหลังอนุมัติ"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("ผู้ดำรงตำแหน่งเหล่านี้จะเห็นในงานของฉันและกดรับทราบ ไม่กั้นการเผยแพร่"),
    )
    from_date = ThaiDateField(
        label=_("เริ่มใช้วันที่"),
        required=False,
        help_text=_("เว้นว่างไว้คือวันนี้ สายใช้ได้เมื่อมีผู้ยืนยันแล้วเท่านั้น"),
    )
    reason = TextField(
        label=_("เหตุผล"),
        is_long=True,
        error_messages={"required": _("ยังไม่ได้บอกเหตุผล โปรดเขียนว่าเปลี่ยนเพราะอะไร")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(
            self,
            section=[EVERYTHING, *section_choices()],
            unit_code=[EVERYTHING, *units()],
            informed=[(str(_OF_THE_WORK), list(PATTERNS)), *_posts_by_unit()],
        )

    @property
    def chosen_informed(self) -> list[str]:
        return list(self["informed"].value() or [])

    def version(self, code: str, plans: list[Plan]) -> ChainVersion:
        """Unsaved. The form must be valid."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "base_number"}
        given.pop("code", None)
        return ChainVersion(code=code, plans=[plan.to_json() for plan in plans], **given)


class NewChainForm(ChainForm):
    code = PatternField(
        label=_("ชื่อย่อ"),
        pattern="[a-z0-9]+(?:-[a-z0-9]+)*",
        message=_("ใช้ได้เฉพาะตัวอักษร a–z ตัวเลข และขีดกลาง เช่น budget-plan"),
        max_length=60,
        help_text=_("ตัวอักษร a–z ตัวเลข และขีดกลาง เช่น budget-plan เปลี่ยนภายหลังไม่ได้"),
    )
    field_order = ("base_number", "code")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code == "new" or ChainVersion.objects.filter(code=code).exists():
            raise forms.ValidationError(_("มีสายที่ใช้ชื่อย่อนี้แล้ว โปรดใช้ชื่ออื่น"))
        return code


def columns_of(version: ChainVersion) -> dict[str, Any]:
    """What the form shows of a version that is to be changed; day and reason are new each time."""
    names = ("name_th", "name_en", "urgency", "action", "kind", "section", "unit_code", "informed")
    return {name: getattr(version, name) for name in names} | {"base_number": version.number}


class StepForm(forms.Form):
    """One step: its seats, each with a post that may sign in its place, and what holds for the step."""

    quorum = forms.IntegerField(
        label=_("ต้องเห็นชอบกี่ตำแหน่ง"),
        min_value=1,
        max_value=MOST_SEATS,
        initial=1,
        widget=forms.NumberInput(attrs=INPUT),
    )
    days = forms.IntegerField(
        label=_("กำหนดเวลา (วันทำการ)"),
        min_value=0,
        max_value=MOST_DAYS,
        initial=0,
        help_text=_("0 คือไม่กำหนด นับจากวันถัดจากวันที่เรื่องมาถึง"),
        widget=forms.NumberInput(attrs=INPUT),
    )
    stand_in = _select(_("ถ้าตำแหน่งว่าง ใครพิจารณาแทน"))
    otherwise = _select(_("ถ้าหน่วยงานไม่มีฝ่ายหรือกองนี้ ใช้ตำแหน่ง"))
    pulls_up = forms.BooleanField(label=_("พิจารณาก่อนถึงลำดับได้"), required=False)

    def __init__(self, *args: Any, posts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = ("", _("ไม่มี"))
        for number in range(1, MOST_SEATS + 1):
            seat = _select(_("ตำแหน่ง"), choices=[("", "—"), *PATTERNS, *posts])
            other = _select(_("หรือผู้ลงนามแทนได้"), choices=[nobody, *posts])
            self.fields[f"seat_{number}"], self.fields[f"other_{number}"] = seat, other
        above = (ABOVE, _("ตำแหน่งที่สูงกว่าถัดขึ้นไป"))
        wait = ("", _("ไม่มี: ส่งไม่ได้จนกว่าจะแต่งตั้งผู้แทน"))
        _offer(self, stand_in=[wait, above, *posts], otherwise=[("", _("ข้ามขั้นนี้")), *posts])

    @property
    def seats(self) -> list[tuple[Any, Any]]:
        """Bound pairs (seat, other), as many as are filled and one more."""
        pairs = [(self[f"seat_{n}"], self[f"other_{n}"]) for n in range(1, MOST_SEATS + 1)]
        filled = sum(bool(seat.value()) for seat, _other in pairs)
        return pairs[: filled + 1]

    @property
    def settings(self) -> list[Any]:
        return [self[name] for name in SETTINGS]

    @property
    def has_more(self) -> bool:
        """Whether something is set that most steps do without."""
        return any(str(self[name].value() or "0") not in ("0", "False") for name in SETTINGS)

    def plan(self) -> Plan:
        """The form must be valid."""
        given = self.cleaned_data
        numbers = [n for n in range(1, MOST_SEATS + 1) if given.get(f"seat_{n}")]
        pairs = [(given[f"seat_{n}"], given.get(f"other_{n}") or "") for n in numbers]
        return Plan(
            seats=tuple(dict.fromkeys(seat for seat, _other in pairs)),
            otherwise=(given["otherwise"],) if given["otherwise"] else (),
            quorum=given["quorum"],
            alternates=tuple((seat, other) for seat, other in pairs if other),
            pulls_up=given["pulls_up"],
            stand_in=given["stand_in"],
            days=given["days"],
        )


def step_values(plan: Plan) -> dict[str, Any]:
    """What a step's form shows of a plan."""
    others = dict(plan.alternates)
    seats = {f"seat_{n}": seat for n, seat in enumerate(plan.seats, start=1)}
    pairs = {f"other_{n}": others.get(seat, "") for n, seat in enumerate(plan.seats, start=1)}
    return {
        "quorum": plan.quorum,
        "days": plan.days,
        "stand_in": plan.stand_in,
        "otherwise": next(iter(plan.otherwise), ""),
        "pulls_up": plan.pulls_up,
        **seats,
        **pairs,
    }


class StepForms(forms.BaseFormSet):  # type: ignore[type-arg]  # not subscriptable when it runs
    """Steps in the order in which they are walked; those without any seat are left out."""

    def plans(self) -> list[Plan]:
        """The formset must be valid."""
        said = [form for form in self.ordered_forms if form.cleaned_data]
        plans = (form.plan() for form in said)
        return [plan for plan in plans if plan.seats]


def steps_form(data: Any = None, *, plans: list[Plan] | None = None, extra: int = 0) -> StepForms:
    """`extra` empty steps stand behind those that are there."""
    made = forms.formset_factory(
        StepForm, formset=StepForms, extra=extra, can_order=True, can_delete=True, max_num=20
    )
    return cast(
        "StepForms",
        made(
            data,
            prefix="steps",
            initial=[step_values(plan) for plan in plans or []],
            form_kwargs={"posts": approving_posts()},
        ),
    )


class WayForm(forms.Form):
    """Which work somebody asks about: who would decide on it today. A GET form."""

    unit = forms.ChoiceField(label=_("หน่วยงาน"), widget=forms.Select(attrs=INPUT))
    kind = forms.ChoiceField(
        label=_("ประเภท"), choices=KindCode.choices, widget=forms.Select(attrs=INPUT)
    )
    action = forms.ChoiceField(label=_("การกระทำ"), choices=ACTS, widget=forms.Select(attrs=INPUT))
    urgency = forms.ChoiceField(
        label=_("ความเร่งด่วน"), choices=Urgency.choices, widget=forms.Select(attrs=INPUT)
    )
    section = _select(_("หมวด"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, unit=units(), section=[("", _("ยังไม่เลือกหมวด")), *section_choices()])


class UnitForm(forms.Form):
    """For which unit a chain is looked at. A GET form."""

    unit = forms.ChoiceField(label=_("หน่วยงาน"), widget=forms.Select(attrs=INPUT))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, unit=units())
