"""The staff's pages on whether the site was up."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from prongsai.monitoring.models import Uptime
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])
BEGIN = datetime(2026, 9, 1, tzinfo=UTC)


def test_a_month_leads_to_its_outages_and_its_certificate(sit: SignIn) -> None:
    client = sit("officer")
    assert "ยังไม่มีผลตรวจ" in client.get(reverse("uptime")).content.decode()
    for number, status in enumerate((200, 0, 200)):
        at = BEGIN + timedelta(minutes=5 * number)
        Uptime.objects.create(at=at, status=status, milliseconds=20)
    place = reverse("uptime_month", kwargs={"month": "2569-09"})
    assert place in client.get(reverse("uptime")).content.decode()
    text = client.get(place).content.decode()
    assert "<strong>66.66%</strong> ของ 3 ครั้งที่ตรวจ" in text
    assert "ไม่ตอบ · 5 นาที" in text
    certificate = client.get(reverse("uptime_certificate", kwargs={"month": "2569-09"}))
    assert certificate.content.startswith(b"%PDF-")


@pytest.mark.parametrize("month", ["2569-08", "2569-13", "2026-09", "9999-01", "x"])
def test_a_month_that_nobody_watched_is_not_found(sit: SignIn, month: str) -> None:
    assert sit("officer").get(reverse("uptime_month", kwargs={"month": month})).status_code == 404
