# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""A campaign that is under way now, for what only `thidua run` does, on the real clock; and whom it
tells beside the mail."""

import datetime
import json

import harness

VIETNAM = datetime.timezone(datetime.timedelta(hours=7))


def now():
    return datetime.datetime.now(VIETNAM)


def of_today(text):
    """The demo's configuration with a campaign that began three weeks ago."""
    start = (now() - datetime.timedelta(days=21)).date()
    end = start + datetime.timedelta(days=150)
    freeze = [f"{end + datetime.timedelta(days=days)}T{hour}:00+07:00"
              for days, hour in ((1, "00:30"), (3, "17:00"))]
    dates = (f"start: {start}\n  end: {end}\n"
             f"  freeze: {{provisional: {freeze[0]}, final: {freeze[1]}}}")
    return text.replace("start: 2024-06-07", dates)


def operator_section(second_relay):
    """Somebody who is told by a webhook (a secret) and by a relay of its own at this port."""
    return f"""
operator:
  webhook_url_file: secrets/operator-webhook
  smtp:
    smarthost: 127.0.0.1:{second_relay}
    from: thidua@example.vn
    require_tls: false
    recipients:
      - {{id: quan-tri, name: Quản trị, address: quan-tri@example.vn}}
"""


def week_of_last_slot(moment):
    """The week that the digest of the latest Monday, 07:30, reports on."""
    monday = moment.date() - datetime.timedelta(days=moment.weekday())
    if moment.weekday() == 0 and moment.time() < datetime.time(7, 30):
        monday -= datetime.timedelta(days=7)
    year, week, _ = (monday - datetime.timedelta(days=1)).isocalendar()
    return f"{year}-W{week:02}"


class Webhook:
    """A server that keeps what it is told."""

    def __init__(self, world, name):
        self.log = world.folder / f"{name}.requests"
        self.answer = world.folder / f"{name}.answer"
        self.port = world.start_server(name, [
            harness.PYTHON, harness.ROOT / "tests/support/webhook_peer.py", "--log", self.log,
            "--answer-file", self.answer])
        self.url = f"http://127.0.0.1:{self.port}/{name}/s3cret"

    def requests(self):
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def bodies(self):
        return [json.loads(request["body"]) for request in self.requests()]
