"""XML signatures as in the register's official samples: enveloped, RSA with SHA-256, exclusive canonical form."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from signxml import DigestAlgorithm, SignatureConfiguration, SignatureMethod, XMLSigner, XMLVerifier, methods
from signxml.exceptions import SignXMLException

from palkkio.formats.xml import parse

EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_EXPECTED = SignatureConfiguration(
    signature_methods=frozenset({SignatureMethod.RSA_SHA256}), digest_algorithms=frozenset({DigestAlgorithm.SHA256})
)


class SignatureError(Exception):
    """A message is not signed, or not by whom it should be, or was changed since."""


def sign(xml: bytes, *, key: bytes, certificate: bytes) -> etree._Element:
    """The message with its signature as last element. It is not to be indented or changed any more."""
    signer = XMLSigner(
        method=methods.enveloped,
        signature_algorithm=SignatureMethod.RSA_SHA256,
        digest_algorithm=DigestAlgorithm.SHA256,
        c14n_algorithm=EXCLUSIVE,
    )
    signed: etree._Element = signer.sign(parse(xml), key=key, cert=certificate.decode())
    return signed


def verified(message: etree._Element, *, certificate: bytes) -> etree._Element:
    """The part of a message that `certificate` signs, which is all of it. Raises SignatureError."""
    try:
        # Only what was signed is trusted; a certificate inside the message is not.
        found = XMLVerifier().verify(
            etree.tostring(message), x509_cert=certificate.decode(), expect_config=_EXPECTED, expect_references=1
        )
    except (SignXMLException, ValueError) as error:
        raise SignatureError(f"The signature is not right: {type(error).__name__}") from error
    results = found if isinstance(found, list) else [found]
    signed: etree._Element | None = results[0].signed_xml
    if signed is None or signed.tag != message.tag:
        raise SignatureError("The signature does not cover the message")
    return signed


def make_certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A self-signed certificate and its key, for sandbox and tests; what is there already is kept."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}.key"
    if not (certificate.exists() and key.exists()):
        folder.mkdir(parents=True, exist_ok=True)
        _write_certificate(certificate, key, name)
    return certificate, key


def _write_certificate(certificate: Path, key: Path, name: str) -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} (sandbox)")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .sign(private, hashes.SHA256())
    )
    key.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    key.chmod(0o600)
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
