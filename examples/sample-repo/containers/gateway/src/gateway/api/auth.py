"""Who is calling: a token is checked before anything is forwarded."""

from typing import Annotated

import jwt
from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

bearer = HTTPBearer()


def caller(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]
) -> str:
    """The subject of the caller's token.

    Args:
        request: What is asked for.
        token: What the caller shows.

    Raises:
        HTTPException: 401 if the token is not ours, or has run out.
    """
    settings = request.app.state.settings
    try:
        claims = jwt.decode(
            credentials.credentials, settings.public_key(), algorithms=settings.algorithms
        )
    except jwt.InvalidTokenError as error:
        raise HTTPException(401, "the token is not valid") from error
    return str(claims["sub"])
