#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Holds the shape of the house: who may include whom, which foreign library lives in which room,
who may ask a clock, how long a file may be, that it says under which licence it stands, and that a
header needs nothing before it.

    scripts/check_rooms.py              checks the tree this script stands in
    scripts/check_rooms.py --self-test  checks the checks
"""
import pathlib
import re
import sys

LINES_MAX = 400

# Room -> the rooms it may include besides itself. Siblings never include each other.
ROOMS = {
    "core": set(),
    "config": {"core"},
    "connectors": {"core"},
    "store": {"core"},
    "rules": {"core"},
    "reports": {"core", "rules"},
    "delivery": {"core"},
    "daemon": {"core", "config", "connectors", "store", "rules", "reports", "delivery"},
}
ROOMS["tests"] = set(ROOMS)

# First words of a foreign header -> the rooms it lives in. What is not listed is refused, so that a
# new library is argued for in docs/decisions/ before it spreads. Tests are free to use any of them.
EVERYWHERE = set(ROOMS)
LIBRARIES = {
    "CLI/": {"daemon"},
    "argon2.h": {"daemon"},
    "boost/asio": {"daemon"},
    "boost/beast": {"daemon"},
    "boost/json": {"daemon"},
    "cairo.h": {"reports"},
    "cairo-pdf.h": {"reports"},
    "curl/": {"connectors", "delivery"},
    "date/": {"config", "daemon"},
    "expat.h": {"connectors"},
    "fmt/": EVERYWHERE,
    "fontconfig/": {"reports"},
    "glib.h": {"delivery"},
    "gmime/": {"delivery"},
    "iconv.h": {"connectors"},
    "libpq-fe.h": {"store"},
    "openssl/": {"core"},
    "pango/": {"reports"},
    "png.h": {"reports"},
    "pugixml.hpp": {"reports"},
    "simdjson.h": {"connectors"},
    "spdlog/": {"daemon"},
    "sqlite3.h": {"store"},
    "systemd/": {"daemon"},
    "unicode/": {"core"},
    "xlsxwriter.h": {"connectors", "reports"},
    "xxhash.h": {"core"},
    "yaml-cpp/": {"config"},
    "zip.h": {"connectors", "reports"},
    "zlib.h": {"connectors"},
}
# Speaks as the outside systems do and knows the truth: of another mind than the program it tests.
SANDBOX = "tests/sandbox/"
TEST_LIBRARIES = ("boost/", "gmock/", "gtest/", "zlib.h")

SYSTEM = re.compile(
    r"(sys|netinet|arpa|linux)/[a-z_]+\.h|"
    r"(dirent|dlfcn|errno|fcntl|ifaddrs|malloc|netdb|poll|pthread|pwd|grp|sched|signal|spawn|stdlib|syslog|termios|unistd)\.h"
)
STANDARD = re.compile(r"[a-z_0-9]+")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
CLOCK = re.compile(r"\b(system|utc|tai|gps|file)_clock::now\b|\btime\s*\(\s*(nullptr|NULL|0)\s*\)")
COMMENT = re.compile(r"//.*")
LICENCE = re.compile(
    r"(//|#) SPDX-FileCopyrightText: thidua developers\n\1 SPDX-License-Identifier: Apache-2\.0\n"
)


def include_problem(path, kind, header):
    """Why the file at `path` may not include `header`; None if it may."""
    room = path.split("/")[0]
    if kind == '"' and path.startswith(SANDBOX):
        if "/" not in header or header.startswith(SANDBOX):
            return None
        return f'"{header}": the sandbox shares no code with what it tests'
    if kind == '"':
        other = header.split("/")[0]
        if other not in ROOMS or "/" not in header:
            return f'"{header}": write the path from the top folder, beginning with a room'
        if other != room and other not in ROOMS[room]:
            allowed = ", ".join(sorted(ROOMS[room])) or "no other room"
            return f'"{header}": {room} may include {allowed}'
        return None
    if STANDARD.fullmatch(header) or SYSTEM.fullmatch(header):
        return None
    homes = [rooms for prefix, rooms in LIBRARIES.items() if header.startswith(prefix)]
    if room == "tests" and (homes or header.startswith(TEST_LIBRARIES)):
        return None
    if not homes:
        return f"<{header}>: no room has this library; if it is wanted, add it to LIBRARIES"
    if room not in homes[0]:
        return f"<{header}>: lives in {', '.join(sorted(homes[0]))} only"
    return None


def order_problem(path, text, names):
    """Why the includes of a room's source stand in the wrong order; None if they do not. A source
    that begins with its own header proves that the header compiles alone."""
    header = path.removesuffix(".cpp") + ".hpp"
    if not path.endswith(".cpp") or path.startswith("tests/") or header not in names:
        return None
    first = INCLUDE.search(text)
    if first and first.group(2) == header:
        return None
    return f'include "{header}" first'


def problems_of(path, text, names=()):
    """What is wrong with one file; `path` and the `names` of all files are relative to the top
    folder."""
    room = path.split("/")[0]
    found = []
    lines = text.count("\n")
    if lines > LINES_MAX:
        found.append(f"{path}: {lines} lines: split at {LINES_MAX}")
    head = text.split("\n", 1)[1] if text.startswith("#!") and "\n" in text else text
    if not LICENCE.match(head):
        found.append(f"{path}:1: does not begin with the two SPDX lines")
    if not path.endswith((".cpp", ".hpp")):
        return found
    if room not in ROOMS:
        return found + [f"{path}: '{room}' is not a room; the rooms are {', '.join(ROOMS)}"]
    if path.endswith(".hpp") and "\n#pragma once\n" not in text:
        found.append(f"{path}: no #pragma once")
    problem = order_problem(path, text, names)
    if problem:
        found.append(f"{path}: {problem}")
    for match in INCLUDE.finditer(text):
        problem = include_problem(path, *match.groups())
        if problem:
            line = text.count("\n", 0, match.start(2)) + 1
            found.append(f"{path}:{line}: {problem}")
    if room not in ("daemon", "tests"):
        for number, line in enumerate(text.splitlines(), start=1):
            if CLOCK.search(COMMENT.sub("", line)):
                found.append(f"{path}:{number}: only daemon asks a clock; take the time as an argument")
    return found


def files_of(top):
    """Every source file of ours below `top`, relative to it."""
    for path in sorted(top.rglob("*")):
        name = path.relative_to(top).as_posix()
        if name.startswith((".git/", "build/")) or "node_modules/" in name or not path.is_file():
            continue
        is_script = name.startswith("scripts/") or name == ".ci/run"
        if path.suffix in (".cpp", ".hpp", ".py") or (is_script and not path.suffix):
            yield name


def self_test():
    head = "// SPDX-FileCopyrightText: thidua developers\n// SPDX-License-Identifier: Apache-2.0\n"
    header = head + "#pragma once\n"
    script = "#!/bin/sh\n" + head.replace("//", "#")
    own = '#include "core/own.hpp"\n'
    refused = "refused"
    cases = [
        ("own room", "rules/gap.cpp", head + '#include "rules/gap.hpp"\n', None),
        ("core from anywhere", "store/x.cpp", head + '#include "core/time.hpp"\n', None),
        ("rules from reports", "reports/x.cpp", head + '#include "rules/gap.hpp"\n', None),
        ("store from daemon", "daemon/x.cpp", head + '#include "store/pull.hpp"\n', None),
        ("anything from tests", "tests/rules/x.cpp", head + '#include "daemon/app.hpp"\n', None),
        ("sandbox's own", "tests/sandbox/x.cpp", head + '#include "world.hpp"\n', None),
        ("sandbox shares nothing", "tests/sandbox/x.cpp", head + '#include "core/time.hpp"\n', refused),
        ("core knows nobody", "core/x.cpp", head + '#include "rules/gap.hpp"\n', refused),
        ("sibling", "rules/x.cpp", head + '#include "store/pull.hpp"\n', refused),
        ("nobody knows daemon", "reports/x.cpp", head + '#include "daemon/app.hpp"\n', refused),
        ("nobody knows tests", "daemon/x.cpp", head + '#include "tests/x.hpp"\n', refused),
        ("relative path", "rules/x.cpp", head + '#include "gap.hpp"\n', refused),
        ("spaced include", "rules/x.cpp", head + '#  include "store/x.hpp"\n', refused),
        ("unknown room", "util/x.cpp", head, refused),
        ("standard header", "core/x.cpp", head + "#include <string_view>\n", None),
        ("system header", "core/x.cpp", head + "#include <sys/stat.h>\n", None),
        ("own header first", "core/own.cpp", head + own + "#include <string>\n", None),
        ("own header later", "core/own.cpp", head + "#include <string>\n" + own, refused),
        ("own header nowhere", "core/own.cpp", head, refused),
        ("own header of a test", "tests/core/own.cpp", head + "#include <string>\n" + own, None),
        ("library at home", "store/x.cpp", head + "#include <sqlite3.h>\n", None),
        ("library abroad", "rules/x.cpp", head + "#include <sqlite3.h>\n", refused),
        ("library in tests", "tests/x.cpp", head + "#include <boost/asio/post.hpp>\n", None),
        ("unknown library", "core/x.cpp", head + "#include <zmq.h>\n", refused),
        ("unknown library in tests", "tests/x.cpp", head + "#include <zmq.h>\n", refused),
        ("clock in rules", "rules/x.cpp", head + "auto t = std::chrono::system_clock::now();\n", refused),
        ("clock in a comment", "rules/x.cpp", head + "// never system_clock::now\n", None),
        ("clock in daemon", "daemon/x.cpp", head + "auto t = std::chrono::system_clock::now();\n", None),
        ("steady clock", "delivery/x.cpp", head + "auto t = std::chrono::steady_clock::now();\n", None),
        ("header guarded", "core/x.hpp", header, None),
        ("header not guarded", "core/x.hpp", head, refused),
        ("no licence", "core/x.cpp", "#include <string>\n", refused),
        ("licence after an include", "core/x.cpp", "#include <string>\n" + head, refused),
        ("script", "scripts/x", script, None),
        ("script without licence", "scripts/x", "#!/bin/sh\n", refused),
        ("longest file", "core/x.cpp", head + "\n" * (LINES_MAX - 2), None),
        ("file too long", "core/x.cpp", head + "\n" * (LINES_MAX - 1), refused),
    ]
    wrong = []
    for name, path, text, expected in cases:
        found = problems_of(path, text, {"core/own.hpp", "tests/core/own.hpp"})
        if len(found) != (1 if expected else 0):
            wrong.append(f"self-test '{name}': expected {expected or 'nothing'}, found {found}")
    return wrong


def main(arguments):
    if arguments == ["--self-test"]:
        problems = self_test()
    elif not arguments:
        top = pathlib.Path(__file__).resolve().parent.parent
        names = list(files_of(top))
        if not any(name.startswith("core/") for name in names):
            problems = [f"{top}: no sources found"]
        else:
            problems = [
                p for n in names for p in problems_of(n, (top / n).read_text("utf-8"), names)
            ]
    else:
        print(__doc__, file=sys.stderr)
        return 64
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
