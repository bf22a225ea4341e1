"""Seals of an organisation: PKCS#12, time stamps over HTTP, what is refused (CON-2). No database."""

from __future__ import annotations

import asyncio
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import tsp
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import load_pem_x509_certificate
from pyhanko.keys import load_cert_from_pemder, load_private_key_from_pemder
from pyhanko.sign.timestamps import DummyTimeStamper

from palkkio.adapters.configuration import SettingsError
from palkkio.adapters.signing import certificates
from palkkio.adapters.signing.sealing import Seal, SealError, check, seal
from palkkio.adapters.signing.settings import SealKey, read_keys
from palkkio.core.payslip import Party
from palkkio.formats.pdf import MandateForm, Typesetter, mandate_form_pdf

FONTS = Path(__file__).resolve().parents[2] / "node_modules" / "@expo-google-fonts" / "source-sans-3"
SEAL = Seal("1-carer", "Hilla Mallikas", "Testi")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    form = MandateForm(Party("Mallilan hyvinvointialue"), "Mallila")
    return mandate_form_pdf(form, typesetter=Typesetter(FONTS), language="fi", made_at=datetime(2026, 6, 8, tzinfo=UTC))


@pytest.fixture
def own(tmp_path: Path) -> SealKey:
    return certificates.test_key(tmp_path, "mallila", "Mallilan hyvinvointialue")


@contextmanager
def time_stamps(key: SealKey) -> Iterator[str]:
    """A service of time stamps (RFC 3161) on this machine; its address."""
    stamper = DummyTimeStamper(
        load_cert_from_pemder(str(key.certificate)), load_private_key_from_pemder(str(key.key), passphrase=None)
    )

    class Service(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            answer = asyncio.run(stamper.async_request_tsa_response(asked)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_pkcs12_file_seals_with_a_time_stamp_of_the_service(pdf: bytes, own: SealKey, tmp_path: Path) -> None:
    assert own.certificate is not None
    assert own.key is not None
    private = serialization.load_pem_private_key(own.key.read_bytes(), None)
    public = load_pem_x509_certificate(own.certificate.read_bytes())
    encrypted = serialization.BestAvailableEncryption(b"salasana")
    file, passphrase = tmp_path / "seal.p12", tmp_path / "seal.txt"
    file.write_bytes(pkcs12.serialize_key_and_certificates(b"m", private, public, None, encrypted))  # type: ignore[arg-type]
    passphrase.write_text("salasana\n")
    with time_stamps(own) as url:
        sealed = seal(pdf, SEAL, SealKey(pkcs12=file, passphrase_file=passphrase, timestamp_url=url))
    (found,) = check(sealed, [own.certificate])
    assert (found.is_intact, found.is_trusted, found.has_timestamp) == (True, True, True)
    (stranger,) = check(sealed, [])
    assert (stranger.is_intact, stranger.is_trusted) == (True, False)


def test_a_service_that_does_not_answer_or_a_missing_file_seals_nothing(pdf: bytes, own: SealKey) -> None:
    away = SealKey(certificate=own.certificate, key=own.key, timestamp_url="http://127.0.0.1:9/")
    with pytest.raises(SealError):
        seal(pdf, SEAL, away)
    with pytest.raises(SealError):
        seal(pdf, SEAL, SealKey(certificate=own.certificate, key=Path("/nowhere.key")))


def test_what_is_no_pdf_has_no_seals(own: SealKey) -> None:
    assert own.certificate is not None
    assert check(b"not a PDF", [own.certificate]) == []


def test_production_refuses_a_test_certificate_and_half_a_setting() -> None:
    row = {"organisation": "mallila", "certificate": "a.pem", "key": "a.key", "is_test": True}
    assert read_keys(json.dumps([row]), production=False)["mallila"].is_test
    with pytest.raises(SettingsError, match="test certificate"):
        read_keys(json.dumps([row]), production=True)
    with pytest.raises(SettingsError, match="neither"):
        read_keys(json.dumps([{"organisation": "mallila"}]), production=True)
    with pytest.raises(SettingsError, match="not JSON"):
        read_keys("[", production=True)
