# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""What the documentation shows of the program, and what the program says of itself: commands in
fenced blocks and code spans of Markdown pages, and the tree of commands and options by --help."""

import concurrent.futures
import itertools
import re
import shlex
import subprocess

import harness

# It takes a third of the time of such short commands, and the other system tests have it.
WITHOUT_LEAK_CHECK = {**harness.environment(), "ASAN_OPTIONS": "detect_leaks=0"}
PAGES = ["README.md", "config/README.md", "systemd/README.md", "docs/*.md", "docs/huong-dan/*.md",
         "docs/schema/*.md"]
FENCE = re.compile(r"^( *)```([a-z]*)\n(.*?)^\1```$", re.M | re.S)
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
# A span that quotes a message of the program, which happens to begin with the program's name.
QUOTED_MESSAGE = re.compile(r"thidua [a-z]+, process \d+|thidua: ")
BEGINNING = re.compile(r"(?:\$ )?(?:sudo -u thidua )?(?:build/release/)?(thidua(?:-absence)? \S.*)")


def pages():
    return sorted(path for pattern in PAGES for path in harness.ROOT.glob(pattern))


def blocks(text):
    """(kind, body) of each fenced block."""
    return [(found[2], found[3]) for found in FENCE.finditer(text)]


def spans(text):
    return SPAN.findall(FENCE.sub("", text))


def command_lines(text):
    """Every line of a block and every span that shows a command, without remarks; each with whether
    it is an example, below which its answer stands."""
    lines = [(line.strip(), kind == "console") for kind, body in blocks(text)
             for line in body.replace("\\\n", " ").splitlines()]
    for line, is_example in [*lines, *((span, False) for span in spans(text))]:
        found = BEGINNING.fullmatch(line)
        if found and not QUOTED_MESSAGE.match(line):
            yield re.sub(r"\s+# .*", "", found[1]), is_example


def alternatives(line):
    """`report list|show [--json]` shows two commands; each as words, once with and once without
    what stands in brackets."""
    texts = {line.replace("[", " ").replace("]", " "), re.sub(r"\[[^\]]*\]", " ", line)}
    for text in texts:
        words = [word.removesuffix("...") or "..." for word in shlex.split(text)]
        yield from map(list, itertools.product(*(
            word.split("|") if re.fullmatch(r"[a-z-]+(\|[a-z-]+)+", word) else [word]
            for word in words)))


def name_and_words(line):
    """A line of --help: what describes a name begins in column 30, or below a long one."""
    name, words = (line[:30], line[30:]) if line[29:30] in (" ", "") else line.split("\0", 1)
    return name.strip(), words.replace("\0", " ").strip()


class Command:
    """One command by its own --help."""

    def __init__(self, path, text):
        self.path = path
        self.about = text.split("Usage:")[0].strip()
        self.parts = {}  # "Positionals", "Options", "Subcommands": [(name, description)]
        for part in re.findall(r"^(\w+):\n((?: +.*\n)+)", text + "\n", re.M):
            self.parts[part[0]] = [
                name_and_words(line) for line in re.sub(r"\n {30}", "\0", part[1]).splitlines()]
        self.subcommands = [name for name, _ in self.parts.get("Subcommands", [])]

    def options(self):
        return {word for name, _ in self.parts.get("Options", [])
                for word in re.findall(r"--[a-z-]+", name.split(" ")[0])}


def ask_for_help(program, path):
    done = subprocess.run([str(program), *path, "--help"], capture_output=True, text=True,
                          env=WITHOUT_LEAK_CHECK, check=True)
    return Command(path, done.stdout)


def tree_of_commands(program):
    """{path: Command}, from the program itself at () down to every command, in its own order."""
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        tree = {(): ask_for_help(program, ())}
        level = [()]
        while level:
            below = [(*path, name) for path in level for name in tree[path].subcommands]
            asked = list(pool.map(lambda path: ask_for_help(program, path), below))
            tree.update(zip(below, asked))
            level = below
    return tree


def path_of(words, tree):
    """The longest path of commands that the words begin with."""
    path = ()
    while len(path) < len(words) and words[len(path)] in tree[path].subcommands:
        path += (words[len(path)],)
    return path


def mistakes(words, tree):
    """What such a command names that the program does not know."""
    path = path_of(words, tree)
    rest = words[len(path):]
    if tree[path].subcommands and rest and not rest[0].startswith("-"):
        return [f"there is no command {rest[0]}"]
    known = tree[path].options() | tree[()].options()
    return [f"{' '.join(path)} has no option {word}" for word in rest
            if word.startswith("--") and word.split("=")[0] not in known]


def page_of_commands(tree):
    """docs/commands.md, as the program's own words make it."""
    lines = ["# Commands", "",
             "Made from `thidua --help` and the help of each command; `UPDATE_GOLDEN=1` with "
             "`tests/system/docs_test.py` renews it. Every command also takes the options of "
             "`thidua` itself. What an exit code means is told in [operations.md](operations.md)."]
    for path, command in tree.items():
        lines += ["", f"{'##' if len(path) < 2 else '###'} {' '.join(['thidua', *path])}", ""]
        lines += [command.about]
        for part in ("Positionals", "Options", "Subcommands"):
            rows = [(name, words) for name, words in command.parts.get(part, [])
                    if name != "-h,--help"]
            if rows:
                lines += ["", f"{part}:", ""]
                lines += [f"- `{name}`" + (f": {words}" if words else "") for name, words in rows]
    return "\n".join(lines) + "\n"
