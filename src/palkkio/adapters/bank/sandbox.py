"""A bank for demo and tests: `python -m palkkio.adapters.bank.sandbox --folder var/demo/bank --port 9001`.

It takes payment files from the folder `to`, checks them against the schema and our own check, and leaves its answers in
the folder `from`: pain.002 for each payment, camt.054 for what was booked and what came back, camt.053 of the day. It
does not wait for the day of payment. With a port it serves both folders over SFTP, as a bank does.

`faults.json` in the folder names accounts that do not work: {"FI...": "returned AC04", "FI...": "rejected AC01"}. A
file whose message id it has taken before is refused as a duplicate. Killed at any moment and started again it answers
the same: a file is moved aside only when all its answers are there.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncssh

from palkkio.adapters.bank.channel import is_whole, write_whole
from palkkio.adapters.bank.sandbox_messages import Fault, answers_to
from palkkio.formats.xml import parse, text_of

USER = "palkkio"
PASSWORD = "only-for-the-sandbox"  # noqa: S105 - of a server without secrets
TO, FROM, TAKEN = "to", "from", "taken"
LOOKS_EVERY = 0.3  # seconds


class Sandbox:
    """A bank in a folder; with `port` (0: any that is free) also over SFTP."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.folder = folder
        self.port = port
        for name in (TO, FROM, TAKEN):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self._key = _host_key(folder)
        self._stops = asyncio.Event()

    @property
    def host_key(self) -> str:
        return self._key.export_public_key().decode().strip()

    def take(self) -> int:
        """Answer every file that waits; how many they were."""
        count = 0
        for path in sorted(each for each in (self.folder / TO).iterdir() if each.is_file() and is_whole(each.name)):
            content = path.read_bytes()
            name = _message_id(content) or path.stem
            taken = self.folder / TAKEN / f"{name}.xml"
            for answer, written in answers_to(content, self.faults(), seen=taken.exists()).items():
                write_whole(self.folder / FROM / answer, written)
            path.replace(taken if not taken.exists() else taken.with_suffix(".again"))
            count += 1
        return count

    def faults(self) -> dict[str, Fault]:
        file = self.folder / "faults.json"
        if not file.exists():
            return {}
        rows = {iban: str(said).split() for iban, said in json.loads(file.read_text(encoding="utf-8")).items()}
        return {iban: Fault(what == "returned", reason) for iban, (what, reason) in rows.items()}

    async def serve(self) -> None:
        """Until `stop`."""
        server = None
        if self.port is not None:
            server = await asyncssh.listen(
                "127.0.0.1",
                self.port,
                server_host_keys=[self._key],
                server_factory=_Customers,
                sftp_factory=self._sftp,
                allow_scp=False,
            )
            self.port = server.get_port()
        while not self._stops.is_set():
            await asyncio.to_thread(self.take)
            try:
                await asyncio.wait_for(self._stops.wait(), LOOKS_EVERY)
            except TimeoutError:
                continue
        if server is not None:
            server.close()
            await server.wait_closed()

    def stop(self) -> None:
        self._stops.set()

    def _sftp(self, channel: asyncssh.SSHServerChannel[bytes]) -> asyncssh.SFTPServer:
        return asyncssh.SFTPServer(channel, chroot=str(self.folder).encode())


class _Customers(asyncssh.SSHServer):
    """One customer with one password."""

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


def _host_key(folder: Path) -> asyncssh.SSHKey:
    """The same key at each start, so that a site that was told of it still knows the bank."""
    file = folder / "host-key"
    if not file.exists():
        write_whole(file, asyncssh.generate_private_key("ssh-ed25519").export_private_key())
        file.chmod(0o600)
    return asyncssh.read_private_key(file)


def host_key(folder: Path) -> str:
    """What a site is told of the bank in `folder`, before it is started."""
    return Sandbox(folder).host_key


def _message_id(content: bytes) -> str:
    try:
        found = text_of(parse(content), "CstmrCdtTrfInitn/GrpHdr/MsgId")
    except ValueError:
        return ""
    return found if found.replace("-", "").isalnum() else ""


@contextmanager
def running(folder: Path) -> Iterator[Sandbox]:
    """A bank in a thread, for tests: over SFTP on a port that is free."""
    began = threading.Event()
    made: list[tuple[Sandbox, asyncio.AbstractEventLoop]] = []

    async def serves() -> None:
        sandbox = Sandbox(folder, 0)
        made.append((sandbox, asyncio.get_running_loop()))
        serving = asyncio.create_task(sandbox.serve())
        while sandbox.port == 0 and not serving.done():
            await asyncio.sleep(0.01)
        began.set()
        await serving

    thread = threading.Thread(target=lambda: asyncio.run(serves()), daemon=True)
    thread.start()
    began.wait(30)
    sandbox, loop = made[0]
    try:
        yield sandbox
    finally:
        loop.call_soon_threadsafe(sandbox.stop)
        thread.join(30)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="A bank of invented accounts.")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--port", type=int, help="serve the folder over SFTP, too")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        asyncio.run(Sandbox(options.folder, options.port).serve())
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
