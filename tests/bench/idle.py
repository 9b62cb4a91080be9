#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""A service that has nothing to do, on a store that is there: how soon it is ready, how much memory it
has, how often it wakes; as a line of JSON. scripts/bench runs it; the bounds are in table.py.

    tests/bench/idle.py STORE [--program build/release/thidua] [--seconds 20]

It writes to the store as any start does. Its only source is away, so that nothing is pulled.
"""

import argparse
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONFIGURATION = """version: 1
state_directory: {folder}/state
store: {{path: {store}, maintenance: off}}
organisation: {root}/config/organisations/so-tnmt-langson.yaml
procedures: {root}/config/procedures/so-tnmt-langson.yaml
calendar: {root}/config/calendars/vietnam-2024-2025.yaml
presets: {root}/connectors/presets
campaign: {{file: {root}/config/campaigns/langson-2024.yaml, start: 2024-06-07}}
sources:
  tthc:
    preset: igate-dossiers
    base_url: http://127.0.0.1:9
    auth: {{client_id: thidua, client_secret_file: secret}}
    parameters: {{ancestor_agency_id: 640000010000000000000010}}
    retry: {{max_attempts: 1}}
  payments:
    preset: payment-platform
    base_url: http://127.0.0.1:9
    for_each: {{source: tthc}}
    parameters: {{partner: LANGSON}}
    request: {{secret_file: secret}}
    retry: {{max_attempts: 1}}
web: {{listen: "127.0.0.1:{port}"}}
"""
SETTLE_SECONDS = 10


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status(pid):
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return {key: value.split()[0] for key, value in (line.split(":\t", 1) for line in lines) if value.split()}


def switches(pid):
    """How often a thread of it has slept and been woken."""
    return sum(
        int(line.split()[1])
        for task in pathlib.Path(f"/proc/{pid}/task").iterdir()
        for line in (task / "status").read_text().splitlines()
        if line.startswith("voluntary_ctxt_switches"))


def wait_until_ready(notified, daemon):
    while True:
        notified.settimeout(120)
        if b"READY=1" in notified.recv(4096):
            return
        if daemon.poll() is not None:
            sys.exit(f"the service ended with {daemon.returncode}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("store", type=pathlib.Path)
    parser.add_argument("--program", default=ROOT / "build/release/thidua")
    parser.add_argument("--seconds", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="thidua-idle-") as name:
        folder = pathlib.Path(name)
        (folder / "secret").write_text("x\n")
        (folder / "secret").chmod(0o600)
        (folder / "thidua.yaml").write_text(CONFIGURATION.format(
            folder=folder, root=ROOT, store=options.store.resolve(), port=free_port()))
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notified:
            notified.bind(str(folder / "notify"))
            began = time.monotonic()
            daemon = subprocess.Popen(
                [options.program, "run", "--config", folder / "thidua.yaml"],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=open(folder / "log", "wb"),
                env={**os.environ, "NOTIFY_SOCKET": str(folder / "notify")})
            wait_until_ready(notified, daemon)
            ready = time.monotonic() - began
            time.sleep(SETTLE_SECONDS)
            before, at = switches(daemon.pid), time.monotonic()
            time.sleep(options.seconds)
            wakeups = (switches(daemon.pid) - before) / (time.monotonic() - at)
            memory = int(status(daemon.pid)["VmRSS"]) * 1024
            daemon.send_signal(signal.SIGTERM)
            if daemon.wait(timeout=60) != 0:
                sys.exit((folder / "log").read_text())
    print(json.dumps({
        "name": "idle", "store_bytes": options.store.stat().st_size, "ready_seconds": round(ready, 3),
        "resident_bytes": memory, "wakeups_per_second": round(wakeups, 2)}))


if __name__ == "__main__":
    main()
