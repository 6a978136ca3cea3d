"""Signing in by an identity provider, for those who have linked an account there; nobody else comes in by it."""

import re
from dataclasses import replace
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.test import Client
from django.urls import reverse

from prongsai.office.models import Invitation
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person
from tests.office.conftest import SECRET, SignIn, signed_in
from tests.office.provider import FakeProvider, running
from tests.office.vouching import (
    come_back,
    go,
    is_in,
    lets_count,
    linked,
    sign_in,
    way_there,
)

pytestmark = pytest.mark.django_db(databases=["default", "record"])
PASSWORD = "กขค-long-enough-1"
People = dict[str, Actor]


@pytest.fixture
def officer(people: People) -> Person:
    return with_password(people, "officer")


def with_password(people: People, code: str) -> Person:
    somebody = Person.objects.get(pk=people[code].person_id)
    somebody.set_password(PASSWORD)
    somebody.save()
    return somebody


def acts(*verbs: str) -> list[tuple[str, str]]:
    return list(Act.objects.filter(verb__in=verbs).order_by("id").values_list("verb", "outcome"))


def slip(client: Client, username: str) -> str:
    """The path of the link with which somebody links their account."""
    page = client.post(reverse("invite_to_link", args=[username]), {"by": "slip"}).content.decode()
    found = re.search(r"<code class=\"office-secret\">https?://[^/]+([^<]+)</code>", page)
    assert found, page
    return found[1]


def test_without_a_provider_nothing_of_it_is_shown_or_reached(officer: Person) -> None:
    page = Client().get(reverse("account_login")).content.decode()
    assert reverse("provider_start") not in page
    assert Client().post(reverse("provider_start")).status_code == 404
    assert Client().get(reverse("provider_callback")).status_code == 404
    assert "ผู้ให้บริการ" not in signed_in(officer).get(reverse("account")).content.decode()


def test_somebody_who_has_linked_comes_in_and_the_trail_says_how(
    officer: Person, fake: FakeProvider, settings: Any
) -> None:
    linked(officer, fake, settings)
    client = Client()
    assert "เข้าสู่ระบบด้วย ThaiD" in client.get(reverse("account_login")).content.decode()

    answer = sign_in(client, fake)

    assert (answer.status_code, answer["Location"]) == (302, "/office/")
    assert client.get("/office/").status_code == 200
    act = Act.objects.get(verb="office.sign_in")
    assert (act.outcome, act.person_id, act.details["by_provider"]) == ("done", officer.pk, True)
    assert fake.asked[0]["redirect_uri"].endswith(reverse("provider_callback"))


def test_what_the_provider_calls_a_person_is_kept_nowhere(
    officer: Person, fake: FakeProvider, settings: Any
) -> None:
    fake.lies = {"name": "นายสมชาย ใจดี", "email": "somchai@example.org"}
    linked(officer, fake, settings)
    sign_in(Client(), fake)
    kept = str(list(SocialAccount.objects.values())) + str(list(Act.objects.values()))
    for word in (fake.sub, "สมชาย", "somchai"):
        assert word not in kept


def test_nobody_is_found_by_e_mail_and_no_account_is_made(
    officer: Person, fake: FakeProvider
) -> None:
    Person.objects.filter(pk=officer.pk).update(email="officer@example.org")
    fake.lies = {"email": "officer@example.org", "email_verified": True}
    before, client = Person.objects.count(), Client()

    answer = sign_in(client, fake)

    assert answer.status_code == 403
    assert "ยังไม่ได้ผูก" in answer.content.decode()
    assert not is_in(client)
    assert (Person.objects.count(), SocialAccount.objects.count()) == (before, 0)
    assert acts("office.sign_in_by_provider") == [("office.sign_in_by_provider", "refused")]


def test_people_link_and_unlink_their_own(officer: Person, fake: FakeProvider) -> None:
    client = signed_in(officer)
    answer = come_back(client, fake.agree(go(client, "provider_link")))
    assert (answer.status_code, answer["Location"]) == (302, reverse("account"))
    assert "ผูกไว้เมื่อ" in client.get(reverse("account")).content.decode()
    assert client.post(reverse("export_own")).json()["identity_provider"]["since"]

    other = Client()
    sign_in(other, fake)
    assert is_in(other)
    client.post(reverse("provider_unlink"))

    assert not is_in(other)
    assert client.get(reverse("account")).status_code == 200
    assert sign_in(Client(), fake).status_code == 403
    assert acts("link_identity", "unlink_identity") == [
        ("link_identity", "done"),
        ("unlink_identity", "done"),
    ]


@pytest.mark.parametrize("place", ["provider_link", "provider_unlink"])
def test_linking_asks_again_who_is_there(officer: Person, fake: FakeProvider, place: str) -> None:
    client = signed_in(officer, seconds_ago=3600)
    answer = client.post(reverse(place))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_an_account_at_the_provider_opens_one_account_here(
    people: People, officer: Person, fake: FakeProvider, settings: Any
) -> None:
    linked(officer, fake, settings)
    client = signed_in(with_password(people, "neighbour"))
    come_back(client, fake.agree(go(client, "provider_link")))
    assert "ผูกกับเจ้าหน้าที่คนอื่น" in client.get(reverse("account")).content.decode()
    assert SocialAccount.objects.get().user_id == officer.pk


def test_an_administrator_s_link_links_once_and_signs_nobody_in(
    officer: Person, fake: FakeProvider, sit: SignIn
) -> None:
    path, client = slip(sit("administrator"), officer.username), Client()
    assert officer.full_name in client.get(path).content.decode()
    answer = come_back(client, fake.agree(way_there(client.post(path))))

    assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))
    assert not is_in(client)
    assert Client().get(path).status_code == 410
    sign_in(client, fake)
    assert is_in(client)
    assert acts("invite_to_link", "link_identity") == [
        ("invite_to_link", "done"),
        ("link_identity", "done"),
    ]


def test_looking_at_a_link_or_leaving_for_the_provider_does_not_use_it_up(
    officer: Person, fake: FakeProvider, sit: SignIn
) -> None:
    path, client = slip(sit("administrator"), officer.username), Client()
    client.get(path)
    client.post(path)
    assert Invitation.objects.get().used_at is None


def test_a_link_to_link_sets_no_password(officer: Person, fake: FakeProvider, sit: SignIn) -> None:
    path = slip(sit("administrator"), officer.username)
    words = {"new_password1": "ไม้ขีดไฟ ทุเรียน ตะเกียง", "new_password2": "ไม้ขีดไฟ ทุเรียน ตะเกียง"}
    Client().post(path, words)
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_a_link_is_given_to_nobody_who_has_a_second_factor_or_no_password(
    people: People, fake: FakeProvider, sit: SignIn
) -> None:
    administrator, head = sit("administrator"), with_password(people, "head")
    TOTP.activate(head, SECRET)
    neighbour = Person.objects.get(pk=people["neighbour"].person_id)
    neighbour.set_unusable_password()
    neighbour.save()
    for person, why in ((head, "มีการยืนยันสองชั้นแล้ว"), (neighbour, "ยังไม่มีรหัสผ่าน")):
        place = reverse("invite_to_link", args=[person.username])
        assert why in administrator.post(place, follow=True).content.decode()
    assert not Invitation.objects.exists()


def test_an_administrator_unlinks_and_ends_what_was_opened_by_it(
    officer: Person, fake: FakeProvider, settings: Any, sit: SignIn
) -> None:
    linked(officer, fake, settings)
    client = Client()
    sign_in(client, fake)
    sit("administrator").post(reverse("unlink_person", args=[officer.username]))
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


def test_the_own_second_factor_is_asked_for_after_the_provider(
    people: People, fake: FakeProvider, settings: Any
) -> None:
    head = linked(with_password(people, "head"), fake, settings)
    fake.lies = {"amr": ["mfa"]}
    client = Client()
    # Without one of their own they come no further than to where they set it up.
    sign_in(client, fake)
    assert client.get("/office/")["Location"] == reverse("mfa_activate_totp")

    TOTP.activate(head, SECRET)
    client = Client()
    assert sign_in(client, fake)["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "high"}, True),
        ({"amr": ["pwd"], "acr": "low"}, False),
        ({"amr": "mfa-not-really"}, False),
        ({}, False),
    ],
)
def test_what_the_provider_asked_counts_only_where_the_setting_says_so(
    people: People, fake: FakeProvider, settings: Any, said: dict[str, Any], counts: bool
) -> None:
    lets_count(settings, ("amr", "mfa"), ("acr", "high"))
    linked(with_password(people, "head"), fake, settings)
    fake.lies, client = said, Client()
    sign_in(client, fake)
    assert (client.get("/office/").status_code == 200) is counts


def test_a_factor_at_the_provider_stands_for_the_own_one_until_it_is_unlinked(
    people: People, fake: FakeProvider, settings: Any
) -> None:
    lets_count(settings, ("amr", "mfa"))
    head = linked(with_password(people, "head"), fake, settings)
    fake.lies, client = {"amr": ["mfa"]}, Client()
    TOTP.activate(head, SECRET)
    assert sign_in(client, fake)["Location"] == "/office/"
    head.authenticator_set.all().delete()
    assert client.get("/office/").status_code == 200
    client.post(reverse("provider_unlink"))
    assert client.get("/office/")["Location"] == reverse("mfa_activate_totp")


def test_when_the_provider_is_down_the_page_says_so_and_passwords_work(
    officer: Person, fake: FakeProvider, settings: Any
) -> None:
    linked(officer, fake, settings)
    client = Client()
    brought = fake.agree(go(client))
    fake.config = {"jwks_uri": "http://127.0.0.1:1/keys"}
    gone = come_back(client, brought)
    fake.config = {"token_endpoint": None}
    broken = client.post(reverse("provider_start"))
    for answer in (gone, broken):
        assert answer.status_code == 503
        assert "ติดต่อผู้ให้บริการยืนยันตัวตนไม่ได้" in answer.content.decode()
        assert reverse("account_login") in answer.content.decode()

    words = {"login": officer.username, "password": PASSWORD}
    assert client.post(reverse("account_login"), words)["Location"] == "/office/"


def test_who_cancels_at_the_provider_is_told_so(fake: FakeProvider) -> None:
    client = Client()
    state = fake.agree(go(client))["state"]
    answer = come_back(client, {"error": "access_denied", "state": state})
    assert "ท่านยกเลิก" in answer.content.decode()


def told(client: Client, place: str) -> str:
    """What the page says after this was sent."""
    return client.post(reverse(place), follow=True).content.decode()


def test_linking_twice_and_unlinking_nothing_are_refused_in_words(
    officer: Person, fake: FakeProvider
) -> None:
    client = signed_in(officer)
    assert "ไม่ได้ผูกกับผู้ให้บริการใด" in told(client, "provider_unlink")
    for _again in range(2):
        come_back(client, fake.agree(go(client, "provider_link")))
    assert "ผูกกับผู้ให้บริการอยู่แล้ว" in client.get(reverse("account")).content.decode()
    assert SocialAccount.objects.count() == 1


def test_who_has_signed_out_in_between_links_nothing(officer: Person, fake: FakeProvider) -> None:
    client = signed_in(officer)
    brought = fake.agree(go(client, "provider_link"))
    session = client.session
    del session["_auth_user_id"]
    session.save()
    assert come_back(client, brought).status_code == 400
    assert not SocialAccount.objects.exists()


def test_a_link_is_of_no_use_once_its_owner_has_a_second_factor(
    officer: Person, fake: FakeProvider, sit: SignIn
) -> None:
    path, client = slip(sit("administrator"), officer.username), Client()
    brought = fake.agree(way_there(client.post(path)))
    TOTP.activate(officer, SECRET)
    answer = client.get(reverse("provider_callback"), brought, follow=True)
    assert "มีการยืนยันสองชั้นแล้ว" in answer.content.decode()
    assert not SocialAccount.objects.exists()


def test_a_link_that_was_used_or_cancelled_on_the_way_links_nothing(
    officer: Person, fake: FakeProvider, sit: SignIn
) -> None:
    administrator = sit("administrator")
    path, client = slip(administrator, officer.username), Client()
    brought = fake.agree(way_there(client.post(path)))
    administrator.post(reverse("cancel_invitation", args=[officer.username]))
    assert come_back(client, brought).status_code == 410
    assert not SocialAccount.objects.exists()


def test_a_link_opens_nothing_once_the_provider_is_gone(
    officer: Person, fake: FakeProvider, settings: Any, sit: SignIn
) -> None:
    path = slip(sit("administrator"), officer.username)
    settings.IDENTITY_PROVIDER = None
    assert Client().get(path).status_code == 410


def test_a_link_goes_out_by_mail_and_names_nobody(
    officer: Person, fake: FakeProvider, settings: Any, sit: SignIn
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Person.objects.filter(pk=officer.pk).update(email="officer@example.org")
    sit("administrator").post(reverse("invite_to_link", args=[officer.username]), {"by": "mail"})
    [sent] = mail.outbox
    assert sent.to == ["officer@example.org"]
    assert "ผูกบัญชี" in sent.subject
    assert "/office/invitations/" in sent.body
    assert officer.last_name not in sent.body


def test_who_is_in_already_is_not_sent_to_the_provider(officer: Person, fake: FakeProvider) -> None:
    assert signed_in(officer).post(reverse("provider_start"))["Location"] == "/office/"


def test_a_secret_that_the_provider_does_not_know_lets_nobody_in(
    officer: Person, fake: FakeProvider, settings: Any
) -> None:
    linked(officer, fake, settings)
    wrong = replace(settings.IDENTITY_PROVIDER, client_secret="of yesterday")
    settings.IDENTITY_PROVIDER = wrong
    client = Client()
    answer = sign_in(client, fake)
    assert (answer.status_code, is_in(client)) == (400, False)
    assert "ไม่รับคำขอ" in answer.content.decode()


def test_another_issuer_knows_nobody_whom_the_former_one_knew(
    officer: Person, fake: FakeProvider, settings: Any
) -> None:
    linked(officer, fake, settings)
    with running() as other:
        settings.IDENTITY_PROVIDER = replace(settings.IDENTITY_PROVIDER, issuer=other.issuer)
        client = Client()
        assert sign_in(client, other).status_code == 403
    assert not is_in(client)
