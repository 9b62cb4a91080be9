#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Writes the manual pages, from what is said elsewhere already, so that they cannot drift.

    man.py thidua      PROGRAM OPERATIONS.md     thidua(1), from the program's own tree of commands
    man.py absence     PROGRAM OPERATIONS.md     thidua-absence(1), from its --help
    man.py yaml        README.md EXAMPLE.yaml    thidua.yaml(5), from the room's page and the example

Prints the page on standard output. Dates come from SOURCE_DATE_EPOCH."""
import datetime
import json
import os
import re
import subprocess
import sys

FILES = [
    ("/etc/thidua/thidua.yaml", "the configuration, with drop-ins in thidua.d/ beside it: thidua.yaml(5)"),
    ("/var/lib/thidua/", "database, ledger and filed editions, readable by the service alone"),
    ("/usr/share/thidua/", "presets of known systems, the example campaign, rules for monitoring"),
    ("/usr/share/doc/thidua/operations.md", "every notice and error: its cause, and what to do"),
]


def escape(text):
    """Text as roff takes it: nothing in it is an instruction."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    text = text.replace("^", "\\(ha").replace("~", "\\(ti")
    return "\\&" + text if text.startswith(".") else text


def inline(markdown):
    """One paragraph's `code`, **bold** and [links](x) in roff."""
    markdown = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", markdown)
    made = []
    for part in re.split(r"(`[^`]+`|\*\*[^*]+\*\*|\*[^* ]+\*)", markdown):
        if part.startswith("`"):
            made.append(f"\\fB{escape(part[1:-1])}\\fR")
        elif part.startswith("*"):
            made.append(f"\\fI{escape(part.strip('*'))}\\fR")
        else:
            made.append(escape(part))
    line = "".join(made)
    return "\\&" + line if line.startswith((".", "'")) else line


def head(name, section, about):
    now = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    day = datetime.datetime.fromtimestamp(now, datetime.timezone.utc).date()
    title = escape(name).upper()
    return [f'.TH "{title}" "{section}" "{day}" "thidua" "thidua"', ".SH NAME", f"{escape(name)} \\- {escape(about)}"]


def verbatim(lines):
    return [".PP", ".in +4n", ".nf", *[escape(line) or "\\&" for line in lines], ".fi", ".in"]


def cells(row):
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))]


def table(rows):
    """Each row as a term and what is said of it."""
    titles = cells(rows[0])
    made = []
    for row in rows[2:]:
        first, *others = cells(row)
        made += [".TP", inline(first)]
        if len(others) == 1:
            made.append(inline(others[0]))
        else:
            said = [f"{others[0]}."] + [f"{sentence(title)[:-1]}: {text.rstrip('.')}." for title, text in zip(titles[2:], others[1:]) if text]
            made.append(inline(" ".join(said)))
    return made


def from_markdown(text, level=2):
    """The little of Markdown that our pages use."""
    made, lines, at = [], text.splitlines(), 0

    def gather(is_part):
        nonlocal at
        found = []
        while at < len(lines) and is_part(lines[at]):
            found.append(lines[at])
            at += 1
        return found

    while at < len(lines):
        line = lines[at]
        if line.startswith("```"):
            at += 1
            made += verbatim(gather(lambda one: not one.startswith("```")))
            at += 1
        elif line.startswith("#"):
            depth = len(line) - len(line.lstrip("#"))
            made.append((".SH " if depth <= level else ".SS ") + f'"{escape(line.lstrip("# "))}"')
            at += 1
        elif line.startswith("|"):
            made += table(gather(lambda one: one.startswith("|")))
        elif re.match(r"(- |\d+\. )", line):
            at += 1
            more = gather(lambda one: one.startswith("  ") and one.strip())
            mark, _, first = line.partition(" ")
            bullet = "\\(bu" if mark == "-" else mark
            made += [f".IP {bullet} 4", inline(" ".join([first, *(one.strip() for one in more)]))]
        elif line.strip():
            part = gather(lambda one: one.strip() and not one.startswith(("|", "```", "#", "- ")))
            made += [".PP", inline(" ".join(part))]
        else:
            at += 1
    return made


def section_of(path, title):
    """The body of "## title" of a page."""
    text = open(path, encoding="utf-8").read()
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    if not found:
        sys.exit(f"{path}: has no section {title!r}")
    return found.group(1)


def option_term(option):
    word = option["word"] or next(n for n in option["names"] if n.startswith("--")).strip("-").upper()
    names = ", ".join(f"\\fB{escape(name)}\\fR" for name in option["names"])
    value = f"\\fI{escape(word)}\\fR" + ("..." if option["list"] else "")
    return f"{names} {value}" if names and option["takes_value"] else names or value


def option_lines(option):
    said = option["help"]
    if option["choices"] and not all(choice in said for choice in option["choices"]):
        said += ": " + ", ".join(option["choices"])
    if option["default"] and option["takes_value"]:
        said += f" (default {option['default']})"
    return [".TP", option_term(option), escape(said)]


def synopsis_of(command):
    words = []
    for word in command["words"]:
        text = f"\\fI{escape(word['word'])}\\fR" + ("..." if word["list"] else "")
        words.append(text if word["required"] else f"[{text}]")
    for option in command["options"]:
        if option["required"]:
            words.append(option_term(option))
    return " ".join(words)


def is_help(option):
    return "--help" in option["names"]


def command_lines(command, path):
    if command["commands"]:
        made = [f'.SS "{escape(path)}"', escape(sentence(command["help"]))]
        for below in command["commands"]:
            made += command_lines(below, f"{path} {below['name']}")
        return made
    made = [f'.SS "{escape(path)}"', f"\\fBthidua {escape(path)}\\fR {synopsis_of(command)}".rstrip()]
    made += [".PP", escape(sentence(command["help"]))]
    for word in command["words"]:
        made += option_lines(word)
    for option in command["options"]:
        if not is_help(option):
            made += option_lines(option)
    return made


def sentence(text):
    return text[:1].upper() + text[1:].rstrip(".") + "."


def files_and_more(names):
    made = [".SH FILES"]
    for path, what in FILES:
        made += [".TP", f"\\fI{escape(path)}\\fR", escape(what)]
    return made + [".SH SEE ALSO", ", ".join(f"\\fB{escape(n)}\\fR({s})" for n, s in names)]


def thidua_page(program, operations):
    tree = json.loads(subprocess.run([program, "completion", "tree"], check=True, capture_output=True).stdout)
    made = head("thidua", 1, "statistics and reports of an emulation campaign")
    made += [".SH SYNOPSIS", "\\fBthidua\\fR [\\fIoptions\\fR] \\fIcommand\\fR [\\fIoptions\\fR]"]
    made += [".SH DESCRIPTION", escape(sentence(tree["help"]))]
    made += [".PP", "What writes is done by the service where it runs; what reads works beside it."]
    made += [".SH OPTIONS", "Taken by every command, before it or after it:"]
    for option in tree["options"]:
        made += option_lines(option)
    made.append(".SH COMMANDS")
    for command in tree["commands"]:
        made += command_lines(command, command["name"])
    made += ['.SH "EXIT STATUS"'] + from_markdown(section_of(operations, "Exit codes"))
    made += [".SH ENVIRONMENT", ".TP", "\\fBCREDENTIALS_DIRECTORY\\fR"]
    made.append(escape("where systemd puts the credentials that the configuration calls credential:NAME"))
    made += [".TP", "\\fBTZ\\fR, \\fBLC_ALL\\fR", "have no influence on any figure or text"]
    made += [".SH SIGNALS", ".TP", "\\fBSIGTERM\\fR, \\fBSIGINT\\fR"]
    made.append(escape("end the service after the step in hand; a second one ends it at once, and nothing is lost"))
    made += [".TP", "\\fBSIGHUP\\fR"]
    made.append(escape("lets the service read its configuration again, as 'thidua reload' does"))
    return made + files_and_more([("thidua-absence", 1), ("thidua.yaml", 5), ("systemctl", 1)])


def absence_page(program, operations):
    said = subprocess.run([program, "--help"], check=True, capture_output=True, text=True).stdout
    made = head("thidua-absence", 1, "says so when a weekly digest is missing")
    made += [".SH SYNOPSIS", "\\fBthidua\\-absence\\fR [\\fIoptions\\fR]"]
    made += [".SH DESCRIPTION", escape(said.splitlines()[0])]
    being_told = section_of(operations, "Being told")
    alarm = next(part for part in being_told.split("\n\n") if part.startswith("**The alarm of absence.**"))
    made += from_markdown(alarm.replace("**The alarm of absence.** ", ""))
    made.append(".SH OPTIONS")
    for names, value, text in re.findall(r"^  (-[-a-zA-Z,]+)( TEXT\S*)?(?:=\S+)?\s+(.*)$", said, re.M):
        bold = ", ".join(f"\\fB{escape(name)}\\fR" for name in names.split(","))
        word = f" \\fI{escape(names.split('--')[1].upper())}\\fR" if value else ""
        made += [".TP", bold + word, escape(text)]
    return made + files_and_more([("thidua", 1), ("thidua.yaml", 5), ("systemd.timer", 5)])


def yaml_page(readme, example):
    text = open(readme, encoding="utf-8").read()
    made = head("thidua.yaml", 5, "configuration of thidua")
    made += [".SH SYNOPSIS", "\\fI/etc/thidua/thidua.yaml\\fR", ".SH DESCRIPTION"]
    made.append(escape("One YAML file. An unknown key is a mistake; \\(lqthidua validate\\(rq tells all of them at once, "
                       "each with its place and what is allowed there.").replace("\\e(", "\\("))
    made += from_markdown(text[text.index("\n## ") + 1:])
    lines = [line for line in open(example, encoding="utf-8").read().splitlines() if "SPDX" not in line]
    made += [".SH EXAMPLE"] + verbatim(lines[lines.index("version: 1"):])
    return made + files_and_more([("thidua", 1), ("thidua-absence", 1)])


def main():
    pages = {"thidua": thidua_page, "absence": absence_page, "yaml": yaml_page}
    if len(sys.argv) != 4 or sys.argv[1] not in pages:
        sys.exit(__doc__)
    page = pages[sys.argv[1]](*sys.argv[2:])
    kept = [line for line, before in zip(page, [""] + page) if line != ".PP" or not before.startswith(".S")]
    text = '.\\" Made by package/man.py; not for editing.\n' + "\n".join(kept) + "\n"
    sys.stdout.buffer.write(text.encode())


main()
