#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""100 sources at once that each take 200 ms for every answer: how long, and with how much memory, as
a line of JSON. scripts/bench runs it; the bounds are in table.py.

    tests/bench/many_sources.py [--program build/release/tests/bench/thidua_bench_many_sources]
                                [--sources 100] [--latency-ms 200]
"""

import argparse
import http.server
import json
import pathlib
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program",
                        default=ROOT / "build/release/tests/bench/thidua_bench_many_sources")
    parser.add_argument("--sources", type=int, default=100)
    parser.add_argument("--latency-ms", type=int, default=200)
    options = parser.parse_args()
    Source.latency = options.latency_ms / 1000
    server = Server(("127.0.0.1", 0), Source)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(prefix="thidua-many-") as name:
        folder = pathlib.Path(name)
        (folder / "secret").write_text("x\n")
        (folder / "secret").chmod(0o600)
        url = f"http://127.0.0.1:{server.server_address[1]}"
        done = subprocess.run(
            [options.program, url, folder / "secret", str(options.sources)], check=False
        )
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
