#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""One pull of 100 sources that each take 200 ms for every answer: how long, and with how much memory.

    tests/bench/many_sources.py [--thidua build/release/thidua] [--sources 100] [--latency-ms 200]
"""

import argparse
import http.server
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Source(http.server.BaseHTTPRequestHandler):
    """A small iGate: a token, one page of ten dossiers, and their fees."""

    protocol_version = "HTTP/1.1"
    latency = 0.2

    def answer(self, value):
        time.sleep(self.latency)
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer({"access_token": "t", "expires_in": 300})

    def do_GET(self):
        if self.path.startswith("/pa/dossier/search"):
            self.answer({"content": [record(number) for number in range(10)], "totalElements": 10})
        else:
            self.answer([{"dossier": {"id": f"id-{number}"}, "amount": 1000.0} for number in range(10)])

    def log_message(self, *_):
        pass


def record(number):
    return {"id": f"id-{number}", "code": f"H37.10-240610-{number:04}", "procedure": {"code": "1.012756"},
            "agency": {"code": "H37.10.05"}, "applyMethod": {"id": 0}, "dossierStatus": {"id": 4},
            "acceptedDate": "2024-06-10T08:00:00.000+0700"}


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 1024
    daemon_threads = True


def config(folder, port, count):
    (folder / "secret").write_text("x\n")
    (folder / "secret").chmod(0o600)
    sources = "".join(
        f"  source-{number}:\n    preset: igate-dossiers\n    base_url: http://127.0.0.1:{port}\n"
        f"    auth: {{client_id: a, client_secret_file: secret}}\n"
        f"    parameters: {{ancestor_agency_id: 640000010000000000000010}}\n"
        for number in range(count)
    )
    text = (ROOT / "config/example/demo.yaml.in").read_text()
    text = text.replace("@ROOT@/build/demo", str(folder / "state")).replace("@ROOT@", str(ROOT))
    text = text.replace("@SANDBOX_PORT@", str(port)).replace("@SMTP_PORT@", "1")
    text = text.replace("\n# The mail relay.", f"\n{sources}\n# The mail relay.", 1)
    (folder / "thidua.yaml").write_text(text)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--thidua", default=ROOT / "build/release/thidua")
    parser.add_argument("--sources", type=int, default=100)
    parser.add_argument("--latency-ms", type=int, default=200)
    options = parser.parse_args()
    Source.latency = options.latency_ms / 1000
    server = Server(("127.0.0.1", 0), Source)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(prefix="thidua-many-") as name:
        folder = pathlib.Path(name)
        config(folder, server.server_address[1], options.sources)
        names = [f"source-{number}" for number in range(options.sources)]
        begin = time.monotonic()
        done = subprocess.run(
            [options.thidua, "pull", *names, "--now", "2024-06-14T16:00:00+07:00", "--quiet",
             "--config", folder / "thidua.yaml"], capture_output=True, text=True, check=False,
            env={"PATH": os.environ["PATH"]},
        )
        seconds = time.monotonic() - begin
        if done.returncode != 0:
            sys.exit(f"{done.returncode}: {done.stdout[:2000]}{done.stderr[:2000]}")
        kibibytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(f"{options.sources} sources, {options.latency_ms} ms an answer: {seconds:.2f} s, "
              f"{kibibytes / 1024:.0f} MiB at most")


if __name__ == "__main__":
    main()
