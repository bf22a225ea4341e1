"""What both doors do with a contract that is signed here: show it, give its files, take the reader's signature."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from palkkio.contracts.signing import access, actions
from palkkio.contracts.signing.queries import own_turn
from palkkio.core.clock import day_of
from palkkio.core.problems import WrongState
from palkkio.web.file_answers import answer_part, shown_pdf
from palkkio.web.refusals import words
from palkkio.web.signature_words import checksum, facts_of, signers_of, state_chip, title_of

if TYPE_CHECKING:
    from palkkio.contracts.signing.models import Version
    from palkkio.web.doors import RoleRequest


def shown(request: RoleRequest, version: Version) -> dict[str, Any]:
    """What the page of a version says, and what its reader may do now."""
    mine = own_turn(request.viewer, version, request.clock.today())
    return {
        "version": version,
        "title": title_of(version),
        "chip": state_chip(version),
        "facts": facts_of(version),
        "signers": signers_of(version),
        "is_mine": mine is not None,
        "is_opened": mine is not None and mine.opened_by_id == request.viewer.person_id,
    }


def answer_document(request: RoleRequest, version_id: int) -> HttpResponse:
    """The document as it is now. Opened once, it can be signed."""
    return shown_pdf(actions.open_version(version_id, by=request.viewer, at=request.clock.now()))


def answer_attached(request: RoleRequest, version_id: int, part: str, parts: Collection[str]) -> HttpResponse:
    """One of the files that go with a version. Raises NotAllowed for one that is none of `parts`, or not there."""
    return answer_part(access.version(request.viewer, version_id), part if part in parts else None)


def answer_signature(
    request: RoleRequest, version_id: int, *, door: str, said: Callable[[Version], str]
) -> HttpResponse:
    """The last look before the signature: what, as whom, and the checksum of what was shown; then the signature.

    door  "desk" or "portal": its template and the page of the version
    said  what the reader is told of the version that now has the signature
    """
    viewer, now = request.viewer, request.clock.now()
    version = access.version(viewer, version_id)
    mine = own_turn(viewer, version, day_of(now))
    if mine is None or mine.opened_by_id != viewer.person_id or version.document is None:
        return redirect(f"{door}:signature", version_id)
    refusal = ""
    if request.method == "POST":
        try:
            done = actions.sign_version(version_id, by=viewer, at=now, sha256=request.POST.get("sha256", ""))
        except WrongState as refused:
            refusal = words(refused)
        else:
            messages.success(request, said(done))
            return redirect(f"{door}:signature", version_id)
    context = {
        "version": version,
        "title": title_of(version),
        "signer": signers_of(version)[mine.turn - 1],
        "sha256": version.document.sha256,
        "checksum": checksum(version.document.sha256),
        "refusal": refusal,
    }
    return render(request, f"{door}/signatures/sign.html", context, status=422 if refusal else 200)
