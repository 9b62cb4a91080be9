#!/usr/bin/env python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Prints CHANGELOG.md as a package's changelog: changelog.py CHANGELOG.md MAINTAINER

The day of a version that is not released yet is that of SOURCE_DATE_EPOCH."""
import email.utils
import os
import re
import sys
import textwrap


def main():
    path, maintainer = sys.argv[1:]
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    text = open(path, encoding="utf-8").read()
    for version, body in re.findall(r"^## (\S+) / .*?\n(.*?)(?=^## |\Z)", text, re.M | re.S):
        print(f"thidua ({version}) bookworm; urgency=medium\n")
        for line in re.findall(r"^- (.*)$", body, re.M):
            plain = line.replace("`", "'")
            print(textwrap.fill(plain, 78, initial_indent="  * ", subsequent_indent="    ",
                                break_long_words=False, break_on_hyphens=False))
        print(f"\n -- {maintainer}  {email.utils.formatdate(epoch)}\n")


main()
