"""A token for a name and its password, and its end."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Form
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from smartreco.accounts.sessions import digest
from smartreco.api.identity import Caller, address
from smartreco.api.rates import Rates
from smartreco.api.shapes import Answer, sent
from smartreco.workspace.accounts.keys import TOKEN_LIFE

LONGEST: Final = 200


class Token(Answer):
    """A bearer token, shown this once."""

    access_token: str = Field(description="Send it as `Authorization: Bearer …`.")
    token_type: str = Field(description="Always bearer.", examples=["bearer"])
    expires_in: int = Field(description="Seconds.", examples=[1800])
    scope: str = Field(description="With blanks between.", examples=["order read"])


def routes() -> APIRouter:
    """Routes of this subject."""
    router = APIRouter(tags=["identity"])

    @router.post(
        "/token", summary="Sign in", response_model=Token,
        openapi_extra={"x-open": "the password is what it asks for"},
    )  # fmt: skip
    def sign_in(
        request: Request,
        username: Annotated[str, Form(max_length=LONGEST, examples=["retailer"])],
        password: Annotated[str, Form(max_length=LONGEST, examples=["amber-kettle-river-42"])],
    ) -> Response:
        """A token for 30 minutes, with all scopes of the account's role.

        Ten attempts a minute for a name from an address. Five wrong passwords within five
        minutes lock a name, whether or not it has an account.
        """
        rates: Rates = request.app.state.token_rates
        rates.spend(f"{address(request)} {digest(username.strip().lower())}")
        made = request.app.state.workspace().keys.sign_in(username, password)
        body = Token(
            access_token=made.token, token_type="bearer",  # noqa: S106 - a kind, no password
            expires_in=int(TOKEN_LIFE.total_seconds()), scope=" ".join(sorted(made.scopes)),
        )  # fmt: skip
        return sent(body)

    @router.delete("/token", status_code=204, summary="Sign out")
    def sign_out(request: Request, caller: Caller) -> None:
        """End the token or key that this request bears."""
        secret = request.headers["authorization"].partition(" ")[2].strip()
        caller.workspace.keys.sign_out(secret)

    return router
