#!/usr/bin/python3
# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""The table of tests/bench/editions_bench as PDF by what one would use instead: a process each, as a
service would start it.

    table_pdf.py weasyprint|libreoffice HTML FOLDER
"""
import json
import os
import resource
import subprocess
import sys
import time


def command_of(tool, html, folder):
    if tool == "weasyprint":
        return ["/usr/bin/weasyprint", html, os.path.join(folder, "weasyprint.pdf")]
    # A home of its own: another instance of LibreOffice would take the work over.
    return ["libreoffice", f"-env:UserInstallation=file://{os.path.abspath(folder)}/libreoffice",
            "--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", folder, html]


def main(tool, html, folder):
    begin = time.monotonic()
    subprocess.run(command_of(tool, html, folder), check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    wall = time.monotonic() - begin
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({"name": f"table-{tool}", "wall_s": wall,
                      "cpu_s": used.ru_utime + used.ru_stime, "rss_kib": used.ru_maxrss}))


main(*sys.argv[1:])
