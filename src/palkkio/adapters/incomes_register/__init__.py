"""The Incomes Register (tulorekisteri) over its web services, and a sandbox of it."""
