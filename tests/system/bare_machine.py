# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""A bare Debian that is booted under a systemd of its own, in a copy that is thrown away. It shares the
network of the test, which has loopback alone (scripts/try-package)."""

import pathlib
import shutil
import signal
import subprocess
import sys
import time

BOOT_LIMIT_SECONDS = 60
# Asks systemd as process 1 of a container to power off.
POWER_OFF = signal.SIGRTMIN + 4


class Machine:
    def __init__(self, base, folder):
        self.root = folder / "root"
        subprocess.run(["cp", "-a", "--reflink=auto", base, self.root], check=True)
        self.log = folder / "machine.log"
        self.container = subprocess.Popen(
            ["systemd-nspawn", "--quiet", f"--directory={self.root}", "--boot", "--register=no",
             "--keep-unit", "--link-journal=no", "--resolv-conf=off", "--timezone=off"],
            stdin=subprocess.DEVNULL, stdout=open(self.log, "wb"), stderr=subprocess.STDOUT)
        self.process = self._wait_for_process_one()
        state = self._wait_until_up()
        print(f"booted: {state}")

    def _wait_for_process_one(self):
        deadline = time.monotonic() + BOOT_LIMIT_SECONDS
        path = pathlib.Path(f"/proc/{self.container.pid}/task/{self.container.pid}/children")
        while time.monotonic() < deadline and self.container.poll() is None:
            for child in path.read_text().split():
                if pathlib.Path(f"/proc/{child}/comm").read_text().strip() == "systemd":
                    return child
            time.sleep(0.1)
        sys.exit("the machine did not boot:\n" + self.log.read_text(errors="replace")[-2000:])

    def _wait_until_up(self):
        deadline = time.monotonic() + BOOT_LIMIT_SECONDS
        while time.monotonic() < deadline:
            done = self.run("systemctl is-system-running --wait", check=False)
            if done.stdout.strip() in ("running", "degraded"):
                return done.stdout.strip()
            time.sleep(0.2)
        sys.exit("the machine is not up:\n" + self.log.read_text(errors="replace")[-2000:])

    def run(self, command, check=True, timeout=300):
        """A shell's command inside, as root, and what it said."""
        done = subprocess.run(
            ["nsenter", f"--target={self.process}", "--all", "env", "-i",
             "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive",
             "sh", "-c", command],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout)
        if check and done.returncode != 0:
            sys.exit(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def ask(self, command):
        return self.run(command).stdout.strip()

    def path(self, inside):
        return self.root / inside.lstrip("/")

    def put(self, source, inside, mode=0o644):
        target = self.path(inside)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(mode)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.container.poll() is None:
            subprocess.run(["kill", f"-{int(POWER_OFF)}", self.process], check=False)
        try:
            self.container.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.container.kill()
            self.container.wait()
