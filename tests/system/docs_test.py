# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""README and docs say what the program does: every command and option that they show is one of the
program's, what can be run is run, the guides' examples print what the guides say, every command of
the program is shown somewhere, and every schema is described. UPDATE_GOLDEN=1 puts into
docs/commands.md and into the guides what the program says now."""

import concurrent.futures
import difflib
import itertools
import os
import re
import shlex
import shutil
import sys
import unicodedata

import documented
import guide_world
import harness
import shown_commands

DOCS = harness.ROOT / "docs"
GUIDES = DOCS / "huong-dan"  # its examples are run by themselves
SCHEMAS = DOCS / "schema"  # system.json runs what is there
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))
# Of programs other than ours that the pages name.
OTHERS_OPTIONS = {"--fast", "--keep", "--peers"}


def fail(mistakes):
    if mistakes:
        sys.exit("\n".join(mistakes))


def check_names(tree, of_alarm):
    """Every command and option that is shown anywhere. The commands that are no examples, as words,
    with their page."""
    wrong, shown = [], []
    everywhere = {option for command in tree.values() for option in command.options()}
    for page in documented.pages():
        text = page.read_text()
        name = page.relative_to(harness.ROOT)
        for line, is_example in documented.command_lines(text):
            for words in documented.alternatives(line):
                if words[1:] == ["..."]:
                    continue
                is_alarm = words[0] == "thidua-absence"
                wrong += [f"{name}: {line}: {each}" for each in
                          documented.mistakes(words[1:], of_alarm if is_alarm else tree)]
                shown += [] if is_alarm or is_example else [(page, words[1:])]
        wrong += [f"{name}: `{span}`: no command has it" for span in documented.spans(text)
                  if re.fullmatch(r"--[a-z-]+", span) and span not in everywhere
                  and span not in OTHERS_OPTIONS]
        wrong += [f"{name}: there is no {script}" for script in
                  re.findall(r"(?<![\w/])scripts/[a-z_.-]+\w", text)
                  if not (harness.ROOT / script).exists()]
    fail(wrong)
    return shown


def check_page_of_commands(tree):
    page, wanted = DOCS / "commands.md", documented.page_of_commands(tree)
    if UPDATE:
        page.write_text(wanted)
    if page.read_text() != wanted:
        sys.exit("docs/commands.md is not what --help says; UPDATE_GOLDEN=1 renews it")


def check_notices():
    """Each notice that there is has its row."""
    daemon = harness.ROOT / "daemon"
    text = "".join(path.read_text() for pattern in ("*notices.cpp", "absence*.cpp")
                   for path in daemon.glob(pattern))
    keys = {*re.findall(r'_(?:key|prefix) = "([^"]+)"', text),
            *re.findall(r'notice\.key = (?:fmt::format\()?"([^"{]+)', text)}
    rows = re.findall(r"^\| `([a-z:-]+)", (DOCS / "operations.md").read_text(), re.M)
    fail([f"docs/operations.md: no row for the notice {key}" for key in sorted(keys)
          if not any(row.startswith(key) for row in rows)])


def check_texts():
    """Vietnamese is written in one way, whatever keyboard it came from."""
    fail([f"{page.relative_to(harness.ROOT)}: not in NFC" for page in documented.pages()
          if not unicodedata.is_normalized("NFC", page.read_text())])


def check_named_tests():
    """A test that a page names as its proof is there."""
    tests = harness.ROOT / "tests"
    lists = "".join(path.read_text() for path in tests.rglob("CMakeLists.txt"))
    wrong = []
    for page in documented.pages():
        for span in documented.spans(page.read_text()):
            if found := re.fullmatch(r"system\.(\w+)", span):
                is_there = re.search(rf"(system_test\(|system\.){found[1]}\b", lists)
            elif found := re.fullmatch(r"([a-z]+)\.([A-Z]\w+)(?:\.(\w+)\*?)?", span):
                room, suite, name = found.groups()
                is_there = any(
                    re.search(rf"^TEST\w*\({suite},\s*{name or ''}", path.read_text(), re.M)
                    for path in (tests / room).rglob("*.cpp"))
            else:
                continue
            wrong += [] if is_there else [
                f"{page.relative_to(harness.ROOT)}: there is no test {span}"]
    fail(wrong)


def check_schemas():
    page = (DOCS / "schema/README.md").read_text()
    named = set(re.findall(r"\[([a-z-]+)\]\(\1\.schema\.json\)", page))
    there = {path.name.removesuffix(".schema.json") for path in DOCS.glob("schema/*.schema.json")}
    fail([f"docs/schema/README.md: {name}: {'no such file' if name in named else 'not named'}"
          for name in sorted(named ^ there)])


# The guides' examples

EXAMPLE = re.compile(r"(```console\n)(.*?)(```\n)", re.S)
CLOCK = re.compile(r"<!-- docs_test: (\S+) -->")
ELISION = "[…]"
STATE = "/var/lib/thidua"
DIFFERENCE = 30  # lines


def alike(text):
    """Without what is another one in each run: ids of figures, hashes of a configuration that names
    the port, and numbers of pulls that run side by side."""
    text = re.sub(r"\b(slice|pull) +\d+", r"\1 …", text)
    text = re.sub(r"\bF[0-9A-Z]{8}\b", "F········", text)
    text = re.sub(r"\b[0-9a-f]{4}( [0-9a-f]{4}){15}\b", "…", text)
    return re.sub(r"\b[0-9a-f]{12}([0-9a-f]{52})?\b", "…", text)


def is_as_shown(said, shown):
    """`shown` may leave out lines, where `[…]` stands."""
    rest = alike(said)
    for at, part in enumerate(alike(shown).split(ELISION + "\n")):
        found = rest.find(part)
        if found < 0 or (at == 0 and found > 0):
            return False
        rest = rest[found + len(part):]
    return rest == "" or shown.endswith(ELISION + "\n")


class Guide:
    """One page: its examples one after another, on a store of its own."""

    def __init__(self, world, tree, page):
        self.world, self.tree, self.page = world, tree, page
        self.text = page.read_text()
        self.now = CLOCK.search(self.text)[1]
        which = guide_world.which_at(self.now)
        world.put_back(which)
        self.folder = world.folder / f"{page.stem}-files"
        shutil.copytree(guide_world.editions(world, which), self.folder / "editions")
        self.figure = shown_commands.figure_at(world, world.config, self.now)
        self.wrong, self.paths, self.count = [], set(), 0

    def run(self):
        text = EXAMPLE.sub(self.example, self.text)
        if UPDATE:
            self.page.write_text(text)
        return self.wrong

    def example(self, found):
        parts = re.split(r"^\$ (.*)\n", found[2], flags=re.M)[1:]
        return found[1] + "".join(
            f"$ {line}\n{self.output(line, shown)}"
            for line, shown in zip(parts[::2], parts[1::2])) + found[3]

    def output(self, line, shown):
        words = [self.figure if re.fullmatch(r"F[0-9A-Z]{8}", word) else word
                 for word in shlex.split(line)]
        done = shown_commands.ask(self.world, words[1:], self.world.config, self.folder, self.now,
                                  self.tree)
        said = (done.stdout or done.stderr).replace(f"{self.world.folder}/state", STATE)
        self.paths.add(documented.path_of(words[1:], self.tree))
        self.count += 1
        if done.returncode not in (0, 1):
            self.wrong.append(f"{self.page.name}: {line}: {done.returncode}: {said}")
        elif not is_as_shown(said, shown):
            if UPDATE:
                return said
            apart = difflib.unified_diff(alike(shown).splitlines(), alike(said).splitlines(),
                                         "the page", "what it says now", lineterm="")
            self.wrong += [f"{self.page.name}: {line}", *itertools.islice(apart, DIFFERENCE)]
        return shown


def check_guides(world, tree):
    """The commands that were run, and what the pages tell otherwise."""
    wrong, paths = [], set()
    for page in documented.pages():
        if CLOCK.search(page.read_text()):
            guide = Guide(world, tree, page)
            wrong += guide.run()
            paths |= guide.paths
            print(f"{page.name}: {guide.count} examples were run")
    return paths, wrong


def check_links():
    """What a page links to within the repository is there, heading and all."""
    wrong = []
    for page in documented.pages():
        text = documented.FENCE.sub("", page.read_text())
        for target in re.findall(r'(?:\]\(|src=")([^)"\s:]+)[)"]', text):
            path, _, heading = target.partition("#")
            other = (page.parent / path).resolve() if path else page
            if not other.exists():
                wrong.append(f"{page.relative_to(harness.ROOT)}: {target} is not there")
            elif heading and heading not in headings(other.read_text()):
                wrong.append(f"{page.relative_to(harness.ROOT)}: {target}: no such heading")
    fail(wrong)


def check_pictures():
    """Every picture is shown by a page; scripts/guide-pictures keeps them small."""
    shown = "".join(page.read_text() for page in documented.pages())
    fail([f"{path.relative_to(harness.ROOT)}: no page shows it"
          for path in (GUIDES / "hinh").iterdir() if f"hinh/{path.name}" not in shown])


def headings(text):
    titles = re.findall(r"^#+ (.*)$", documented.FENCE.sub("", text), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test(options):
    tree = documented.tree_of_commands(options.thidua)
    check_page_of_commands(tree)
    alarm = documented.tree_of_commands(options.thidua.with_name("thidua-absence"))
    shown = check_names(tree, alarm)
    check_notices()
    check_named_tests()
    check_schemas()
    check_links()
    check_pictures()
    check_texts()
    to_run = [each for each in shown if each[0].parent not in (GUIDES, SCHEMAS)]
    with guide_world.GuideWorld(options) as world, \
            concurrent.futures.ThreadPoolExecutor() as pool:
        parts = [pool.submit(shown_commands.run_all, world, tree, to_run),
                 pool.submit(check_guides, world, tree)]
        (run, wrong), (examples, changed) = (part.result() for part in parts)
    fail(wrong + changed)
    fail([f"no page shows `thidua {' '.join(path)}` so that it can be run"
          for path, command in tree.items()
          if not command.subcommands and path not in run | examples
          and path not in shown_commands.NOT_RUN])


harness.main(test)
