"""What lists can be cut down by. A filter is a GET form first."""

from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.choices import section_choices
from prongsai.disclosures.fields import ThaiDateField
from prongsai.disclosures.grounds import grounds
from prongsai.disclosures.models import Disclosure, Section, WithheldPart
from prongsai.disclosures.states import KindCode, Stage
from prongsai.office.desk import desk_of
from prongsai.office.subjects import about
from prongsai.office.verbs import VERBS
from prongsai.organisation.models import Act, Unit
from prongsai.organisation.states import Outcome
from prongsai.thai.dates import end_of, start_of
from prongsai.thai.normalise import normalise

SELECT = {"class": "ds-input"}


def _choice(label: Any, choices: Any, **rest: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label,
        choices=choices,
        empty_label=_("ทั้งหมด"),
        widget=forms.Select(attrs=SELECT),
        **rest,
    )


class _DayFilter(django_filters.Filter):  # type: ignore[misc]  # ships no types
    """A day as people here write it."""

    field_class = ThaiDateField


class DisclosureFilter(django_filters.FilterSet):  # type: ignore[misc]  # ships no types
    """Stage, kind, unit, section, mine, and words of the title or the number."""

    q = django_filters.CharFilter(
        label=_("คำในชื่อเรื่อง หรือเลขที่เผยแพร่"),
        method="by_words",
        widget=forms.TextInput(attrs={"class": "ds-input", "type": "search"}),
    )
    stage = _choice(_("ขั้นตอน"), Stage.choices)
    kind = _choice(_("ประเภท"), KindCode.choices)
    unit = django_filters.ModelChoiceFilter(
        label=_("หน่วยงาน"),
        queryset=Unit.objects.all(),
        to_field_name="code",
        empty_label=_("ทั้งหมด"),
        widget=forms.Select(attrs=SELECT),
    )
    section = _choice(_("หมวด"), section_choices, method="by_section")
    mine = django_filters.BooleanFilter(
        label=_("เฉพาะเรื่องที่ข้าพเจ้าเขียน"), method="by_writer", widget=forms.CheckboxInput()
    )

    class Meta:
        model = Disclosure
        fields: ClassVar[list[str]] = ["q", "stage", "kind", "unit", "section", "mine"]

    def by_words(self, rows: QuerySet[Disclosure], _name: str, text: str) -> QuerySet[Disclosure]:
        for word in normalise(text).split():
            rows = rows.filter(Q(title__icontains=word) | Q(number=word))
        return rows

    def by_section(self, rows: QuerySet[Disclosure], _name: str, slug: str) -> QuerySet[Disclosure]:
        slugs = [slug, *Section.objects.filter(parent__slug=slug).values_list("slug", flat=True)]
        return rows.filter(latest__content__section__in=slugs)

    def by_writer(
        self, rows: QuerySet[Disclosure], _name: str, mine: bool | None
    ) -> QuerySet[Disclosure]:
        return rows.filter(created_by=self.request.user) if mine else rows


def _verb_choices() -> list[tuple[str, str]]:
    """Verbs that read the same are one choice: what an action does, and the door before it."""
    return sorted({str(words): verb for verb, words in VERBS.items()}.items())


class ActFilter(django_filters.FilterSet):  # type: ignore[misc]  # ships no types
    """Who, what, about what, on which days, with which outcome."""

    q = django_filters.CharFilter(
        label=_("ชื่อผู้กระทำ การกระทำ หรือเรื่อง"),
        method="by_words",
        widget=forms.TextInput(attrs={"class": "ds-input", "type": "search"}),
    )
    about = django_filters.CharFilter(
        label=_("คำในชื่อเรื่อง หรือเลขที่เผยแพร่"),
        method="by_subject",
        widget=forms.TextInput(attrs={"class": "ds-input", "type": "search"}),
    )
    act = _choice(
        _("การกระทำ"),
        lambda: [(words, words) for words, _verb in _verb_choices()],
        method="by_verb",
    )
    since = _DayFilter(label=_("ตั้งแต่วันที่"), method="by_first_day")
    until = _DayFilter(label=_("ถึงวันที่"), method="by_last_day")
    outcome = _choice(_("ผล"), Outcome.choices)

    class Meta:
        model = Act
        fields: ClassVar[list[str]] = ["q", "about", "act", "since", "until", "outcome"]

    def by_words(self, rows: QuerySet[Act], _name: str, text: str) -> QuerySet[Act]:
        return rows.filter(
            Q(actor_name__icontains=text)
            | Q(person__username=text)
            | Q(verb__icontains=text)
            | Q(subject__icontains=text)
        )

    def by_subject(self, rows: QuerySet[Act], _name: str, text: str) -> QuerySet[Act]:
        return about(rows, text, desk_of(self.request))

    def by_verb(self, rows: QuerySet[Act], _name: str, chosen: str) -> QuerySet[Act]:
        return rows.filter(verb__in=[verb for verb, words in VERBS.items() if str(words) == chosen])

    def by_first_day(self, rows: QuerySet[Act], _name: str, day: date) -> QuerySet[Act]:
        return rows.filter(at__gte=start_of(day))

    def by_last_day(self, rows: QuerySet[Act], _name: str, day: date) -> QuerySet[Act]:
        """That day with all its hours."""
        return rows.filter(at__lt=end_of(day))


def _withholding_grounds() -> list[tuple[str, str]]:
    return [(each.key, f"{each.law}: {each.label}") for each in grounds("withhold")]


class WithheldFilter(django_filters.FilterSet):  # type: ignore[misc]  # ships no types
    """The ground, and whether the day of review has come. Those that are to be reviewed first stand first."""

    ground = _choice(_("เหตุตามกฎหมาย"), _withholding_grounds)
    due = django_filters.BooleanFilter(
        label=_("เฉพาะที่ถึงกำหนดทบทวน"), method="by_due", widget=forms.CheckboxInput()
    )

    class Meta:
        model = WithheldPart
        fields: ClassVar[list[str]] = ["ground", "due"]

    def by_due(
        self, rows: QuerySet[WithheldPart], _name: str, is_wanted: bool | None
    ) -> QuerySet[WithheldPart]:
        return rows.filter(review_date__lte=desk_of(self.request).on) if is_wanted else rows

    @property
    def qs(self) -> QuerySet[WithheldPart]:
        rows: QuerySet[WithheldPart] = super().qs
        return rows.order_by(F("review_date").asc(nulls_last=True), "id")
