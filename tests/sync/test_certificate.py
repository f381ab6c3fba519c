"""The desk's certificate: who is let in with it, who is not, and where its keys are."""

import ipaddress
import re
import ssl
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.sync import certificate as certificates
from mtc_kiosk.sync.certificate import CertificateRefused, DeskCertificate, desk_certificate
from mtc_kiosk.sync.certificate_making import made
from mtc_kiosk.sync.pinned_tls import certificate_sha256, pinned_context, shown_certificate
from tests.sync.tls_desk import serving

NAMES = ("desk", "desk.example", "127.0.0.1")
NOW = datetime(2027, 6, 7, 9, tzinfo=UTC)
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home."""
    return open_home(tmp_path / "home")


def reached(certificate: DeskCertificate, context: ssl.SSLContext, host: str = "127.0.0.1") -> str:
    """What a client with this context gets from a server with this certificate; "" if it does not trust it.

    A client that does not trust the server must not have sent a request.
    """
    with serving(certificates.server_context(certificate), lambda *_: (200, b"here")) as (port, heard):
        try:
            with httpx.Client(verify=context, trust_env=False) as client:
                return client.get(f"https://{host}:{port}/").text
        except httpx.ConnectError:
            assert heard == []
            return ""


def parts(pem: bytes) -> list[bytes]:
    """The key, certificate and authority in a text, each as PEM."""
    return re.findall(rb"-----BEGIN.*?-----END[^\n]*\n", pem, re.DOTALL)


def trusting(authority: str) -> ssl.SSLContext:
    """A tablet's browser, which trusts an authority and looks at names, dates and constraints."""
    context = ssl.create_default_context()
    context.load_verify_locations(cadata=authority)
    return context


def files_with_keys(root: Path) -> dict[str, int]:
    """Every file below with a private key, and how many are in it."""
    counts = {
        each.name: each.read_bytes().count(b"PRIVATE KEY-----") // 2 for each in root.rglob("*") if each.is_file()
    }
    return {name: count for name, count in counts.items() if count}


def test_a_kiosk_reaches_the_desk_with_the_pinned_certificate(home: Home) -> None:
    """Whatever the desk's address is now, and long before or after the certificate's dates."""
    for then in (NOW, LONG_AGO, datetime.now(UTC) + timedelta(days=5000)):
        found = certificates.renewed(home, ("old-name",), then)
        assert reached(found, pinned_context(found.pem)) == "here"


def test_a_kiosk_trusts_no_other_certificate(home: Home, tmp_path: Path) -> None:
    """Not that of another desk of the same name, not one by the same maker, and it sends such a desk nothing."""
    ours = desk_certificate(home, NAMES, datetime.now(UTC))
    other = desk_certificate(open_home(tmp_path / "other"), NAMES, datetime.now(UTC))
    assert reached(other, pinned_context(ours.pem)) == ""
    assert reached(ours, pinned_context(ours.pem)) == "here"


def test_a_tablet_may_trust_the_authority_instead(home: Home) -> None:
    """By the names and addresses that the desk had, as a browser looks at them."""
    ours = desk_certificate(home, NAMES, datetime.now(UTC))
    assert ours.authority is not None
    assert set(ours.names) == set(NAMES)
    assert reached(ours, trusting(ours.authority)) == "here"


def test_the_authority_vouches_for_this_desk_alone(home: Home) -> None:
    """Even who had its key could make no certificate for another name or address that a browser takes."""
    for constrained, stranger in ((("desk", "10.0.0.7"), "127.0.0.1"), (("desk",), "127.0.0.1")):
        ours = certificates.renewed(home, constrained, datetime.now(UTC))
        assert ours.authority is not None
        authority = x509.load_pem_x509_certificate(ours.authority.encode())
        found = authority.extensions.get_extension_for_class(x509.NameConstraints)
        assert found.critical
        permitted = found.value.permitted_subtrees or []
        assert {each.value for each in permitted if isinstance(each, x509.DNSName)} == {"desk"}
        networks = {each.value for each in permitted if isinstance(each, x509.IPAddress)}
        assert networks == {ipaddress.ip_network(name) for name in constrained if name != "desk"}
        bounds = authority.extensions.get_extension_for_class(x509.BasicConstraints).value
        assert (bounds.ca, bounds.path_length) == (True, 0)
        assert reached(ours, trusting(ours.authority)) == "", stranger


@pytest.mark.parametrize(("allowed", "answer"), [("127.0.0.1", "here"), ("10.0.0.7", "")])
def test_a_certificate_beyond_the_constraints_is_refused_by_a_browser(home: Home, allowed: str, answer: str) -> None:
    """Signed with an authority's key, as its thief would, for 127.0.0.1: trusted only if that is the desk's address."""
    key, leaf_key = generate_private_key(SECP256R1()), generate_private_key(SECP256R1())
    _, leaf, authority = parts(made(("desk", allowed), datetime.now(UTC)))
    there, model = x509.load_pem_x509_certificate(authority), x509.load_pem_x509_certificate(leaf)

    def signed(
        model: x509.Certificate, own_key: EllipticCurvePrivateKey, names: x509.SubjectAlternativeName | None
    ) -> bytes:
        builder = x509.CertificateBuilder(model.issuer, model.subject, own_key.public_key(), 7)
        builder = builder.not_valid_before(model.not_valid_before_utc).not_valid_after(model.not_valid_after_utc)
        for each in model.extensions:
            kinds = (x509.AuthorityKeyIdentifier, x509.SubjectKeyIdentifier)
            if not isinstance(each.value, kinds):
                is_names = isinstance(each.value, x509.SubjectAlternativeName)
                builder = builder.add_extension(names if names and is_names else each.value, each.critical)
        return builder.sign(key, SHA256()).public_bytes(Encoding.PEM)

    again = signed(there, key, None)
    stolen = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    text = leaf_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = home.root / certificates.NAME
    path.write_bytes(text + signed(model, leaf_key, stolen) + again)
    found = certificates.kept_certificate(home)
    assert found is not None
    context = trusting(again.decode())
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # the thief's copy has no key identifiers
    assert reached(found, context) == answer


def test_the_authoritys_key_is_nowhere(home: Home) -> None:
    """One key is kept: the certificate's own."""
    ours = desk_certificate(home, NAMES, NOW)
    assert files_with_keys(home.root) == {certificates.NAME: 1}
    key = load_pem_private_key(ours.path.read_bytes(), None)
    leaf = x509.load_pem_x509_certificate(ours.pem.encode())
    assert key.public_key() == leaf.public_key()
    assert ours.authority is not None
    assert x509.load_pem_x509_certificate(ours.authority.encode()).public_key() != key.public_key()


@pytest.mark.posix_only("permissions as modes")
def test_only_the_owner_reads_the_file(home: Home) -> None:
    """From the start, and again after somebody gave others access."""
    path = desk_certificate(home, NAMES, NOW).path
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    desk_certificate(home, NAMES, NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    certificates.renewed(home, NAMES, NOW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_certificate_that_is_there_stays_whatever_the_desk_is_called_now(home: Home) -> None:
    """Each kiosk would have to be enrolled again."""
    first = desk_certificate(home, NAMES, NOW)
    assert desk_certificate(home, ("other", "10.0.0.9"), NOW + timedelta(days=2000)) == first
    assert certificates.renewed(home, ("other",), NOW).sha256 != first.sha256


def test_programs_that_start_at_once_have_one_certificate(home: Home) -> None:
    """Whichever made it."""
    together, found = threading.Barrier(8), list[str]()

    def make() -> None:
        together.wait()
        found.append(desk_certificate(home, NAMES, NOW).sha256)

    threads = [threading.Thread(target=make) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 8
    assert set(found) == {certificates.desk_certificate(home, NAMES, NOW).sha256}


def test_a_browser_takes_it_for_as_long_as_a_tablet_allows(home: Home) -> None:
    """At most 825 days, from before now for a tablet with a slow clock."""
    leaf = x509.load_pem_x509_certificate(desk_certificate(home, NAMES, NOW).pem.encode())
    assert leaf.not_valid_before_utc < NOW - timedelta(days=1)
    assert NOW + timedelta(days=700) < leaf.not_valid_after_utc <= leaf.not_valid_before_utc + timedelta(days=825)


def schools_own(folder: Path, *, password: bytes | None = None, now: datetime = NOW) -> tuple[Path, Path]:
    """Files as a school's IT staff have them: a certificate with its authority's behind it, and its key."""
    key, leaf, authority = parts(made(("desk.school.example", "127.0.0.1"), now))
    if password is not None:
        plain = load_pem_private_key(key, None)
        key = plain.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(password))
    folder.mkdir(exist_ok=True)
    (folder / "cert.pem").write_bytes(leaf + authority)
    (folder / "key.pem").write_bytes(key)
    return folder / "cert.pem", folder / "key.pem"


def weakened(certificate: Path, key: Path) -> None:
    """The same certificate with a key that is far too short."""
    model, weak = x509.load_pem_x509_certificate(certificate.read_bytes()), generate_rsa_key(65537, 1024)  # noqa: S505 - weak on purpose
    builder = x509.CertificateBuilder(model.subject, model.subject, weak.public_key(), 7)
    builder = builder.not_valid_before(model.not_valid_before_utc).not_valid_after(model.not_valid_after_utc)
    certificate.write_bytes(builder.sign(weak, SHA256()).public_bytes(Encoding.PEM))
    key.write_bytes(weak.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def test_the_schools_own_certificate_is_used_and_pinned(home: Home, tmp_path: Path) -> None:
    """With whoever vouches for it, so that the school's devices trust the pages too."""
    certificate, key = schools_own(tmp_path / "it")
    found = certificates.use_own(home, certificate, key, NOW)
    assert "desk.school.example" in found.names
    turned = b"".join(reversed(parts(certificate.read_bytes())))
    certificate.write_bytes(turned)
    assert certificates.use_own(home, certificate, key, NOW) == found, "whichever comes first in the file"
    assert reached(found, pinned_context(found.pem)) == "here"
    assert certificates.kept_certificate(home) == found


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("other key", "is not that of"),
        ("password", "protected by a password"),
        ("no certificate", "must be a certificate"),
        ("no key", "must be a certificate"),
        ("missing", "cannot be read"),
        ("ended", "is valid from 30 December 2000 to 10 March 2003 only"),
        ("not begun", "is valid from"),
        ("weak key", "too weak or unknown"),
        ("too large", "must be a certificate"),
    ],
)
def test_files_that_do_not_fit_change_nothing(home: Home, tmp_path: Path, wrong: str, said: str) -> None:
    """The desk keeps the certificate that kiosks know."""
    before = desk_certificate(home, NAMES, NOW)
    certificate, key = schools_own(tmp_path / "it", password=b"secret" if wrong == "password" else None)
    if wrong == "other key":
        key = schools_own(tmp_path / "elsewhere")[1]
    elif wrong == "no certificate":
        certificate.write_bytes(b"-----BEGIN\n")
    elif wrong == "no key":
        key.write_bytes(b"")
    elif wrong == "missing":
        key.unlink()
    elif wrong in {"ended", "not begun"}:
        text, leaf, _ = parts(made(("desk",), LONG_AGO if wrong == "ended" else NOW + timedelta(days=3)))
        certificate.write_bytes(leaf)
        key.write_bytes(text)
    elif wrong == "weak key":
        weakened(certificate, key)
    elif wrong == "too large":
        certificate.write_bytes(b"#" * 100_000 + certificate.read_bytes())
    with pytest.raises(CertificateRefused, match=said) as caught:
        certificates.use_own(home, certificate, key, NOW)
    assert "Nothing was changed." in str(caught.value)
    assert certificates.kept_certificate(home) == before


def test_a_damaged_file_is_refused_and_not_replaced(home: Home) -> None:
    """It says what follows from deleting it; nothing makes a new one by itself."""
    path = desk_certificate(home, NAMES, NOW).path
    path.write_bytes(b"-----BEGIN CERTIFICATE-----\nqqq\n-----END CERTIFICATE-----\n")
    with pytest.raises(CertificateRefused, match="is damaged"):
        desk_certificate(home, NAMES, NOW)


def test_what_a_desk_shows_is_seen_before_anything_is_sent(home: Home) -> None:
    """Without trust, and without a request."""
    ours = desk_certificate(home, NAMES, NOW)
    with serving(certificates.server_context(ours), lambda *_: (200, b"")) as (port, heard):
        shown = shown_certificate("127.0.0.1", port, 5)
        assert (certificate_sha256(shown), heard) == (ours.sha256, [])
