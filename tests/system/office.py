# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""What the coordinator types, for tests about awards and their papers."""

import json
import re

import harness

LATER = "2024-10-22T08:00:00+07:00"
UNIT = "H37.10.05"
AWARD = "giay-khen"


class Office:
    """What the coordinator types."""

    def __init__(self, world):
        self.world = world

    def ask(self, schema, *arguments, code=0, now=LATER):
        when = ["--now", now] if now else []
        done = self.world.thidua(*arguments, "--json", *when, check=False)
        assert done.returncode == code, (arguments, done.returncode, done.stdout, done.stderr)
        said = json.loads(done.stdout)
        harness.check_schema(said, f"{schema}.schema.json")
        return said

    def refused(self, *arguments, code=64):
        done = self.world.thidua(*arguments, "--now", LATER, check=False)
        assert done.returncode == code, (arguments, done.returncode, done.stdout, done.stderr)
        return done.stderr

    def explain(self, *options, unit=UNIT, award=AWARD, now=LATER):
        return self.ask("rules-explain", "rules", "explain", unit, award, *options, now=now)

    def decide(self, question, outcome, unit=UNIT, now=LATER):
        return self.ask("rules-decide", "rules", "decide", unit, question, outcome, "--by", "Bà An",
                        "--document", "12/BB-HĐ", now=now)


def never_eligible(text):
    """Nobody reads "đủ điều kiện" without what it is about or what is lacking. Content 2 has these two
    words in its own text."""
    text = text.replace("TTHC đủ điều kiện thực hiện dịch vụ công", "")
    for found in re.finditer("đủ điều kiện", text):
        before, after = text[:found.start()], text[found.end():]
        assert before.endswith("không ") or after.startswith(" về số liệu; chờ thẩm định"), text
