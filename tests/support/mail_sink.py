#!/usr/bin/python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""A real SMTP server on loopback that keeps what it accepts in a Maildir.

    /usr/bin/python3 mail_sink.py --port 0 --port-file F --maildir DIR [--log FILE]

Needs python3-aiosmtpd. The port file appears, whole, once connections are accepted; SIGTERM or
SIGINT ends the server with status 0. One file per message and recipient, with Return-Path,
Delivered-To and X-RcptTo (the envelope) in front. The log has one JSON line per message offered.
"""

import argparse
import asyncio
import email.parser
import itertools
import json
import os
import signal
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

MESSAGE_BYTES_MAX = 64 * 1024 * 1024
UNIQUE = itertools.count(1)


class Maildir:
    """Files appear in new/ whole: they are written in tmp/ and renamed."""

    def __init__(self, path):
        self.path = path
        for name in ("tmp", "new", "cur"):
            os.makedirs(os.path.join(path, name), exist_ok=True)

    def add(self, sender, recipient, content):
        name = f"{os.getpid()}.{next(UNIQUE):08d}.{os.urandom(4).hex()}.sink"
        envelope = (
            f"Return-Path: <{sender}>\r\nDelivered-To: {recipient}\r\nX-RcptTo: {recipient}\r\n"
        )
        written = os.path.join(self.path, "tmp", name)
        with open(written, "xb") as file:
            file.write(envelope.encode() + content)
        os.rename(written, os.path.join(self.path, "new", name))


class Handler:
    def __init__(self, options):
        self.maildir = Maildir(options.maildir)
        self.log = open(options.log, "a", encoding="utf-8") if options.log else None
        self.refused = dict(options.refuse)
        self.slow = dict(options.slow)
        self.delay = options.delay
        self.drop_after_dot = options.drop_after_dot
        self.offered = 0

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        code = self.refused.get(address)
        if code is not None:
            self.note(envelope.mail_from, [address], b"", f"refused {code}")
            later = "4.2.1 try later" if code < 500 else "5.1.1 no such mailbox"
            return f"{code} {later} <{address}>"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        self.offered += 1
        await asyncio.sleep(max([self.delay, *(self.slow.get(each, 0) for each in envelope.rcpt_tos)]))
        drop = self.drop_after_dot and self.offered % self.drop_after_dot == 0
        for recipient in envelope.rcpt_tos:
            self.maildir.add(envelope.mail_from, recipient, envelope.content)
        outcome = "accepted, answer dropped" if drop else "accepted"
        self.note(envelope.mail_from, envelope.rcpt_tos, envelope.content, outcome)
        if drop:
            server.transport.abort()
        return f"250 2.0.0 Ok: queued as {self.offered:X}"

    def note(self, sender, recipients, content, outcome):
        if self.log is None:
            return
        headers = email.parser.BytesHeaderParser().parsebytes(content)
        entry = {
            "from": sender,
            "to": recipients,
            "message_id": headers.get("Message-ID"),
            "bytes": len(content),
            "outcome": outcome,
        }
        self.log.write(json.dumps(entry, ensure_ascii=False) + "\n")
        self.log.flush()


def refusal(text):
    address, _, code = text.rpartition(":")
    if not address or not code.isdigit() or not 400 <= int(code) <= 599:
        raise argparse.ArgumentTypeError("ADDRESS:CODE, where CODE is 400 to 599")
    return address, int(code)


def slowness(text):
    address, _, seconds = text.rpartition(":")
    return address, float(seconds)


def authenticator(user, password_file):
    with open(password_file, encoding="utf-8") as file:
        password = file.read().strip()

    def authenticate(server, session, envelope, mechanism, data):
        right = (
            isinstance(data, LoginPassword)
            and data.login == user.encode()
            and data.password == password.encode()
        )
        # handled=False makes aiosmtpd answer 535 by itself.
        return AuthResult(success=right, handled=False)

    return authenticate


def tls_context(options):
    if not options.tls_cert:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(options.tls_cert, options.tls_key)
    return context


def smtp_options(options, context):
    settings = {"data_size_limit": MESSAGE_BYTES_MAX, "ident": "thidua mail sink"}
    if context and not options.tls_from_start:
        settings["tls_context"] = context
        settings["require_starttls"] = True
    if options.user:
        settings["authenticator"] = authenticator(options.user, options.password_file)
        settings["auth_required"] = True
        # aiosmtpd knows only of its own STARTTLS, not of TLS below it.
        settings["auth_require_tls"] = "tls_context" in settings
    return settings


def write_whole(path, text):
    with open(path + ".tmp", "w", encoding="ascii") as file:
        file.write(text)
    os.rename(path + ".tmp", path)


async def serve(options):
    loop = asyncio.get_running_loop()
    end = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end.set)
    handler = Handler(options)
    context = tls_context(options)
    settings = smtp_options(options, context)
    server = await loop.create_server(
        lambda: SMTP(handler, hostname="sink.localhost", loop=loop, **settings),
        host=options.host,
        port=options.port,
        backlog=512,
        ssl=context if options.tls_from_start else None,
    )
    port = server.sockets[0].getsockname()[1]
    if options.port_file:
        write_whole(options.port_file, f"{port}\n")
    print(f"mail_sink: listening on {options.host}:{port}, keeping mail in {options.maildir}",
          file=sys.stderr)
    await end.wait()
    server.close()
    await server.wait_closed()


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--port-file", help="where to write the port")
    parser.add_argument("--maildir", required=True)
    parser.add_argument("--log", help="one JSON line per message offered")
    parser.add_argument("--refuse", type=refusal, action="append", default=[],
                        metavar="ADDRESS:CODE", help="answer RCPT for ADDRESS with CODE; repeatable")
    parser.add_argument("--drop-after-dot", type=int, default=0, metavar="N",
                        help="keep every Nth message, but hang up instead of answering")
    parser.add_argument("--delay", type=float, default=0, metavar="SECONDS",
                        help="before each answer to a message")
    parser.add_argument("--slow", type=slowness, action="append", default=[],
                        metavar="ADDRESS:SECONDS", help="the same for ADDRESS alone; repeatable")
    parser.add_argument("--tls-cert", help="offer STARTTLS, and take no mail without it")
    parser.add_argument("--tls-key")
    parser.add_argument("--tls-from-start", action="store_true", help="smtps instead of STARTTLS")
    parser.add_argument("--user", help="take mail only from this user")
    parser.add_argument("--password-file")
    options = parser.parse_args()
    if bool(options.tls_cert) != bool(options.tls_key):
        parser.error("--tls-cert and --tls-key go together")
    if options.tls_from_start and not options.tls_cert:
        parser.error("--tls-from-start needs --tls-cert")
    if bool(options.user) != bool(options.password_file):
        parser.error("--user and --password-file go together")
    return options


if __name__ == "__main__":
    asyncio.run(serve(parse_options()))
