# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Configuration for people: init, validate, config show, schema and reference, as one would use them."""

import copy
import hashlib
import json
import os
import pathlib
import pty
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml

import harness

CONFIG = harness.ROOT / "config"
COMPLETE = harness.ROOT / "tests/data/config/complete"
NOW = "2024-06-14T16:00:00+07:00"


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2, as editors read it: 2024-06-07 and 05:00 are texts, yes is no truth value."""


CoreLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers
             if tag in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:float")]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
CoreLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile("^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))


def read(path):
    return yaml.load(pathlib.Path(path).read_text(), Loader=CoreLoader)


def expect(is_so, message):
    if not is_so:
        sys.exit(message)


class Program:
    def __init__(self, thidua):
        self.thidua = thidua

    def run(self, *arguments, code=0, **options):
        done = subprocess.run(
            [str(part) for part in (self.thidua, *arguments)], stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=120, env=harness.environment(), **options)
        expect(done.returncode == code,
               f"{arguments}: {done.returncode}, not {code}\n{done.stdout}{done.stderr}")
        return done

    def schema(self, kind):
        rules = json.loads(self.run("config", "schema", "--of", kind).stdout)
        jsonschema.Draft202012Validator.check_schema(rules)
        return jsonschema.Draft202012Validator(rules)


def mistakes(validator, value):
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.message}"
            for error in validator.iter_errors(value)]


def check_schema_accepts(program):
    """Whatever we ship and whatever loads."""
    folders = {"campaign": "campaigns", "organisation": "organisations",
               "procedures": "procedures", "calendar": "calendars"}
    files = [("root", CONFIG / "example/thidua.yaml"), ("root", COMPLETE / "thidua.yaml"),
             ("root", COMPLETE / "server.yaml"), ("officers", COMPLETE / "officers.yaml"),
             ("root", harness.ROOT / "tests/data/config/good/thidua.yaml")]
    files += [(kind, path) for kind, folder in folders.items()
              for path in sorted((CONFIG / folder).glob("*.yaml"))]
    files += [(kind, COMPLETE / f"{kind}.yaml") for kind in folders]
    files += [("preset", path) for path in sorted((harness.ROOT / "connectors/presets").iterdir())]
    for kind, path in files:
        value = read(path)
        if kind == "campaign":
            value.setdefault("start", "2024-06-07")  # the plan leaves it blank
        found = mistakes(program.schema(kind), value)
        expect(not found, f"{path} as {kind}: {found}")
    found = mistakes(program.schema("drop-in"), {"smtp": {"connections": 2}})
    expect(not found, f"a drop-in: {found}")


# A path into tests/data/config/complete/thidua.yaml and what is put there; None: taken out.
BROKEN = [
    ("smtp.smarthots", "relay:25"), ("smtp.connections", 21), ("smtp.connections", "4"),
    ("smtp.timeout", 10), ("smtp.timeout", "10 minutes"), ("smtp.require_tls", "yes"),
    ("smtp.from", None), ("smtp.max_message_size", "20MB"), ("version", 2), ("campaign.file", None),
    ("campaign.start", "07/06/2024"), ("reports.weekly.schedule.at", "7:30"),
    ("reports.weekly.schedule.weekday", "mon"), ("reports.weekly.recipients", {"id": "a"}),
    ("reports.weekly.recipients.0.id", "Giám đốc"), ("reports.weekly.recipients.0.address", "an"),
    ("sources.tthc.preset", None), ("sources.tthc.expect", {"max_drop": 20}),
    ("sources.other.kind", "dossier"), ("sources.other.slicing.days", 0), ("organisation", None),
    ("sources.other.request.sign.into", 5.5e400), ("alerts.escalate", [5, 10]),
]


def put(value, path, new):
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in way:
        value = value[part]
    if new is None:
        del value[last]
    else:
        value[last] = new


def check_schema_refuses(program):
    validator = program.schema("root")
    good = read(COMPLETE / "thidua.yaml")
    for path, new in BROKEN:
        value = copy.deepcopy(good)
        put(value, path, [] if new == 5.5e400 else new)
        expect(mistakes(validator, value), f"the schema takes {path}: {new}")


def check_examples(program):
    """An example is one: what it is an example of takes it."""
    rules = json.loads(program.run("config", "schema").stdout)
    count = 0
    for name, map_rules in rules["$defs"].items():
        for key, key_rules in map_rules["properties"].items():
            for example in key_rules.get("examples", []):
                found = mistakes(jsonschema.Draft202012Validator({**key_rules, "$defs": rules["$defs"]}), example)
                expect(not found, f"{name}: {key}: {example!r} is no example: {found}")
                count += 1
    expect(count > 80, f"{count} examples")


def check_reference(program):
    page = program.run("config", "reference").stdout
    filed = (harness.ROOT / "docs/configuration.md").read_text()
    expect(page == filed, "docs/configuration.md is not what the table of keys says: renew it with "
           "thidua config reference > docs/configuration.md")
    anchors = {line.removeprefix("### ") for line in page.splitlines() if line.startswith("### ")}
    links = set(re.findall(r"\]\(#([^)]*)\)", page))
    expect(links <= anchors, f"links to nowhere: {links - anchors}")


def check_show(program):
    root = COMPLETE / "thidua.yaml"
    shown = program.run("config", "show", "--origin", "--config", root).stdout
    for line in (f"  smarthost: relay.example.vn:587  # {root}:",
                 "    max_backoff: 60s  # " + str(harness.ROOT / "connectors/presets/igate-dossiers.yaml"),
                 "    timezone: Asia/Ho_Chi_Minh  # default", "  max_attempts: 35  # "):
        expect(line in shown, f"config show --origin: no {line!r} in\n{shown}")
    redacted = program.run("config", "show", "--redacted", "--config", root).stdout
    expect("        page: \"{page}\"\n" in redacted and "LANGSON" not in redacted, redacted)
    expect("an@example.vn" in shown and "an@example.vn" not in redacted, "--redacted shows people")
    answer = json.loads(program.run("config", "show", "--json", "--config", root).stdout)
    rules = json.loads((harness.ROOT / "docs/schema/config-show.schema.json").read_text())
    jsonschema.validate(answer, rules, jsonschema.Draft202012Validator)
    values = {each["key"]: each for each in answer["values"]}
    expect(values["smtp.connections"]["value"] == "4", values["smtp.connections"])
    broken = program.run("config", "show", "--config", "/nowhere.yaml", code=78)
    expect("/nowhere.yaml" in broken.stderr, broken.stderr)


def prints(folder):
    """What lies in a folder: a SHA-256 and a time of change for each name."""
    return {str(path): (path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest(),
                        path.stat().st_mtime_ns) for path in sorted(folder.rglob("*"))}


def answer_of(world, *arguments, code=0):
    done = world.thidua("validate", "--json", *arguments, check=False)
    expect(done.returncode == code, f"validate {arguments}: {done.returncode}\n{done.stdout}{done.stderr}")
    answer = json.loads(done.stdout)
    rules = json.loads((harness.ROOT / "docs/schema/validate.schema.json").read_text())
    jsonschema.validate(answer, rules, jsonschema.Draft202012Validator)
    return answer


def check_validate(world):
    world.thidua("pull", "tthc", "--now", NOW)
    before = prints(world.folder / "state")
    expect(any(name.endswith("thidua.db") for name in before), f"no store: {list(before)}")
    expect(not answer_of(world, "--strict", "--now", NOW)["warnings"], "warnings of a good one")
    online = answer_of(world, "--online", "--now", NOW)["online"]
    expect([each["what"] for each in online] ==
           ["sources.tthc", "sources.dvcqg", "sources.payments", "smtp"], online)
    expect(all(each["reached"] for each in online), online)
    expect(prints(world.folder / "state") == before, "validate changed the state folder")
    mails = world.folder / "mail"
    expect(not list(mails.rglob("*.thidua*")) and not list((mails / "new").glob("*")),
           "validate --online sent something")
    tried = world.thidua("validate", "--online", "--mail-to", "thu@example.vn", "--now", NOW)
    expect("smtp, a message to thu@example.vn" in tried.stdout, tried.stdout)
    expect(len(list((mails / "new").glob("*"))) == 1, "one test message")
    expect(prints(world.folder / "state") == before, "validate --mail-to changed the state folder")

    ended = answer_of(world, "--strict", "--now", "2025-03-01T08:00:00+07:00", code=3)
    expect([each["key"] for each in ended["warnings"]] == ["campaign.end"], ended)
    world.write_secret("tthc-client-secret", "wrong")
    refused = answer_of(world, "--online", "--now", NOW, code=69)["online"]
    expect([each["reached"] for each in refused] == [False, True, True, True], refused)
    expect("credentials" in refused[0]["remedy"] and "wrong" not in json.dumps(refused), refused)
    (world.folder / "secrets/tthc-client-secret").unlink()
    warned = answer_of(world, "--strict", "--now", NOW, code=3)["warnings"]
    expect([each["key"] for each in warned] == ["sources.tthc.auth.client_secret_file"], warned)
    answer_of(world, "--strict", "--no-environment", "--now", NOW)
    world.config = world.write_config(
        edit=lambda text: text.replace("require_tls: false", "require_tls: no"))
    wrong = answer_of(world, "--online", code=78)
    expect(not wrong["valid"] and wrong["campaign"] is None, wrong)


def check_init(program, folder):
    """A configuration that is valid once the plan's first day is known."""
    where = folder / "etc"
    flags = ("--templates", CONFIG, "--non-interactive", "--source",
             "opencps-dossiers:https://opencps.langson.gov.vn", "--relay", "relay.langson.gov.vn:587",
             "--from", "thidua@langson.gov.vn", "--to", "giam-doc@langson.gov.vn",
             "--to", "Van_Phong@langson.gov.vn")
    said = program.run("init", where, *flags).stdout
    expect("  1. Set campaign.start in" in said, said)
    before = prints(where)
    missing = program.run("validate", "--config", where / "thidua.yaml", code=78).stderr
    expect(missing.count("\n") == 1 and "campaign.start: missing" in missing, missing)
    again = program.run("init", where, *flags, code=64).stderr
    expect("is there already" in again and prints(where) == before, again)

    dated = folder / "dated"
    program.run("init", dated, *flags, "--start", "2024-06-07")
    check = ("validate", "--config", dated / "thidua.yaml", "--now", NOW, "--strict", "--no-environment")
    done = program.run(*check, code=3)
    expect("valid. Campaign langson-2024 from 2024-06-07" in done.stdout, done.stdout)
    expect(done.stderr.count("\n") == 2 and done.stderr.count("still says CHANGE-ME") == 2, done.stderr)
    root = dated / "thidua.yaml"
    root.write_text(root.read_text().replace("group_id: CHANGE-ME", "group_id: '20147'")
                    .replace("partner: CHANGE-ME", "partner: LANGSON"))
    program.run(*check)
    warned = program.run("validate", "--config", dated / "thidua.yaml", "--now", NOW).stderr
    for secret in ("tthc", "payments"):
        expect(f"secrets/{secret}" in warned, f"{secret} is not named as missing: {warned}")
    shown = json.loads(program.run("config", "show", "--json", "--config", dated / "thidua.yaml").stdout)
    values = {each["key"]: each["value"] for each in shown["values"]}
    expect(values["sources.tthc.preset"] == "opencps-dossiers", values)
    expect(values["reports.weekly.recipients[1].id"] == "nguoi-nhan-2", values)
    expect(oct((dated / "secrets").stat().st_mode & 0o777) == "0o700", "secrets/ is for its owner")

    for mistake in (("--source", "nothing:https://a.vn"), ("--source", "igate-dossiers"),
                    ("--relay", "r.vn:25")):
        program.run("init", folder / "none", "--templates", CONFIG, *mistake, code=64)
    expect(not (folder / "none").exists(), "init wrote although it refused")


def check_init_asks(program, folder):
    """On a terminal it asks for what no option says, and again for a day that is none."""
    where = folder / "asked"
    ours, theirs = pty.openpty()
    answers = "yesterday\n2024-06-07\n\nhttps://igate.langson.gov.vn\n\nrelay.langson.gov.vn:25\n" \
              "thidua@langson.gov.vn\ngiam-doc@langson.gov.vn\n"
    os.write(ours, answers.encode())
    done = subprocess.run([program.thidua, "init", where, "--templates", CONFIG], stdin=theirs,
                          capture_output=True, text=True, timeout=120)
    os.close(ours)
    os.close(theirs)
    expect(done.returncode == 0 and done.stderr.count("First day of the campaign") == 2, done)
    shown = json.loads(program.run("config", "show", "--json", "--config", where / "thidua.yaml").stdout)
    values = {each["key"]: each["value"] for each in shown["values"]}
    for key, value in (("campaign.start", "2024-06-07"), ("sources.tthc.preset", "igate-dossiers"),
                       ("sources.tthc.base_url", "https://igate.langson.gov.vn"),
                       ("smtp.smarthost", "relay.langson.gov.vn:25"),
                       ("reports.weekly.recipients[0].id", "giam-doc")):
        expect(values[key] == value, f"{key}: {values[key]}")


def test(options):
    program = Program(options.thidua)
    check_schema_accepts(program)
    check_schema_refuses(program)
    check_examples(program)
    check_reference(program)
    check_show(program)
    with tempfile.TemporaryDirectory(prefix="thidua-config-") as folder:
        check_init(program, pathlib.Path(folder))
        check_init_asks(program, pathlib.Path(folder))
    with harness.World(options, dossiers=300, now=NOW) as world:
        check_validate(world)


harness.main(test)
