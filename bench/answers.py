"""Whether an answer tells who has an account: known and unknown e-mail addresses asked in turn, side by side.

Each pair of requests must get the same status, the same text and as many statements; the times are compared by their
medians. Every request comes from another network address, so that nothing is throttled.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import factories

from palkkio.accounts.models import SignInAttempt
from palkkio.accounts.session import REGISTRATION

PASSWORD = "Metsämansikka-7-Kukkula"  # noqa: S105  # of nobody
KNOWN, UNKNOWN = "tunnettu.%d@testi.example", "vieraana.%d@testi.example"
MOST = 1.25  # times: what medians may differ on a quiet machine

Post = Callable[[Client, str], tuple[str, Mapping[str, str]]]


def sign_in(client: Client, email: str) -> tuple[str, Mapping[str, str]]:
    return "/sign-in/", {"email": email, "password": PASSWORD}


def forgotten(client: Client, email: str) -> tuple[str, Mapping[str, str]]:
    return "/forgotten/", {"email": email}


def register(client: Client, email: str) -> tuple[str, Mapping[str, str]]:
    return "/register/", {"email": email, "password": PASSWORD, "password_again": PASSWORD}


def code_again(client: Client, email: str) -> tuple[str, Mapping[str, str]]:
    """After strong authentication: an address that has an account gets a letter about that instead of a code."""
    session = client.session
    begun = {"email": email, "password": "!", "begun_at": time.time(), "next": "", "digests": ["0" * 64]}
    session[REGISTRATION] = begun
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return "/register/code/again/", {}


QUESTIONS: Mapping[str, Post] = {
    "sign in with a wrong password": sign_in,
    "ask for a new password": forgotten,
    "begin to register": register,
    "have the code mailed": code_again,
}


@dataclass
class Answers:
    """What one question was answered, for known and unknown addresses."""

    question: str
    known: list[float] = field(default_factory=list)  # seconds
    unknown: list[float] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """Median of known over median of unknown."""
        return statistics.median(self.known) / statistics.median(self.unknown)


def compare(tries: int) -> list[Answers]:
    """Ask every question `tries` times for known and for unknown addresses, in turn."""
    place = factories.county()
    for number in range(tries + 1):
        factories.account(factories.person(place), email=KNOWN % number)
    made = []
    for question, post in QUESTIONS.items():
        answers = Answers(question)
        asked(post, KNOWN % 0, 0)  # templates and connections are warm before anything is measured
        asked(post, UNKNOWN % 0, 0)
        for number in range(1, tries + 1):
            pair = [(answers.known, KNOWN), (answers.unknown, UNKNOWN)]
            told = {}
            for seconds, address in pair if number % 2 else reversed(pair):
                spent, told[address] = asked(post, address % number, number)
                seconds.append(spent)
            if told[KNOWN] != told[UNKNOWN]:
                answers.differences.append(f"try {number}: {first_difference(told[KNOWN], told[UNKNOWN])}")
        made.append(answers)
    return made


def asked(post: Post, email: str, number: int) -> tuple[float, tuple[int, int, str]]:
    """Seconds, and (status, statements, text) of one answer; what is typed and tokens are taken out of the text."""
    client = Client(REMOTE_ADDR=f"10.0.{number // 250}.{number % 250 + 1}")
    client.get("/sign-in/")
    address, values = post(client, email)
    SignInAttempt.objects.all().delete()
    with CaptureQueriesContext(connection) as captured:
        start = time.perf_counter()
        answer = client.post(address, dict(values))
        spent = time.perf_counter() - start
    text = answer.content.decode().replace(email, "")
    text = re.sub(r"\b[A-Za-z0-9]{64}\b", "", text)  # tokens against other sites' forms
    return spent, (answer.status_code, len(captured), f"{answer.get('Location', '')} {text}")


def first_difference(known: tuple[int, int, str], unknown: tuple[int, int, str]) -> str:
    """Status and statements of both, and where their texts part."""
    parted = (place for place, (one, other) in enumerate(zip(known[2], unknown[2], strict=False)) if one != other)
    at = max(next(parted, 0), 30)
    return f"{known[:2]} {known[2][at - 30 : at + 30]!r}; {unknown[:2]} {unknown[2][at - 30 : at + 30]!r}"


def report(made: list[Answers], say: Callable[[str], None]) -> bool:
    """Print the comparison; False if something tells who has an account."""
    for one in made:
        known, unknown = (statistics.median(each) * 1000 for each in (one.known, one.unknown))
        say(f"{one.question}: known {known:.1f} ms, unknown {unknown:.1f} ms, ratio {one.ratio:.2f}")
        for difference in one.differences:
            say(f"  DIFFERS: {difference}")
        if not 1 / MOST <= one.ratio <= MOST:
            say(f"  DIFFERS: the medians are more than {MOST} times apart")
    return all(not one.differences and 1 / MOST <= one.ratio <= MOST for one in made)
