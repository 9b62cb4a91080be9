# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""A daemon that has pulled and published, with its pages: what the tests of the pages begin with."""

import http.client
import json
import signal

import harness

NOW_OF_SANDBOX = "2025-01-06T05:00:00+07:00"
PLANTED = "<script>document.title='planted'</script>"
WEEKS = ("2024-W49", "2024-W50", "2024-W51", "2024-W52")
ORGANISATION = "so-tnmt-langson.yaml"


def printed(figure, english=False):
    """(value, counts) of a figure of the JSON, by integers alone."""
    part, whole = figure["numerator"], figure["denominator"]
    comma, dot = (".", ",") if english else (",", ".")
    counts = "/".join(f"{count:,}".replace(",", dot) for count in (part, whole))
    if whole == 0:
        return ("no activity" if english else "không phát sinh"), counts
    tenths = (part * 2000 + whole) // (2 * whole)
    exact = harness.TARGETS.get(figure["id"])
    if exact:
        share, all_of_it = exact
        passes = part * all_of_it > share * whole
        if (tenths * all_of_it > share * 1000) != passes:  # never rounded across its target
            tenths = part * 1000 // whole + (1 if passes else 0)
    return f"{tenths // 10}{comma}{tenths % 10}" + ("%" if english else " %"), counts


class WebOffice:
    """Ended and removed on leaving. `web`: further keys of the section."""

    def __init__(self, options, *, dossiers=2500, web="", weeks=WEEKS, edit=None):
        self.world = harness.World(options, now=NOW_OF_SANDBOX, dossiers=dossiers)
        self.port = harness.free_port()
        self.plant_html()

        def with_pages(text):
            text = text.replace(f"{harness.ROOT}/config/organisations", "organisations")
            text = text.replace(
                "listen: off", f"listen: 127.0.0.1:{self.port}{web}")
            return edit(text) if edit else text

        self.world.config = self.world.write_config(edit=with_pages)
        self.weeks = weeks
        self.daemon = None

    def plant_html(self):
        """One unit is called by a script."""
        folder = self.world.folder / "organisations"
        folder.mkdir()
        text = (harness.ROOT / "config/organisations" / ORGANISATION).read_text()
        planted = text.replace("Trung tâm Công nghệ thông tin", PLANTED + " Trung tâm")
        harness.expect(planted != text, "no name to plant HTML into")
        (folder / ORGANISATION).write_text(planted)

    def __enter__(self):
        if self.weeks:
            self.world.thidua("pull", "--quiet")
            for week in self.weeks:
                self.world.thidua("report", "send", "--week", week)
        self.start()
        return self

    def start(self):
        self.log = open(self.world.folder / "daemon.log", "ab")
        self.daemon = self.world.start_thidua("run", log=self.log)
        harness.wait_for("the first cycle and its pulls", self.is_settled)

    def is_settled(self):
        harness.expect(self.daemon.poll() is None, "the daemon ended: " + self.log_text())
        try:
            status = json.loads(self.get("/status")[2])
        except OSError:
            return False
        # Each pull has ended: nothing more changes until the next occurrence.
        return (status["ready"] and not status["busy"]
                and self.log_text().count(": complete") >= 3)

    def __exit__(self, *_):
        self.daemon.send_signal(signal.SIGTERM)
        code = self.daemon.wait(timeout=60)
        self.log.close()
        text = self.log_text()
        self.world.__exit__()
        harness.expect(code == 0, f"it stopped with {code}: {text}")

    def log_text(self):
        return (self.world.folder / "daemon.log").read_text()

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def get(self, path, *, method="GET", headers=None, port=None):
        """Status, headers in small letters, body."""
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=30)
        try:
            connection.request(method, path, headers=headers or {})
            answer = connection.getresponse()
            names = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, names, answer.read()
        finally:
            connection.close()

    def page(self, path, language="vi"):
        status, headers, body = self.get(path, headers={"Accept-Language": language})
        harness.expect(status == 200, f"{path}: {status} {body[:200]}")
        return headers, body.decode()
