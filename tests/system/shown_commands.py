# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Runs the commands that README and docs show: with words such as SOURCE and FILE filled in, on
stores of their own in which nothing matters."""

import json
import re
import shlex
import shutil
import subprocess

import documented
import guide_world
import harness

UNIT = "H37.10.02"

# Shown, but not to be run here.
NOT_RUN = {
    ("run",): "the service: system.daemon",
    ("init",): "writes into /etc/thidua: system.config",
    ("simulate",): "makes the stores that everything here is run on",
}
# Only once the campaign is over.
AT_THE_END = ("freeze", "final/")
# What stands for something else; the meaning that a word has with one command comes first.
WORDS = {
    "SOURCE": "tthc", "D": "2024-12-20", "U": UNIT, "UNIT": UNIT, "I": "payments-online",
    "INDICATOR": "payments-online", "EDITION": "weekly/2024-W49/all/1", "NAME": "An", "N": "An",
    "R": "R", "T": "T", "W": "W", "C": "H37.10.05", "A": "giay-khen", "CANDIDATE": "H37.10.05",
    "AWARD": "giay-khen", "PART": "to-trinh", "WHY": "R", "NO": "120", "JOB": "digest:weekly",
    "ID": "1", "CODE": "X.99", "ADDRESS": "thu@example.vn", "...": "R", "2024-W42": "2024-W50",
    "FOLDER": "state/editions", "DIR": "state/editions", "FILE.xlsx": "so.xlsx",
}
WORDS_OF = {
    ("backfill", "D"): "2024-12-02", ("alerts", "D"): "2024-12-02", ("urge", "D"): "2024-12-16",
    ("units", "D"): "2024-12-02",
    ("import", "FILE"): "units.csv", ("import", "don-vi.xlsx"): "units.csv",
    ("import", "thu-tuc.xlsx"): "procedures.csv", ("import", "can-bo.xlsx"): "officers.csv",
    ("import", "/etc/thidua/don-vi.yaml"): "don-vi.yaml",
    ("evidence", "FILE.xlsx"): "evidence.csv", ("evidence", "F"): "units.csv",
    ("procedures", "FILE.xlsx"): "proposals.csv", ("procedures", "CODE"): "1.012973",
    ("restore", "FILE"): "before.db", ("delivery", "ID"): "giam-doc",
    ("report render", "DIR"): "papers", ("report render", "FOLDER"): "papers",
    ("nominations", "DIR"): "papers", ("nominations", "FOLDER"): "papers",
    ("test", "FOLDER"): str(harness.ROOT / "tests/data/sources/igate-dossiers"),
}
# Refused by how things stand here, as it should be.
REFUSED = {
    ("check",): 2,  # no daemon runs
    ("reload",): 69,
    ("web", "password"): 64,  # nobody types one
    ("backup",): 74,  # FILE is there, from the page before
    ("delivery", "confirm"): 64,  # nothing is in doubt
    ("delivery", "resend"): 64,  # nothing is missing
    ("freeze", "start"): 64,  # it has been published
    ("quarantine", "drop"): 64,  # nothing is refused
    ("quarantine", "show"): 64,
    ("restore", "--accept-loss"): 64,  # nothing is lost
    ("units", "map"): 64,  # the page before has mapped it
}
LEVELS = {"full": "toàn trình", "partial": "một phần", "information": "cung cấp thông tin"}


def ask(world, words, config, folder, now, tree):
    """One command at a virtual time, from within a folder."""
    path = documented.path_of(words, tree)
    if "--now" in tree[path].options() and "--now" not in words:
        words = [*words, "--now", now]
    return subprocess.run(
        [str(world.programs.thidua), *map(str, words), "--config", str(config)],
        cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
        env=documented.WITHOUT_LEAK_CHECK)


def figure_at(world, config, now):
    """The id of a figure that is there at this time."""
    done = world.thidua("standings", "--unit", "H37.10.05", "--json", "--now", now, config=config)
    return json.loads(done.stdout)["units"][0]["indicators"][2]["figure"]


class Runs:
    """A store, files beside it, and each command once."""

    def __init__(self, world, tree, which, now):
        self.world, self.tree, self.now = world, tree, now
        self.folder = world.folder / f"shown-{which}-files"
        shutil.copytree(harness.ROOT / "config", self.folder / "config",
                        ignore=shutil.ignore_patterns("*.?pp"))
        self.config = world.copy_of(which, f"shown-{which}", self.own_files)
        (self.folder / "state").symlink_to(world.folder / f"shown-{which}")
        self.write_tables()
        self.ask(["backup", "before.db"])
        self.figure = figure_at(world, self.config, now)
        self.codes = {}  # by command

    def own_files(self, text):
        """With catalogues that may be written to."""
        return text.replace(f"{harness.ROOT}/config/", f"{self.folder}/config/").replace(
            "\ncalendar:", f"\nofficers: {self.folder}/officers.yaml\ncalendar:")

    def ask(self, words):
        return ask(self.world, words, self.config, self.folder, self.now, self.tree)

    def write_tables(self):
        """What people keep in workbooks, as CSV: catalogues as they are, evidence, proposals."""
        (self.folder / "officers.yaml").write_text(
            "version: 1\nofficers:\n"
            "  - {id: CB-017, name: Nguyễn Văn Mẫu, unit: H37.10.05, from: 2024-01-01}\n")
        units = json.loads(self.ask(["units", "list", "--json"]).stdout)
        self.write_table("units", "Mã đơn vị;Tên đơn vị;Mã đơn vị cấp trên", [
            [each["code"], each["name"], each["parent"] or ""] for each in units])
        procedures = json.loads(self.ask(["procedures", "list", "--json"]).stdout)["procedures"]
        self.write_table("procedures", "Mã TTHC;Tên TTHC;Mã đơn vị;Mức độ;Có phí, lệ phí", [
            [each["code"], each["name"], f'"{";".join(each["units"])}"', LEVELS[each["level"]],
             "Có" if each["fee_bearing"] else "Không"] for each in procedures])
        self.write_table("officers", "Mã cán bộ;Họ và tên;Mã đơn vị",
                         [["CB-018", "Trần Thị Mẫu", "H37.10.05"]])
        self.write_table("evidence", "Mã đơn vị hoặc cán bộ;Nội dung;Tên minh chứng;Việc đã làm",
                         [[UNIT, "Nội dung 3", "Hội nghị", "Tuyên truyền"]])
        self.write_table("proposals", "Mã TTHC;Mã đơn vị;Đề nghị",
                         [["1.012973", UNIT, "toàn trình"]])

    def write_table(self, name, head, rows):
        lines = [head, *(";".join(row) for row in rows)]
        (self.folder / f"{name}.csv").write_text("\n".join(lines) + "\n")

    def value(self, path, word):
        if re.fullmatch(r"F[0-9A-Z]{8}", word) or (path == ("explain",) and word == "ID"):
            return self.figure
        for key in (" ".join(path), path[0]):
            if (key, word) in WORDS_OF:
                return WORDS_OF[key, word]
        return WORDS.get(word, word)

    def run(self, words):
        """Runs it if it was not run before; what went wrong, or nothing."""
        words = words[:words.index(">")] if ">" in words else words
        path = documented.path_of(words, self.tree)
        rest = [self.value(path, word) for word in words[len(path):]]
        command = (*path, *rest)
        if command in self.codes:
            return ""
        shutil.rmtree(self.folder / "papers", ignore_errors=True)  # of other figures than now
        done = self.ask(command)
        is_named_only = done.returncode == 64 and rest in ([], ["--json"])
        if not is_named_only:
            self.codes[command] = done.returncode
        if is_named_only or done.returncode in (0, 1, REFUSED.get(command[:max(1, len(path))]),
                                                REFUSED.get(command[:2])):
            return ""
        return (f"thidua {shlex.join(command)}: {done.returncode}: {done.stdout[-300:]}"
                f"{done.stderr[-600:]}")

    def paths(self):
        return {documented.path_of(command, self.tree) for command in self.codes}


def run_all(world, tree, shown):
    """Runs what pages show, as (page, words); the commands that were run, and what went wrong."""
    world.set_clock(guide_world.WEEK)
    week = Runs(world, tree, "week", guide_world.WEEK)
    end = Runs(world, tree, "end", guide_world.END)
    wrong = []
    for page, words in shown:
        path = documented.path_of(words, tree)
        if path in NOT_RUN or tree[path].subcommands:
            continue
        is_late = any(word.startswith(AT_THE_END) for word in words)
        if mistake := (end if is_late else week).run(words):
            wrong.append(f"{page.relative_to(harness.ROOT)}: {mistake}")
    print(f"{len(week.codes) + len(end.codes)} commands of README and docs were run")
    return week.paths() | end.paths(), wrong
