"""Seals a PDF: a PAdES signature with an organisation's certificate, written behind the bytes that it covers."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from palkkio.adapters.signing.settings import SealKey

Made = TypeVar("Made")
TIMESTAMP_SECONDS = 15


class SealError(Exception):
    """The seal could not be made: certificate, key or the timestamp service. The text is for the operator."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What is to stand in one seal.

    field   name of the signature in the file: no two are alike
    name    who signed
    reason  how: what they proved their identity with, and when
    """

    field: str
    name: str
    reason: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """One seal of a file as it was found.

    is_intact   what it covers has not changed since, and the file has only been added to as it allows
    is_trusted  it leads to a certificate of those that were trusted
    """

    field: str
    name: str
    reason: str
    certificate: str
    is_intact: bool
    is_trusted: bool
    has_timestamp: bool


def seal(pdf: bytes, seal: Seal, key: SealKey) -> bytes:
    """The file with one seal more: its bytes stay as they are, the seal is added behind them.

    The first seal of a file allows nothing but further seals after it. Raises SealError.
    """

    def make() -> bytes:
        signer = _signer(key)
        stamps = HTTPTimeStamper(key.timestamp_url, timeout=TIMESTAMP_SECONDS) if key.timestamp_url else None
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        is_first = not writer.prev.embedded_signatures
        meta = signers.PdfSignatureMetadata(
            field_name=seal.field,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            name=seal.name,
            reason=seal.reason,
            location=seal.place or None,
            certify=is_first,
            docmdp_permissions=MDPPerm.FILL_FORMS,
        )
        out = signers.PdfSigner(meta, signer=signer, timestamper=stamps).sign_pdf(writer)
        return bytes(out.getbuffer())

    try:
        sealed = _apart(make)
    except (SigningError, PdfError, OSError, ValueError) as error:
        raise SealError(f"{type(error).__name__}: {error}") from error
    if not sealed.startswith(pdf):
        raise SealError("The sealed file does not begin with the file that was shown")
    return sealed


def check(pdf: bytes, trusted: Sequence[Path]) -> list[Checked]:
    """The seals of a file, the first one first; empty where it has none, or is no PDF any more.

    trusted  PEM files of certificates
    """

    def look() -> list[Checked]:
        reader = PdfFileReader(io.BytesIO(pdf))
        roots = [each for path in trusted for each in load_certs_from_pemder([str(path)])]
        return [_checked(each, roots) for each in reader.embedded_signatures]

    try:
        return _apart(look)
    except (PdfError, ValueError):
        return []


def _checked(signature: Any, roots: Sequence[Any]) -> Checked:
    entries = signature.sig_object
    try:
        context = ValidationContext(trust_roots=list(roots), allow_fetching=False)
        status = validate_pdf_signature(signature, signer_validation_context=context)
        is_intact = bool(status.intact and status.valid and status.docmdp_ok)
        is_trusted, has_timestamp = bool(status.trusted), status.timestamp_validity is not None
    except (SignatureValidationError, PdfError, ValueError):
        is_intact = is_trusted = has_timestamp = False
    return Checked(
        field=str(signature.field_name),
        name=str(entries.get("/Name", "")),
        reason=str(entries.get("/Reason", "")),
        certificate=signature.signer_cert.subject.human_friendly,
        is_intact=is_intact,
        is_trusted=is_trusted,
        has_timestamp=has_timestamp,
    )


def _signer(key: SealKey) -> signers.SimpleSigner:
    chain = [str(each) for each in key.chain]
    found: signers.SimpleSigner | None
    if key.pkcs12 is not None:
        found = signers.SimpleSigner.load_pkcs12(str(key.pkcs12), ca_chain_files=chain, passphrase=key.passphrase)
    else:
        found = signers.SimpleSigner.load(
            str(key.key), str(key.certificate), ca_chain_files=chain, key_passphrase=key.passphrase
        )
    if found is None:
        raise SealError("The certificate or its key could not be read: see the log")
    return found


def _apart(work: Callable[[], Made]) -> Made:
    """In a thread of its own: pyHanko starts an event loop, which a thread that has one refuses."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()
