"""The way to a bank and back: files are put into one folder and fetched from another, locally or over SFTP.

A file is written under another name and renamed, so that neither side ever sees half of one. Putting the same file
again changes nothing; a file that was read is moved aside, not deleted.
"""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar, cast

import asyncssh

SECONDS = 30
SSH_PORT = 22
LARGEST = 64 * 1024 * 1024
READ = "read"  # folder of what was read, beside what waits
PART = ".part"

T = TypeVar("T")


class ChannelError(Exception):
    """The bank's folders cannot be reached or written; the text says what happened, without secrets."""


class Channel(Protocol):
    """Each method raises ChannelError."""

    def put(self, name: str, content: bytes) -> None:
        """The bank gets the file, whole. The same name and bytes again: nothing happens."""

    def waiting(self) -> list[str]:
        """Names of the bank's files that nobody has moved aside, in order."""

    def get(self, name: str) -> bytes: ...

    def done(self, name: str) -> None:
        """Move a file that was read aside. One that is gone already is no error."""


def is_whole(name: str) -> bool:
    """False for hidden files and those that are still being written."""
    return not name.startswith(".") and not name.endswith(PART)


@dataclass(frozen=True, slots=True)
class FolderChannel:
    """Two folders of this machine: a mounted share, or where a transfer program fetches and leaves files."""

    outgoing: Path
    incoming: Path

    def put(self, name: str, content: bytes) -> None:
        target = self.outgoing / name
        try:
            if target.exists() and target.read_bytes() == content:
                return
            write_whole(target, content)
        except OSError as error:
            raise _told(error) from error

    def waiting(self) -> list[str]:
        try:
            return sorted(each.name for each in self.incoming.iterdir() if each.is_file() and is_whole(each.name))
        except OSError as error:
            raise _told(error) from error

    def get(self, name: str) -> bytes:
        try:
            with (self.incoming / name).open("rb") as file:
                return _not_too_large(file.read(LARGEST + 1))
        except OSError as error:
            raise _told(error) from error

    def done(self, name: str) -> None:
        read = self.incoming / READ
        try:
            read.mkdir(exist_ok=True)
            (self.incoming / name).replace(read / name)
        except FileNotFoundError:
            return
        except OSError as error:
            raise _told(error) from error


def write_whole(target: Path, content: bytes) -> None:
    """A file that is there whole or not at all, also after a power cut."""
    half = target.with_name(f".{target.name}{PART}")
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(target)


@dataclass(frozen=True, slots=True)
class SftpChannel:
    """Folders of the bank's server. The server is known by its key; nothing of ~/.ssh is read.

    host_key  as in a known_hosts file, without the name: `ssh-ed25519 AAAA...`
    """

    host: str
    port: int
    user: str
    host_key: str
    outgoing: str
    incoming: str
    key_file: str = ""
    password: str = ""

    def put(self, name: str, content: bytes) -> None:
        async def puts(sftp: asyncssh.SFTPClient) -> None:
            target, half = f"{self.outgoing}/{name}", f"{self.outgoing}/.{name}{PART}"
            if await sftp.exists(target) and await self._read(sftp, target) == content:
                return
            async with sftp.open(half, "wb") as file:
                await file.write(content)
            await sftp.posix_rename(half, target)

        self._do(puts)

    def waiting(self) -> list[str]:
        async def lists(sftp: asyncssh.SFTPClient) -> list[str]:
            found = await sftp.readdir(self.incoming)
            return sorted(
                str(each.filename)
                for each in found
                if stat.S_ISREG(each.attrs.permissions or 0) and is_whole(str(each.filename))
            )

        return self._do(lists)

    def get(self, name: str) -> bytes:
        async def gets(sftp: asyncssh.SFTPClient) -> bytes:
            return await self._read(sftp, f"{self.incoming}/{name}")

        return self._do(gets)

    def done(self, name: str) -> None:
        async def moves(sftp: asyncssh.SFTPClient) -> None:
            await sftp.makedirs(f"{self.incoming}/{READ}", exist_ok=True)
            if await sftp.exists(f"{self.incoming}/{name}"):
                await sftp.posix_rename(f"{self.incoming}/{name}", f"{self.incoming}/{READ}/{name}")

        self._do(moves)

    def _name(self) -> str:
        """The server as a list of known hosts names it."""
        return self.host if self.port == SSH_PORT else f"[{self.host}]:{self.port}"

    async def _read(self, sftp: asyncssh.SFTPClient, path: str) -> bytes:
        async with sftp.open(path, "rb") as file:
            content = cast("bytes", await file.read(LARGEST + 1))  # opened for bytes, whatever its stubs say
        return _not_too_large(content)

    def _do(self, asks: Callable[[asyncssh.SFTPClient], Awaitable[T]]) -> T:
        async def within() -> T:
            async with (
                asyncssh.connect(
                    self.host,
                    port=self.port,
                    username=self.user,
                    password=self.password or None,
                    client_keys=[self.key_file] if self.key_file else None,
                    known_hosts=asyncssh.import_known_hosts(f"{self._name()} {self.host_key}\n"),
                    config=None,
                    agent_path=None,
                    connect_timeout=SECONDS,
                    login_timeout=SECONDS,
                ) as connection,
                connection.start_sftp_client() as sftp,
            ):
                return await asks(sftp)

        try:
            return asyncio.run(asyncio.wait_for(within(), timeout=4 * SECONDS))
        except (OSError, TimeoutError, asyncssh.Error) as error:
            raise _told(error) from error


def _not_too_large(content: bytes) -> bytes:
    if len(content) > LARGEST:
        raise ChannelError(f"The file is larger than {LARGEST} bytes")
    return content


def _told(error: Exception) -> ChannelError:
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return ChannelError(f"{type(error).__name__}: {words}"[:300])
