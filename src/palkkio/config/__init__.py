"""How the parts are put together on one machine: settings, addresses, worker, the embedded database."""
