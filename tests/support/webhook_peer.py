#!/usr/bin/python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""A real HTTP server on loopback that keeps every request it gets, and answers as it is told.

    /usr/bin/python3 webhook_peer.py --port 0 --port-file F --log FILE [--answer-file FILE]

The log has one JSON line per request: time, method, path, body. The answer file, read for each
request, holds a status (200 without a file), "silent" (no answer for a minute) or "redirect". The
port file appears, whole, once connections are accepted; SIGTERM ends the server with status 0.
"""

import argparse
import http.server
import json
import os
import pathlib
import signal
import sys
import threading
import time

SILENCE_SECONDS = 60


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.take()

    def do_POST(self):
        self.take()

    def take(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        entry = {"time": time.time(), "method": self.command, "path": self.path,
                 "type": self.headers.get("Content-Type"), "body": body.decode()}
        with self.server.lock, open(self.server.log, "a", encoding="utf-8") as log:
            log.write(json.dumps(entry, ensure_ascii=False) + "\n")
        wanted = self.server.wanted()
        if wanted == "silent":
            time.sleep(SILENCE_SECONDS)
            return
        self.send_response(302 if wanted == "redirect" else int(wanted))
        if wanted == "redirect":
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, options):
        super().__init__(("127.0.0.1", options.port), Handler)
        self.lock = threading.Lock()
        self.log = options.log
        self.answer_file = options.answer_file

    def wanted(self):
        if self.answer_file and self.answer_file.exists():
            return self.answer_file.read_text().strip()
        return "200"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--port-file", type=pathlib.Path)
    parser.add_argument("--log", type=pathlib.Path, required=True)
    parser.add_argument("--answer-file", type=pathlib.Path)
    options = parser.parse_args()
    options.log.touch()
    server = Server(options)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    if options.port_file:
        written = options.port_file.with_suffix(".tmp")
        written.write_text(f"{server.server_port}\n")
        written.rename(options.port_file)
    print(f"webhook_peer: listening on 127.0.0.1:{server.server_port}", file=sys.stderr)
    server.serve_forever()


main()
