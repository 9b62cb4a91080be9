# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""The package on a bare Debian 12 under a real systemd: installed, configured, started, the first
digest by mail, reloaded, watched, stopped, upgraded, purged. Run by scripts/try-package."""

import email
import email.policy
import re
import subprocess
import time

import campaign_of_today
import harness
from bare_machine import Machine
from harness import expect

MAIL_LIMIT_SECONDS = 120
UNIT_FOLDERS = "/etc/systemd/system"


def installed_config(text):
    """The demo's, as an administrator has it: what it names is the package's, its secrets are
    credentials, its state where it belongs."""
    text = campaign_of_today.of_today(text)
    text = re.sub(r"(?m)^(state_directory|presets):.*\n", "", text)
    text = text.replace(f"{harness.ROOT}/config/", "/usr/share/thidua/")
    return text.replace("secrets/tthc-client-secret", "credential:tthc")


def reinstall(machine, file):
    return machine.run("apt-get -y -q --no-install-recommends -o APT::Keep-Downloaded-Packages=true "
                       f"-o Dpkg::Options::=--force-confdef install {file} 2>&1").stdout


def check_installed(machine):
    """Nothing runs, nothing is enabled, and everybody is told what is next."""
    said = reinstall(machine, "/thidua.deb")
    expect("Next: thidua init" in said, said)
    expect(machine.run("systemctl is-active thidua", check=False).stdout.strip() == "inactive", "active")
    for unit in ("thidua.service", "thidua-absence.timer", "thidua-backup.timer"):
        state = machine.run(f"systemctl is-enabled {unit}", check=False).stdout.strip()
        expect(state == "disabled", f"{unit} is {state} after the installation")
    modes = machine.ask("stat -c '%n %a %U:%G' /etc/thidua /etc/thidua/credentials /var/lib/thidua")
    expect(modes.splitlines() == ["/etc/thidua 2750 root:thidua", "/etc/thidua/credentials 700 root:root",
                                  "/var/lib/thidua 700 thidua:thidua"], modes)
    print("installed: not enabled, not started")


def check_start_without_configuration(machine):
    """A start that cannot succeed fails aloud, and is not tried for ever."""
    expect(machine.run("systemctl start thidua", check=False).returncode != 0, "started unconfigured")
    expect(machine.ask("systemctl show -P ExecMainStatus thidua") == "78", "not 78")
    expect("/etc/thidua/thidua.yaml" in journal_of(machine), "nothing said")
    machine.run("systemctl reset-failed thidua")


def configure(machine, world):
    config = world.write_config(edit=installed_config)
    machine.put(config, "/etc/thidua/thidua.yaml", 0o640)
    machine.put(world.folder / "secrets/tthc-client-secret", "/etc/thidua/credentials/tthc", 0o600)
    machine.put(world.folder / "secrets/payment-partner-secret",
                "/etc/thidua/secrets/payment-partner-secret", 0o640)
    drop_in = machine.path(f"{UNIT_FOLDERS}/thidua.service.d/credentials.conf")
    drop_in.parent.mkdir()
    drop_in.write_text("[Service]\nLoadCredential=tthc:/etc/thidua/credentials/tthc\n")
    machine.run("chown -R root:thidua /etc/thidua/thidua.yaml /etc/thidua/secrets; systemctl daemon-reload")
    print(machine.ask("thidua validate"))


def mails(world):
    """Recipient and subject of each that arrived."""
    folder = world.folder / "mail/new"
    parsed = [email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
              for mail in (folder.iterdir() if folder.exists() else [])]
    return [(str(mail["To"]), str(mail["Subject"])) for mail in parsed]


def subject_for(world, recipient):
    return next((subject for to, subject in mails(world) if recipient in to), None)


def journal_of(machine):
    return machine.ask("journalctl -u thidua --no-pager -o cat")


def check_first_digest(machine, world):
    began = time.monotonic()
    machine.run("systemctl enable --now thidua")
    print(f"active after {time.monotonic() - began:.1f} s: " + machine.ask("systemctl show -P StatusText thidua"))
    expect(machine.ask("systemctl is-active thidua") == "active", "not active")
    harness.wait_for("the first digest by mail",
                     lambda: subject_for(world, "<giam-doc@example.vn>"), MAIL_LIMIT_SECONDS)
    print(f"first digest by mail after {time.monotonic() - began:.1f} s: "
          + subject_for(world, "<giam-doc@example.vn>"))
    harness.wait_for("a pull with a secret that systemd handed over",
                     lambda: "pull tthc: complete" in journal_of(machine), MAIL_LIMIT_SECONDS)
    expect("\nerror: " not in journal_of(machine), journal_of(machine))


def check_watched_and_fenced_in(machine):
    show = dict(line.split("=", 1) for line in machine.ask(
        "systemctl show thidua -p WatchdogUSec,WatchdogTimestampMonotonic,MainPID,NotifyAccess").splitlines())
    expect(show["WatchdogUSec"] == "1min" and int(show["WatchdogTimestampMonotonic"]) > 0, str(show))
    status = machine.ask(f"cat /proc/{show['MainPID']}/status")
    for line in ("NoNewPrivs:\t1", "CapEff:\t0000000000000000", "Seccomp:\t2"):
        expect(line in status, f"{line} is not in the daemon's status")
    modes = machine.ask("stat -c '%a %U' /var/lib/thidua/thidua.db /run/thidua /run/thidua/control.sock")
    expect(modes.splitlines() == ["600 thidua", "700 thidua", "600 thidua"], modes)
    secret = machine.run("grep -rl sandbox-secret /var/lib/thidua /run/thidua /var/log", check=False).stdout
    expect(secret == "", f"the secret lies in {secret}")
    print("watchdog fed; no privilege, no capability, seccomp on; state and socket for the service alone")


def check_reload(machine):
    before = machine.ask("systemctl show -P MainPID thidua")
    config = machine.path("/etc/thidua/thidua.yaml")
    good = config.read_text()
    config.write_text(good.replace('at: "07:30"', 'at: "08:15"'))
    machine.run("systemctl reload thidua")
    expect("in force, before" in journal_of(machine), journal_of(machine))
    config.write_text(good.replace("version: 1", "version: 1\nnonsense: 1"))
    refused = machine.run("systemctl reload thidua", check=False)
    expect(refused.returncode != 0, "a mistake was taken up")
    expect("nonsense" in journal_of(machine), "the mistake is not told")
    expect(machine.ask("systemctl is-active thidua") == "active", "a refused reload has ended it")
    config.write_text(good)
    machine.run("systemctl reload thidua")
    expect(machine.ask("systemctl show -P MainPID thidua") == before, "it was restarted")
    print("reloaded; a mistake refused with the old configuration kept")


def check_timers(machine):
    for timer in ("thidua-absence", "thidua-backup"):
        machine.run(f"systemctl enable --now {timer}.timer")
        expect(machine.ask(f"systemctl show -P NextElapseUSecRealtime {timer}.timer") != "", timer)
        machine.run(f"systemctl start {timer}.service")  # as the timer does
        expect(machine.ask(f"systemctl show -P Result {timer}.service") == "success", timer)
    time.sleep(1.1)  # names have seconds
    machine.run("systemctl start thidua-backup.service")
    copies = machine.ask("ls /var/lib/thidua/backups").splitlines()
    expect(len(copies) == 2 and all(re.fullmatch(r"thidua-\d{8}T\d{6}Z\.db", name) for name in copies), copies)
    print(f"absence and backup run under their timers' units: {copies}")


def check_killed(machine):
    before = machine.ask("systemctl show -P MainPID thidua")
    machine.run("systemctl kill --signal=KILL thidua")
    harness.wait_for("the restart", lambda: machine.ask("systemctl show -P MainPID thidua") not in ("0", before)
                     and machine.ask("systemctl show -P ActiveState thidua") == "active", 60)
    print("killed, and started again by systemd")


def check_stop(machine):
    began = time.monotonic()
    machine.run("systemctl stop thidua")
    took = time.monotonic() - began
    expect(took < 30 and machine.ask("systemctl show -P Result thidua") == "success", f"stop: {took:.1f} s")
    print(f"stopped in {took:.1f} s")
    machine.run("systemctl start thidua-backup.service")  # without the daemon it reads by itself
    machine.run("systemctl start thidua")


def raised(package, folder):
    """The same package as the next version."""
    tree = folder / "next"
    subprocess.run(["dpkg-deb", "-R", package, tree], check=True)
    control = tree / "DEBIAN/control"
    control.write_text(re.sub(r"(?m)^Version: .*", r"\g<0>.1", control.read_text()))
    subprocess.run(["dpkg-deb", "--root-owner-group", "-b", tree, folder / "next.deb"], check=True,
                   stdout=subprocess.DEVNULL)
    return folder / "next.deb"


def check_upgrade(machine, package, world):
    readme = machine.path("/etc/thidua/README")
    readme.write_text("ours\n")
    files = "find /etc/thidua /etc/systemd/system -type f -exec sha256sum {} + | sort"
    before = machine.ask(files)
    running = machine.ask("systemctl show -P MainPID thidua")
    sent = len(mails(world))
    machine.put(raised(package, world.folder), "/next.deb")
    reinstall(machine, "/next.deb")
    expect(machine.ask("dpkg-query -W -f '${Version}' thidua").endswith(".1"), "not upgraded")
    expect(machine.ask(files) == before, f"files of the user:\n{before}\nbecame\n{machine.ask(files)}")
    expect(machine.ask("systemctl is-active thidua") == "active", "not running after the upgrade")
    expect(machine.ask("systemctl show -P MainPID thidua") != running, "not restarted by the upgrade")
    expect(machine.ask("systemctl is-enabled thidua thidua-absence.timer") == "enabled\nenabled", "disabled")
    expect(len(mails(world)) == sent, "the upgrade sent mail")
    print("upgraded: files of the user as they were, restarted, nothing sent twice")


def check_upgrade_that_refuses_the_configuration(machine):
    """What runs goes on running with what it has read."""
    config = machine.path("/etc/thidua/thidua.yaml")
    good = config.read_text()
    config.write_text(good + "nonsense: 1\n")
    running = machine.ask("systemctl show -P MainPID thidua")
    said = machine.run("dpkg -i /next.deb 2>&1").stdout
    expect("not valid for this version" in said, said)
    expect(machine.ask("systemctl show -P MainPID thidua") == running, "it was stopped")
    config.write_text(good)
    print("an upgrade that refuses the configuration leaves the service running")


def check_removal(machine):
    machine.run("apt-get -y -q remove thidua")
    expect(machine.ask("ls /etc/thidua/thidua.yaml /var/lib/thidua/thidua.db").count("\n") == 1, "gone")
    said = machine.ask("apt-get -y -q purge thidua 2>&1")
    for folder in ("/var/lib/thidua", "/etc/thidua"):
        expect(f"purge removes {folder}" in said, said)
    left = machine.ask("find / -xdev -iname '*thidua*' -not -path '/proc/*' -not -path '/sys/*' "
                       "-not -path '/var/log/*' -not -path '/run/*'").splitlines()
    own = {"/thidua.deb", f"{UNIT_FOLDERS}/thidua.service.d"}  # the test's, the administrator's
    expect(set(left) <= own, f"purge leaves {left}")
    expect(machine.run("pgrep -x thidua", check=False).stdout == "", "it still runs")
    print("removed with state and configuration kept; purged without a trace, and told of it")


def test(options):
    with harness.World(options, dossiers=300) as world, Machine(options.base, world.folder) as machine:
        check_installed(machine)
        check_start_without_configuration(machine)
        configure(machine, world)
        check_first_digest(machine, world)
        check_watched_and_fenced_in(machine)
        check_reload(machine)
        check_timers(machine)
        check_killed(machine)
        check_stop(machine)
        check_upgrade(machine, options.package, world)
        check_upgrade_that_refuses_the_configuration(machine)
        check_removal(machine)
    print("ok")


subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
harness.main(test, package="", base="")
