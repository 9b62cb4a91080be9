# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""What the system tests share: real processes on loopback, in a folder of the test's own."""

import argparse
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PYTHON = "/usr/bin/python3"  # Debian's own, which has python3-aiosmtpd
POSTGRES_BIN = pathlib.Path("/usr/lib/postgresql/15/bin")
START_LIMIT_SECONDS = 60
OWN_MOUNTS = "THIDUA_TEST_HAS_ITS_OWN_MOUNTS"


class World:
    """A sandbox, a mail server and a configuration, ended and removed on leaving."""

    def __init__(self, programs, *, dossiers=20000, seed=1, fault_rate=0.0, now=None,
                 mail_options=(), mishaps=0):
        self.programs = programs
        self.folder_handle = tempfile.TemporaryDirectory(prefix="thidua-system-")
        self.folder = pathlib.Path(self.folder_handle.name)
        self.children = []
        self.seed_options = ["--seed", str(seed), "--dossiers", str(dossiers)]
        if mishaps:
            self.seed_options += ["--mishaps", str(mishaps)]
        options = [*self.seed_options, "--fault-rate", str(fault_rate), "--fault-seed", "7"]
        if now:
            options += ["--now", now]
        self.sandbox = self.start_server("sandbox", [programs.sandbox, *options])
        sink = ROOT / "tests/support/mail_sink.py"
        self.smtp = self.start_server(
            "smtp", [PYTHON, sink, "--maildir", self.folder / "mail", *mail_options]
        )
        self.config = self.write_config()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for child in self.children:
            child.send_signal(signal.SIGTERM)
        for child in self.children:
            child.wait(timeout=30)
        self.folder_handle.cleanup()

    def start_server(self, name, command):
        """Starts a program that writes its port into a file; ended on leaving."""
        port_file = self.folder / f"{name}.port"
        log = open(self.folder / f"{name}.log", "wb")
        command = [*command, "--port", "0", "--port-file", port_file]
        child = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        self.children.append(child)
        deadline = time.monotonic() + START_LIMIT_SECONDS
        while not port_file.exists():
            if child.poll() is not None or time.monotonic() > deadline:
                text = (self.folder / f"{name}.log").read_text()
                sys.exit(f"{name} did not start: {text}")
            time.sleep(0.02)
        return int(port_file.read_text())

    def write_config(self, name="thidua.yaml", edit=None, secrets=True):
        """The demo's configuration with our ports; `edit` changes its text."""
        text = (ROOT / "config/example/demo.yaml.in").read_text()
        text = text.replace("@ROOT@/build/demo", str(self.folder / "state"))
        text = text.replace("@ROOT@", str(ROOT))
        text = text.replace("@SANDBOX_PORT@", str(self.sandbox))
        text = text.replace("@SMTP_PORT@", str(self.smtp))
        if edit:
            text = edit(text)
        path = self.folder / name
        path.write_text(text)
        if secrets:
            self.write_secret("tthc-client-secret", "sandbox-secret")
            self.write_secret("payment-partner-secret", "sandbox-partner")
        return path

    def write_secret(self, name, value):
        path = self.folder / "secrets" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(value + "\n")
        path.chmod(0o600)

    def thidua(self, *arguments, config=None, check=True, timeout=900):
        command = [self.programs.thidua, *arguments, "--config", config or self.config]
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            env=environment(),
        )
        if check and done.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))}: {done.returncode}\n{done.stderr}")
        return done

    def start_thidua(self, *arguments, log, env=None):
        command = [self.programs.thidua, *arguments, "--config", self.config]
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**environment(), **(env or {})},
        )

    def sandbox_url(self, path=""):
        return f"http://127.0.0.1:{self.sandbox}{path}"

    def ask_sandbox(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.sandbox_url(path), data, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"{}")

    def truth(self, day, known_at):
        """{(unit, indicator): (numerator, denominator)} by the sandbox's own reckoning."""
        done = subprocess.run(
            [str(self.programs.sandbox), *self.seed_options, "--truth",
             "--from", day, "--to", day, "--known-at", known_at],
            capture_output=True, text=True, check=True,
        )
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        return {
            (row["unit"], row["indicator"]): (row["numerator"], row["denominator"]) for row in rows
        }

    def personal_data(self):
        """The canary and every planted name, phone, number and address."""
        done = subprocess.run(
            [str(self.programs.sandbox), *self.seed_options, "--personal-data"],
            capture_output=True, check=True,
        )
        return [line for line in done.stdout.splitlines() if line]

    def standings(self, day, known_at):
        done = self.thidua("standings", "--as-of", day, "--known-at", known_at, "--json")
        return json.loads(done.stdout)


def preset_sources(url):
    """Sources by every preset that the demo does not use, as lines below `sources:`."""
    text = (ROOT / "tests/data/sources/presets.yaml").read_text()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return "\n" + "\n".join(lines).replace("URL", url) + "\n"


def write_preset_secrets(world):
    for name in ("opencps", "adapter", "lgsp"):
        world.write_secret(name, f"sandbox-{name}")


def wait_for(what, condition, limit_seconds=120):
    deadline = time.monotonic() + limit_seconds
    while not condition():
        if time.monotonic() > deadline:
            sys.exit(f"waited {limit_seconds} s for {what}")
        time.sleep(0.05)


def free_port():
    """One that nobody listens at just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Supervisor:
    """The socket that systemd would listen on. It reads whatever it is sent, as systemd does: who does
    not holds the sender up once ten words wait."""

    def __init__(self, folder):
        self.path = str(folder / "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.socket.settimeout(0.1)
        self.heard = []  # (seconds, word)
        self.is_open = True
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        while self.is_open:
            try:
                self.heard.append((time.monotonic(), self.socket.recv(4096).decode()))
            except TimeoutError:
                pass

    def close(self):
        self.is_open = False
        self.reader.join()
        self.socket.close()
        os.unlink(self.path)

    def has_heard(self, word):
        return any(word in line for _, line in list(self.heard))


class Postgres:
    """A server of the test's own, reached through a socket in its folder; ended on leaving."""

    def __init__(self):
        self.folder_handle = tempfile.TemporaryDirectory(prefix="thidua-pg-")
        self.folder = pathlib.Path(self.folder_handle.name)
        self.user = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(self.folder, "postgres", "postgres")
            self.user = {"user": "postgres", "group": "postgres", "extra_groups": []}
        data = self.folder / "data"
        self._run("initdb", "--pgdata", data, "--username=thidua", "--auth=trust",
                  "--encoding=UTF8", "--locale=C", "--no-sync")
        self.log = self.folder / "log"
        self.server = subprocess.Popen(
            [str(POSTGRES_BIN / "postgres"), "-D", str(data), "-c", "listen_addresses=",
             "-c", f"unix_socket_directories={self.folder}"],
            stdin=subprocess.DEVNULL, stdout=open(self.folder_handle.name + "/log", "wb"),
            stderr=subprocess.STDOUT, cwd="/", **self.user)
        wait_for("the PostgreSQL server", self._is_ready)
        self._run("createdb", "--host", self.folder, "--username=thidua", "thidua")
        self.url = f"postgresql://thidua@/thidua?host={self.folder}"

    def _run(self, program, *arguments):
        subprocess.run([str(POSTGRES_BIN / program), *map(str, arguments)], check=True, cwd="/",
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **self.user)

    def _is_ready(self):
        if self.server.poll() is not None:
            sys.exit("PostgreSQL did not start: " + self.log.read_text())
        done = subprocess.run([str(POSTGRES_BIN / "pg_isready"), "--host", str(self.folder)],
                              stdout=subprocess.DEVNULL)
        return done.returncode == 0

    def ask(self, sql):
        """The answer's first column, line by line."""
        done = subprocess.run(
            [str(POSTGRES_BIN / "psql"), "--host", str(self.folder), "--username=thidua",
             "--no-psqlrc", "--tuples-only", "--no-align", "--command", sql, "thidua"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True, cwd="/")
        return done.stdout.splitlines()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.send_signal(signal.SIGQUIT)
        self.server.wait(timeout=60)
        self.folder_handle.cleanup()


def enter_own_mounts():
    """Begins anew where what is mounted is nobody else's, and gone at the end."""
    if OWN_MOUNTS not in os.environ:
        flags = "-m" if os.geteuid() == 0 else "-rm"
        os.environ[OWN_MOUNTS] = "1"
        os.execvp("unshare", ["unshare", flags, sys.executable, *sys.argv])


def environment():
    # Another zone and locale than the agency's: neither may matter.
    return {**os.environ, "TZ": "America/New_York", "LC_ALL": "C"}


def expect(condition, what):
    """Ends the test with `what` unless the condition holds."""
    if not condition:
        sys.exit(what)


# "trên 90%", "trên 45%"; dossiers-online has no target. As two counts, compared exactly.
TARGETS = {"services-online": (90, 100), "payments-online": (45, 100)}


def expected_verdict(indicator, numerator, denominator):
    if denominator == 0:
        return "no-activity"
    if indicator not in TARGETS:
        return None
    part, whole = TARGETS[indicator]
    return "met" if numerator * whole > part * denominator else "below"


def compare_with_truth(standings, truth):
    """The differences in words; an empty list if every count and verdict is equal."""
    differences = []
    seen = set()
    units = [*standings["units"], {**standings["total"], "code": "total"}]
    for unit in units:
        for figure in unit["indicators"]:
            key = (unit["code"], figure["id"])
            seen.add(key)
            counts = (figure["numerator"], figure["denominator"])
            if truth.get(key) != counts:
                differences.append(f"{key}: {counts}, in truth {truth.get(key)}")
                continue
            verdict = expected_verdict(figure["id"], *counts)
            if figure["verdict"] != verdict:
                differences.append(f"{key}: {counts} is {figure['verdict']}, not {verdict}")
    differences += [f"{key}: missing" for key in set(truth) - seen]
    return differences


TYPES = {
    "object": dict, "array": list, "string": str, "integer": int, "boolean": bool,
    "null": type(None),
}


def schema_violations(value, schema, root=None, place="$"):
    """Where `value` breaks a schema of docs/schema/, in the few words of JSON Schema used there."""
    root = root or schema
    if "$ref" in schema:
        return schema_violations(value, root["$defs"][schema["$ref"].split("/")[-1]], root, place)
    found = []
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{place}: {value!r} is none of {schema['enum']}")
    if "type" in schema:
        wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if not any(isinstance(value, TYPES[name]) for name in wanted):
            return [f"{place}: {value!r} is not {wanted}"]
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{place}: {value!r} does not match {schema['pattern']}")
    if isinstance(value, dict):
        known = schema.get("properties", {})
        found += [f"{place}.{key}: missing" for key in schema.get("required", []) if key not in value]
        if schema.get("additionalProperties") is False:
            found += [f"{place}.{key}: not in the schema" for key in value if key not in known]
        for key in value.keys() & known.keys():
            found += schema_violations(value[key], known[key], root, f"{place}.{key}")
    if isinstance(value, list):
        for at, item in enumerate(value):
            found += schema_violations(item, schema.get("items", {}), root, f"{place}[{at}]")
    return found


def check_schema(value, name):
    schema = json.loads((ROOT / "docs/schema" / name).read_text())
    if violations := schema_violations(value, schema):
        sys.exit(f"{name}: " + "\n".join(violations[:10]))


def files_below(folder):
    return [path for path in pathlib.Path(folder).rglob("*") if path.is_file()]


def main(test, **options):
    parser = argparse.ArgumentParser()
    parser.add_argument("--thidua", type=pathlib.Path, required=True)
    parser.add_argument("--sandbox", type=pathlib.Path, required=True)
    for name, default in options.items():
        parser.add_argument("--" + name.replace("_", "-"), type=type(default), default=default)
    test(parser.parse_args())
