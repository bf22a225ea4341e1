"""Our client against the sandbox provider: each fault of an answer is refused (ACC-4, ACC-12)."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from palkkio.adapters.configuration import SettingsError
from palkkio.adapters.identity import sandbox
from palkkio.adapters.identity.client import Attempt, AuthenticationRefused, Identity, Refused, begin, finish
from palkkio.adapters.identity.provider import Provider, read_providers
from palkkio.adapters.identity.sandbox_oauth import Fault, Someone

MAIJA = Someone("010170-999R", "Maija", "Testaaja")
BACK = "http://localhost:8000/eid/back/"


def now() -> datetime:
    """The bank is a process with the real clock, so the moment is taken when it is asked for."""
    return datetime.now(UTC)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        return None


@pytest.fixture(scope="module")
def bank() -> Iterator[sandbox.Sandbox]:
    with sandbox.running([MAIJA]) as running:
        yield running


@pytest.fixture
def provider(bank: sandbox.Sandbox) -> Provider:
    return Provider(
        "test",
        {"fi": "Testipankki"},
        bank.issuer,
        sandbox.CLIENT_ID,
        sandbox.CLIENT_SECRET,
        parameters={"bank": "testbank"},
    )


def send(url: str, **typed: str) -> dict[str, str]:
    """What the bank sends the browser back with."""
    opener = urllib.request.build_opener(_Stay)
    try:
        opener.open(url, data=urlencode(typed).encode())
    except urllib.error.HTTPError as answer:
        assert answer.code == 303, answer.read()
        return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
    raise AssertionError("The bank did not send the browser back")


def visit(provider: Provider, **typed: str) -> tuple[Attempt, dict[str, str]]:
    url, attempt = begin(provider, BACK, at=now())
    return attempt, send(url, **{"person": "0", **typed})


def refused(provider: Provider, attempt: Attempt, query: dict[str, str], at: datetime | None = None) -> Refused:
    with pytest.raises(AuthenticationRefused) as refusal:
        finish(provider, attempt, query, at=at or now())
    return refusal.value.reason


def test_a_person_is_identified_by_the_code_that_the_bank_gives(provider: Provider) -> None:
    attempt, query = visit(provider)

    identity = finish(provider, attempt, query, at=now())

    assert (identity.identity_code, identity.given_names) == (MAIJA.identity_code, "Maija")
    assert MAIJA.identity_code not in repr(identity)
    assert MAIJA.identity_code not in str(attempt.as_dict())
    assert isinstance(identity, Identity)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault.NONCE, Refused.NONCE),
        (Fault.ACR, Refused.ACR),
        (Fault.ISSUER, Refused.ISSUER),
        (Fault.AUDIENCE, Refused.CLAIMS),
        (Fault.SIGNATURE, Refused.SIGNATURE),
        (Fault.EXPIRED, Refused.CLAIMS),
        (Fault.OLD_SIGN_IN, Refused.NOT_FRESH),
        (Fault.NO_IDENTITY_CODE, Refused.IDENTITY_CODE),
    ],
)
def test_a_faulty_token_identifies_nobody(provider: Provider, fault: Fault, reason: Refused) -> None:
    attempt, query = visit(provider, fault=fault.value)

    assert refused(provider, attempt, query) == reason


def test_a_code_is_used_once(provider: Provider) -> None:
    attempt, query = visit(provider)
    finish(provider, attempt, query, at=now())

    assert refused(provider, attempt, query) == Refused.CODE


def test_forged_state_anothers_verifier_and_another_bank_are_refused(provider: Provider) -> None:
    attempt, query = visit(provider)
    stranger, _ = visit(provider)

    assert refused(provider, attempt, {**query, "state": stranger.state}) == Refused.STATE
    assert refused(provider, attempt, {"code": query["code"]}) == Refused.STATE
    assert refused(provider, replace(attempt, provider="other"), query) == Refused.STATE
    assert refused(provider, attempt, {**query, "iss": "https://another.example"}) == Refused.ISSUER
    assert refused(provider, replace(attempt, verifier=stranger.verifier), query) == Refused.CODE


def test_an_old_attempt_a_cancelled_one_and_one_without_a_code_are_refused(provider: Provider) -> None:
    attempt, query = visit(provider)
    cancelled, gave_up = visit(provider, do="cancel")

    assert refused(provider, attempt, query, at=now() + timedelta(minutes=16)) == Refused.TOO_OLD
    assert refused(provider, cancelled, gave_up) == Refused.CANCELLED
    assert refused(provider, attempt, {"state": attempt.state}) == Refused.CODE


def test_a_provider_that_cannot_be_reached_identifies_nobody(provider: Provider) -> None:
    with pytest.raises(AuthenticationRefused) as refusal:
        begin(replace(provider, issuer="http://localhost:9"), BACK, at=now())
    assert refusal.value.reason == Refused.UNREACHABLE


def test_the_sandbox_demands_pkce_with_s256(provider: Provider) -> None:
    url, _ = begin(provider, BACK, at=now())

    for wrong in (
        url.replace("code_challenge_method=S256", "code_challenge_method=plain"),
        "&".join(part for part in url.split("&") if not part.startswith("code_challenge")),
    ):
        with pytest.raises(urllib.error.HTTPError) as answer:
            urllib.request.urlopen(wrong)
        assert answer.value.code == 400


# --- Configuration ---------------------------------------------------------------------------------------------------

ROW = '[{"key": "bank", "names": {"fi": "Pankki"}, "issuer": "%s", "client_id": "a", "client_secret": "b"%s}]'


def test_production_refuses_a_sandbox_and_an_issuer_without_https() -> None:
    for issuer, more in (
        ("http://localhost:8400", ""),
        ("https://localhost:8400", ""),
        ("http://broker.example", ""),
        ("https://broker.example", ', "is_sandbox": true'),
        ("https://broker.example", ', "acr_values": []'),
        ("https://broker.example", ', "algorithms": ["HS256"]'),
        ("https://broker.example", ', "algorithms": ["none"]'),
    ):
        with pytest.raises(SettingsError):
            read_providers(ROW % (issuer, more), production=True)
    (provider,) = read_providers(ROW % ("https://broker.example/", ""), production=True)
    assert provider.issuer == "https://broker.example"
    assert "loa2" in provider.acr_values[0]


def test_what_is_wrong_with_the_configuration_is_said() -> None:
    with pytest.raises(SettingsError, match="not JSON"):
        read_providers("[{]", production=False)
    with pytest.raises(SettingsError, match="lacks 'names'"):
        read_providers('[{"key": "a"}]', production=False)
    assert read_providers(" ", production=True) == ()
