"""Steps of signing in: the second factor, unless the identity provider has asked for one and that may count."""

from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from prongsai.office.identity import proved_twice_there


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]  # allauth ships no types
    def _should_handle(self, request: HttpRequest) -> bool:
        user = self.login.user
        if user is not None and proved_twice_there(request, user):
            return False
        return bool(super()._should_handle(request))
