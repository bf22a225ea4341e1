"""Known weaknesses of the packages that Palkkio runs on, by pip-audit; once a day and whenever the lock changes.

Where its data cannot be reached the check is skipped, loudly: the line begins with SKIPPED and bin/test prints it.
"""

import hashlib
import json
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements" / "base.txt"
KEPT = ROOT / "var" / "audit.json"
SERVICE = ("api.osv.dev", 443)
SECONDS_TO_REACH = 2
SECONDS_TO_AUDIT = 60


def main() -> int:
    mark = {"lock": hashlib.sha256(LOCK.read_bytes()).hexdigest(), "day": datetime.now(UTC).date().isoformat()}
    if KEPT.exists() and json.loads(KEPT.read_text()) == mark:
        return 0
    try:
        socket.create_connection(SERVICE, timeout=SECONDS_TO_REACH).close()
    except OSError:
        print("SKIPPED: the data of pip-audit cannot be reached from here. Known weaknesses were not looked for.")
        return 0
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(LOCK), "--require-hashes", "--disable-pip"]
    command += ["--vulnerability-service", "osv", "--progress-spinner", "off", "--timeout", "5"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS_TO_AUDIT, check=False)
    except subprocess.TimeoutExpired:
        print("SKIPPED: pip-audit took more than a minute. Known weaknesses were not looked for.")
        return 0
    if done.returncode == 0:
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps(mark))
        return 0
    print(done.stdout + done.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
