"""One plain message through Django's mail."""

from smtplib import SMTPException

from django.core.mail import EmailMessage

from prongsai.notices.channels.parcel import CannotDeliver, Parcel


def send(parcel: Parcel, *, sender: str) -> None:
    subject = " ".join(parcel.subject.split())
    message = EmailMessage(subject, parcel.text, sender, [parcel.target])
    try:
        message.send()
    except (SMTPException, OSError) as error:
        raise CannotDeliver(f"ส่งอีเมลไม่ได้ ({type(error).__name__})") from error
