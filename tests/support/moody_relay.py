#!/usr/bin/python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""A mail relay on loopback in all of its moods: later, never, cut off after the dot, slow, garbage.

    /usr/bin/python3 moody_relay.py --port 0 --port-file F --log FILE --seed 1 [--calm-file F]

The log has one JSON line for each message that the relay took whole: its Message-ID, the SHA-256 of
its bytes, to whom, and whether the client was told ("250"), not told ("cut"), or told otherwise. While
the calm file exists every message is taken at once. SIGTERM ends it with status 0.
"""

import argparse
import asyncio
import email.parser
import hashlib
import json
import os
import random
import signal

MOODS = {
    "fine": 60,
    "later at MAIL": 4,
    "later at RCPT": 4,
    "later at DATA": 3,
    "later after the dot": 4,
    "never at RCPT": 2,
    "never after the dot": 2,
    "cut at connect": 3,
    "cut in the message": 4,
    "cut after the dot": 8,
    "slow": 4,
    "garbage": 2,
}
SLOW_SECONDS = 0.4
LINE_MAX = 64 * 1024


class Relay:
    def __init__(self, options):
        self.chance = random.Random(options.seed)
        self.log = open(options.log, "a", encoding="utf-8")
        self.calm_file = options.calm_file
        self.moods = {}

    def mood(self):
        if self.calm_file and os.path.exists(self.calm_file):
            return "fine"
        mood = self.chance.choices(list(MOODS), list(MOODS.values()))[0]
        self.moods[mood] = self.moods.get(mood, 0) + 1
        return mood

    def note(self, recipient, content, told):
        headers = email.parser.BytesHeaderParser().parsebytes(content)
        self.log.write(json.dumps({
            "to": recipient, "message_id": headers.get("Message-ID", "").strip("<>"),
            "sha256": hashlib.sha256(content).hexdigest(), "told": told}) + "\n")
        self.log.flush()

    async def serve(self, reader, writer):
        try:
            await self.converse(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    async def converse(self, reader, writer):
        mood = self.mood()
        if mood == "cut at connect":
            return
        recipient = ""
        await say(writer, "220 relay.localhost")
        while line := await reader.readline():
            verb = line.split(b":")[0].strip().upper().decode("ascii", "replace")
            if verb.startswith("RCPT"):
                recipient = line.decode().split("<")[1].split(">")[0]
            if verb == "QUIT":
                await say(writer, "221 bye")
                return
            if mood == "garbage" and verb.startswith("RCPT"):
                writer.write(b"\x00\xff" * 200 + b"\r\n")
                return
            if mood.startswith("later at") and verb.startswith(mood.split()[-1]):
                await say(writer, "451 4.3.0 try later")
            elif mood == "never at RCPT" and verb.startswith("RCPT"):
                await say(writer, "550 5.1.1 no such mailbox")
            elif verb == "DATA":
                await say(writer, "354 go on")
                if not await self.take(reader, writer, mood, recipient):
                    return
            else:
                await say(writer, "250 ok")

    async def take(self, reader, writer, mood, recipient):
        """The message; false: the conversation ends with it."""
        if mood == "cut in the message":
            await reader.readline()
            return False
        lines = []
        while (line := await reader.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line[1:] if line.startswith(b".") else line)
        content = b"".join(lines)
        if mood == "later after the dot":
            await say(writer, "452 4.2.2 try later")
            return True
        if mood == "never after the dot":
            await say(writer, "554 5.6.0 refused")
            return True
        self.note(recipient, content, "cut" if mood == "cut after the dot" else "250")
        if mood == "cut after the dot":
            return False
        if mood == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        await say(writer, "250 2.0.0 taken")
        return True


async def say(writer, line):
    writer.write(line.encode() + b"\r\n")
    await writer.drain()


async def serve(options):
    end = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, end.set)
    relay = Relay(options)
    server = await asyncio.start_server(
        relay.serve, "127.0.0.1", options.port, limit=LINE_MAX, backlog=512)
    with open(options.port_file + ".tmp", "w", encoding="ascii") as file:
        file.write(f"{server.sockets[0].getsockname()[1]}\n")
    os.rename(options.port_file + ".tmp", options.port_file)
    await end.wait()
    with open(options.log + ".moods", "w", encoding="ascii") as file:
        json.dump(relay.moods, file)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--port-file", required=True)
    parser.add_argument("--log", required=True)
    parser.add_argument("--calm-file")
    parser.add_argument("--seed", type=int, default=1)
    asyncio.run(serve(parser.parse_args()))


main()
