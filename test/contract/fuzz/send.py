"""Sends one case as one role, and holds the answer against the document."""

from __future__ import annotations

import base64
import hashlib
import hmac
import shlex
import threading
import time
import uuid
from typing import Any

import requests
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)
from tally import Tally

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
TIMEOUT_S = 30


class Bearer(requests.auth.AuthBase):
    def __init__(self, token: str) -> None:
        self.token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.token}"
        return request


class Signature(requests.auth.AuthBase):
    """Standard Webhooks over the bytes that are sent, whatever they are."""

    def __init__(self, key: str) -> None:
        self.key = base64.b64decode(key)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        body = body.encode() if isinstance(body, str) else body
        webhook_id, timestamp = uuid.uuid4().hex, str(int(time.time()))
        signed = hmac.new(self.key, f"{webhook_id}.{timestamp}.".encode() + body, hashlib.sha256)
        request.headers["webhook-id"] = webhook_id
        request.headers["webhook-timestamp"] = timestamp
        request.headers["webhook-signature"] = f"v1,{base64.b64encode(signed.digest()).decode()}"
        return request


class Sender:
    def __init__(self, plan: dict, tally: Tally) -> None:
        self.url = plan["url"]
        self.tokens = plan["tokens"]
        self.tally = tally
        self.local = threading.local()
        self.turn = 0
        self.tags: dict[str, str] = {}

    @property
    def session(self) -> requests.Session:
        if not hasattr(self.local, "session"):
            self.local.session = requests.Session()
        return self.local.session

    def sure(self, operation: Any, attempt: dict) -> None:
        """A request that has to succeed, or to be refused with the code that the plan expects."""
        # Bodies are as the document has them; what is not valid by it would be a mistake of the preparation.
        case = operation.Case(
            path_parameters=dict(attempt.get("path", {})),
            query=dict(attempt.get("query", {})),
            **({"body": attempt["body"]} if "body" in attempt else {}),
        )
        if operation.get_parameter("idempotency-key", "header"):
            case.headers["idempotency-key"] = uuid.uuid4().hex
        if attempt.get("tagOf"):
            case.headers["if-match"] = self._tag(attempt["tagOf"], attempt["role"])
        self.tally.turn_of(attempt.get("role"))
        response = self._send(operation, case, attempt.get("role"), attempt.get("sign"), [*CHECKS, ignored_auth])
        if response is not None:
            self.tally.sure(operation.label, attempt, response)

    def next_turn(self, operation: Any, site: dict) -> tuple[int, str | None]:
        """Whose turn it is: whoever may every third time and with what fits, else the role with the fewest turns."""
        self.turn += 1
        may = site.get("role") if site.get("fits") or self.turn % 3 == 0 else None
        role = (may or self.tally.least_heard()) if operation.definition.raw.get("security") else None
        self.tally.turn_of(role)
        return self.turn, role

    def fuzzed(self, operation: Any, case: Any, site: dict, turn: tuple[int, str | None]) -> None:
        at, role = turn
        fits = site.get("fits", False)
        key = case.headers.get("idempotency-key")
        # A key that came round again would only bring back an old answer.
        if key is not None and (fits or isinstance(key, str) and len(key) >= 8):
            case.headers["idempotency-key"] = uuid.uuid4().hex
        # Two of three with the right tag, so that what comes after the tag is reached too.
        if site.get("tagOf") and (fits or at % 3 and "if-match" in case.headers):
            # The case page is dear: where the tag is not what decides, the last one seen will do.
            known = None if fits else self.tags.get(site["tagOf"])
            case.headers["if-match"] = known or self._tag(site["tagOf"], site["role"])
        sign = site.get("sign") if at % 2 and not _negative_header(case) else None
        self._send(operation, case, role, sign, CHECKS)

    def _tag(self, case_no: str, role: str) -> str:
        answer = self.session.get(
            f"{self.url}/v1/cases/{case_no}", auth=Bearer(self.tokens[role]), timeout=TIMEOUT_S
        )
        self.tags[case_no] = answer.headers.get("etag", "")
        return self.tags[case_no]

    def _send(self, operation: Any, case: Any, role: str | None, sign: str | None, checks: list) -> Any:
        how: dict[str, Any] = {"base_url": self.url, "session": self.session, "timeout": TIMEOUT_S}
        if sign:
            how["auth"] = Signature(sign)
        elif role:
            how["auth"] = Bearer(self.tokens[role])
        try:
            response = case.call(**how)
        except (requests.exceptions.InvalidHeader, requests.exceptions.InvalidURL, UnicodeError):
            # Not a request that HTTP can carry.
            self.tally.could_not_send()
            return None
        except requests.exceptions.RequestException as error:
            self.tally.failed(operation.label, role, type(error).__name__, "no answer", _curl(error.request))
            return None
        self.tally.answered(operation.label, role, response.status_code)
        try:
            case.validate_response(response, checks=checks, transport_kwargs=how)
        except FailureGroup as group:
            for failure in group.exceptions:
                curl = _curl(response.request)
                detail = f"{response.status_code}: {failure.message}\n{response.text[:400]}"
                self.tally.failed(operation.label, role, failure.checks[0], detail, curl)
        return response


def _curl(request: requests.PreparedRequest) -> str:
    """The request as it was sent, signature included; the tally takes the token out."""
    ours = ("accept", "accept-encoding", "connection", "content-length", "user-agent")
    parts = ["curl", "-i", "-X", request.method, request.url]
    for name, value in request.headers.items():
        if name.lower() not in ours and not name.lower().startswith("x-schemathesis"):
            parts += ["-H", f"{name}: {value}"]
    body = request.body.decode(errors="backslashreplace") if isinstance(request.body, bytes) else request.body
    return shlex.join(parts + (["--data-binary", body] if body else []))


def _negative_header(case: Any) -> bool:
    return case.meta is not None and case.meta.is_negative_at(ParameterLocation.HEADER)
