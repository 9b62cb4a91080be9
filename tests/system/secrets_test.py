# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""No secret leaves its file: neither by the log, metrics, pages, the store and a copy of it, editions and
mails, notices, the shown configuration, nor by the process's arguments, environment or a core. And who
changes a secret's file need not restart anything."""

import os
import pathlib
import signal
import sys
import time
import urllib.request

import campaign_of_today
import harness
from harness import expect

CANARIES = ("sandbox-secret", "sandbox-partner", "hook/s3cret", "wrong-then-right")


def pages(port):
    for path in ("/", "/sources", "/editions", "/schedule", "/metrics", "/status", "/version",
                 "/api/standings", "/-/ready"):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            yield path, answer.read()


def written(world):
    """Everything that the program has written, by name."""
    for path in harness.files_below(world.folder):
        if "secrets" not in path.relative_to(world.folder).parts and not path.name.endswith(
                (".requests", ".port")):
            yield str(path.relative_to(world.folder)), path.read_bytes()


def of_process(pid):
    folder = pathlib.Path(f"/proc/{pid}")
    yield "cmdline", (folder / "cmdline").read_bytes()
    yield "environ", (folder / "environ").read_bytes()


def check_nowhere(what, texts):
    number = 0
    for name, text in texts:
        number += 1
        for canary in CANARIES:
            expect(canary.encode() not in text, f"{what}: {name} holds {canary!r}")
    expect(number, f"{what}: nothing was looked at")
    return number


def check_rotation(world):
    """A wrong secret is refused and said nowhere; the right one in the same file is taken at once."""
    world.write_secret("tthc-client-secret", "wrong-then-right")
    done = world.thidua("pull", "tthc", check=False)
    expect(done.returncode == 77, f"{done}")
    check_nowhere("the refusal", [("stdout", done.stdout.encode()), ("stderr", done.stderr.encode())])
    world.write_secret("tthc-client-secret", "sandbox-secret")
    done = world.thidua("pull", "tthc", check=False)
    expect(done.returncode == 0, f"the new secret is not read without a restart: {done}")


def test(options):
    with harness.World(options, dossiers=300) as world:
        webhook = campaign_of_today.Webhook(world, "hook")
        second = world.start_server("second", [
            harness.PYTHON, harness.ROOT / "tests/support/mail_sink.py",
            "--maildir", world.folder / "operator-mail"])
        world.write_secret("operator-webhook", webhook.url)
        port = harness.free_port()
        world.config = world.write_config(edit=lambda text: campaign_of_today.of_today(text).replace(
            "listen: off", f"listen: 127.0.0.1:{port}") + campaign_of_today.operator_section(second))
        with open(world.folder / "daemon.log", "ab") as log:
            daemon = world.start_thidua("run", log=log)
            mails = world.folder / "mail/new"
            harness.wait_for("the digests", lambda: len(list(mails.glob("*"))) >= 5)
            check_rotation(world)
            time.sleep(1)
            seen = check_nowhere("pages", pages(port))
            seen += check_nowhere("the process", of_process(daemon.pid))
            limits = pathlib.Path(f"/proc/{daemon.pid}/limits").read_text()
            (core,) = [line.split()[4:6] for line in limits.splitlines() if line.startswith("Max core")]
            expect(core[0] == "0", f"a core may be written: {core}")
            world.thidua("backup", world.folder / "copy.db")
            daemon.send_signal(signal.SIGTERM)
            expect(daemon.wait(timeout=60) == 0, "it does not stop")
        shown = world.thidua("config", "show", "--origin").stdout
        seen += check_nowhere("config show", [("stdout", shown.encode())])
        seen += check_nowhere("what was written", written(world))
        expect(os.path.getsize(world.folder / "copy.db") > 0, "no copy")
    sys.stdout.write(f"{seen} places, and no secret in any of them\n")


harness.main(test)
