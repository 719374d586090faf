"""Links in mails: signed, never stored. Each purpose has its own, so that one cannot be used as another."""

from __future__ import annotations

import uuid
from enum import Enum

from django.core import signing

from alerts.querysets import CONFIRM_WITHIN


class Purpose(Enum):
    CONFIRM = "alerts.confirm"  # good for seven days
    UNSUBSCRIBE = "alerts.unsubscribe"
    MANAGE = "alerts.manage"


class BadTokenError(Exception):
    """Not signed by us, or for another purpose."""


class TokenExpiredError(Exception):
    """Ours, but too old."""


def make_token(code: uuid.UUID, purpose: Purpose) -> str:
    return signing.dumps(code.hex, salt=purpose.value)


def read_token(token: str, purpose: Purpose) -> uuid.UUID:
    """The code of a saved search, which may be deleted by now. Raises BadTokenError or TokenExpiredError."""
    age = CONFIRM_WITHIN if purpose is Purpose.CONFIRM else None
    try:
        return uuid.UUID(hex=signing.loads(token, salt=purpose.value, max_age=age))
    except signing.SignatureExpired as error:
        raise TokenExpiredError from error
    except (signing.BadSignature, ValueError, TypeError, AttributeError) as error:
        raise BadTokenError from error
