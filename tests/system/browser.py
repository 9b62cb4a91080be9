# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""A headless Chromium."""

import shutil
import subprocess
import sys


def find():
    for name in ("chromium-headless-shell", "chromium"):
        if path := shutil.which(name):
            return path
    sys.exit("no browser: scripts/setup test installs chromium-headless-shell")


def run(browser, profile, *arguments):
    return subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--allow-file-access-from-files", f"--user-data-dir={profile}",
         "--virtual-time-budget=3000", *arguments],
        capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL,
    )
