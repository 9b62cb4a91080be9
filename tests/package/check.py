#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""What a package has to be.

    check.py contents      the files, owners and modes on file, and what it depends on
    check.py lintian       nothing that lintian has to say, and no override without a reason
    check.py man           manual pages without a fault, with every command in them
    check.py reproducible  the same bytes when it is made again, under another umask and zone
    check.py monitoring    Prometheus rules with their tests; a dashboard that asks for nothing else

`check.py contents --update` takes what is there for what is expected."""
import filecmp
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXPECTED = ROOT / "tests/golden/package/contents.txt"
# A file more of these is no news.
WHOLE_FOLDERS = ("presets", "schema", "sources")
MONITORING = ROOT / "package/monitoring"


def the_package():
    found = list((ROOT / "build/package").glob("thidua_*.deb"))
    if len(found) != 1:
        sys.exit(f"one package expected in build/package, not {found}")
    return found[0]


def output_of(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def contents_of(package):
    """Mode, owner and path of each file, then the control file's lines that are ours to decide."""
    lines = []
    for line in output_of("dpkg-deb", "-c", package).splitlines():
        mode, owner, _, _, _, *path = line.split()
        folder = pathlib.Path(path[0]).parent.name
        lines.append(f"{mode} {owner} " + (f"{folder}/*" if folder in WHOLE_FOLDERS else " ".join(path)))
    depends = output_of("dpkg-deb", "-f", package, "Depends")
    names = sorted({re.sub(r" \(.*?\)", "", part).strip() for part in depends.split(",")})
    conffiles = output_of("dpkg-deb", "-I", package, "conffiles").split()
    return "\n".join([*sorted(set(lines)), "", "conffiles: " + " ".join(conffiles),
                      *(f"depends: {name}" for name in names)]) + "\n"


def check_contents():
    package = the_package()
    found = contents_of(package)
    if "--update" in sys.argv:
        EXPECTED.parent.mkdir(parents=True, exist_ok=True)
        EXPECTED.write_text(found)
    if found != EXPECTED.read_text():
        EXPECTED.with_suffix(".actual").write_text(found)
        sys.exit(output_of("sh", "-c", f"diff {EXPECTED} {EXPECTED.with_suffix('.actual')} || true"))
    with tempfile.TemporaryDirectory() as folder:
        output_of("dpkg-deb", "-x", package, folder)
        for program in ("thidua", "thidua-absence"):
            if str(ROOT).encode() in (pathlib.Path(folder) / "usr/bin" / program).read_bytes():
                sys.exit(f"{program} says where it was built")
        check_whole_folders(pathlib.Path(folder) / "usr/share")
        check_example(pathlib.Path(folder))
        check_init(pathlib.Path(folder))


def check_whole_folders(share):
    for own, installed in (("connectors/presets", "thidua/presets"), ("docs/schema", "thidua/schema"),
                           ("docs/sources", "doc/thidua/sources")):
        names = sorted(path.name for path in (ROOT / own).iterdir()
                       if (own, path.name) != ("docs/schema", "README.md"))
        if names != sorted(path.name for path in (share / installed).iterdir()):
            sys.exit(f"{installed} does not have what {own} has")


def check_example(folder):
    """The example has one mistake as it is shipped, the start that is left blank, and none once it is
    given; every file that it names is in the package."""
    share = folder / "usr/share/thidua"
    text = (share / "example/thidua.yaml").read_text().replace("/usr/share/thidua", str(share))
    with tempfile.TemporaryDirectory() as home:
        config = pathlib.Path(home) / "thidua.yaml"
        presets = f"presets: {share}/presets\n"
        for start, code in (("", 78), ("  start: 2024-06-07\n", 0)):
            config.write_text(presets + text.replace("campaign:\n", "campaign:\n" + start, 1))
            done = subprocess.run([folder / "usr/bin/thidua", "validate", "--config", config],
                                  capture_output=True, text=True)
            mistakes = [line for line in done.stderr.splitlines() if ": warning: " not in line]
            if done.returncode != code or len(mistakes) != (1 if code else 0):
                sys.exit(f"the example, with start {start!r}: {done.returncode}\n{done.stderr}")


def check_init(folder):
    """`thidua init` finds its templates in the package, and what it writes is valid; only the secrets,
    which nobody has yet, are warned of."""
    program, share = folder / "usr/bin/thidua", folder / "usr/share/thidua"
    with tempfile.TemporaryDirectory() as home:
        there = pathlib.Path(home) / "thidua"
        output_of(program, "init", there, "--templates", share, "--non-interactive",
                  "--start", "2024-06-07",
                  "--source", "igate-dossiers:https://igate.example.vn",
                  "--relay", "relay.example.vn:587", "--from", "thidua@example.vn",
                  "--to", "giam-doc@example.vn")
        text = (there / "thidua.yaml").read_text()
        (there / "thidua.yaml").write_text(f"presets: {share}/presets\n{text}"
                                           if "\npresets:" not in text else text)
        output_of(program, "validate", "--no-environment", "--config", there / "thidua.yaml")


def check_lintian():
    said = output_of("lintian", "--allow-root", "--fail-on", "error,warning,info,pedantic",
                     "--display-info", "--pedantic", "--tag-display-limit", "0", the_package())
    if said.strip():
        sys.exit(said)
    overrides = (ROOT / "package/debian/lintian-overrides").read_text().splitlines()
    for before, line in zip(["", *overrides], overrides):
        if not line.startswith("#") and not before.startswith("#"):
            sys.exit(f"an override without a reason: {line}")


def leaves_of(command, path=()):
    for below in command["commands"]:
        yield from leaves_of(below, (*path, below["name"]))
    if not command["commands"]:
        yield " ".join(path), command


def check_man():
    with tempfile.TemporaryDirectory() as folder:
        output_of("dpkg-deb", "-x", the_package(), folder)
        usr = pathlib.Path(folder) / "usr"
        texts = {}
        for page in sorted((usr / "share/man").rglob("*.gz")):
            plain = pathlib.Path(folder) / page.stem
            plain.write_bytes(gzip.decompress(page.read_bytes()))
            said = output_of("mandoc", "-T", "lint", "-W", "warning", plain)
            if said:
                sys.exit(said)
            texts[page.stem] = output_of("mandoc", "-T", "utf8", "-O", "width=200", plain)
            texts[page.stem] = re.sub(".\b", "", texts[page.stem])
        if sorted(texts) != ["thidua-absence.1", "thidua.1", "thidua.yaml.5"]:
            sys.exit(f"pages: {sorted(texts)}")
        tree = json.loads(output_of(usr / "bin/thidua", "completion", "tree"))
        for name, command in leaves_of(tree):
            sections = re.findall(rf"^   thidua {re.escape(name)}$|^ +thidua {re.escape(name)}( .*)?$",
                                  texts["thidua.1"], re.M)
            if not sections:
                sys.exit(f"thidua(1) does not have {name}")
            for option in command["options"]:
                if option["names"][-1] not in texts["thidua.1"]:
                    sys.exit(f"thidua(1) does not have {option['names'][-1]} of {name}")


def check_reproducible():
    package = the_package()
    with tempfile.TemporaryDirectory() as folder:
        again = output_of("sh", "-c", "umask 077; exec scripts/package", cwd=ROOT, env={
            **os.environ, "PACKAGE_FOLDER": folder, "TZ": "America/New_York", "LC_ALL": "C"}).strip()
        if not filecmp.cmp(package, again, shallow=False):
            sys.exit(f"{package} is not the same made again")


def metrics_in(text):
    return set(re.findall(r"\bthidua_[a-z_]+", text))


def check_monitoring():
    rules = MONITORING / "thidua.rules.yml"
    output_of("promtool", "check", "rules", rules)
    output_of("promtool", "test", "rules", MONITORING / "thidua.rules.test.yml")
    tested = (MONITORING / "thidua.rules.test.yml").read_text()
    for alert in re.findall(r"alert: (\w+)", rules.read_text()):
        if alert not in tested and alert not in ("ThiduaRecordsQuarantined", "ThiduaCodesUnmapped"):
            sys.exit(f"{alert} has no test")
    dashboard = json.loads((MONITORING / "grafana.json").read_text())
    if len({panel["id"] for panel in dashboard["panels"]}) != len(dashboard["panels"]):
        sys.exit("panels of one id")
    missing = metrics_in(rules.read_text()) - metrics_in(json.dumps(dashboard))
    if missing:
        sys.exit(f"an alert looks at what the dashboard does not show: {sorted(missing)}")
    # system.web holds docs/metrics.md to what the service says.
    known = metrics_in((ROOT / "docs/metrics.md").read_text())
    unknown = metrics_in(json.dumps(dashboard)) - known
    if unknown:
        sys.exit(f"the service has no such metrics: {sorted(unknown)}")


CHECKS = {"contents": check_contents, "lintian": check_lintian, "man": check_man,
          "reproducible": check_reproducible, "monitoring": check_monitoring}

if len(sys.argv) < 2 or sys.argv[1] not in CHECKS:
    sys.exit(__doc__)
CHECKS[sys.argv[1]]()
