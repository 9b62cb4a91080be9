# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""The digest in a browser at 360 and 1280 px: nothing is cut and nothing scrolls sideways."""

import re
import shutil
import subprocess
import sys

import harness

NOW = "2024-10-21T07:30:00+07:00"
WIDTHS = [360, 1280]

# Put into a copy of the page: writes what the browser laid out where --dump-dom shows it.
PROBE = """<script>addEventListener('load', function () {
  var wide = [], width = document.documentElement.clientWidth;
  document.querySelectorAll('body *').forEach(function (e) {
    var box = e.getBoundingClientRect();
    if (box.right > width + 0.5 || e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0) {
      wide.push(e.tagName + ':' + e.textContent.trim().slice(0, 30));
    }
  });
  var probe = document.createElement('pre');
  probe.id = 'probe';
  probe.textContent = width + ' ' + document.documentElement.scrollWidth + ' '
    + wide.slice(0, 5).join(' | ');
  document.body.appendChild(probe);
});</script>"""


def find_browser():
    for name in ("chromium-headless-shell", "chromium"):
        if path := shutil.which(name):
            return path
    sys.exit("no browser: scripts/setup test installs chromium-headless-shell")


def look(browser, world, page, width):
    profile = world.folder / f"profile-{width}"
    # A headless window is at least 500 px wide, so the page is shown in a frame of the wanted width.
    frame = world.folder / f"frame-{width}.html"
    frame.write_text(
        f'<!doctype html><body style="margin:0"><iframe id="f" src="{page.as_uri()}" '
        f'style="border:0;width:{width}px;height:12000px"></iframe>'
        "<script>addEventListener('load', function () {"
        "document.title = document.getElementById('f').contentDocument"
        ".getElementById('probe').textContent; });</script>"
    )
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--allow-file-access-from-files", f"--user-data-dir={profile}",
         f"--window-size={max(width, 600)},12000", "--virtual-time-budget=3000", "--dump-dom",
         frame.as_uri()],
        capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL,
    )
    found = re.search(r"<title>(\d+) (\d+) (.*?)</title>", done.stdout, re.S)
    if not found:
        sys.exit(f"{width} px: the browser did not lay the page out: {done.stderr[-500:]}")
    shown, scrolled, wide = int(found[1]), int(found[2]), found[3].strip()
    if shown != width or scrolled > width or wide:
        sys.exit(f"{width} px: shown {shown}, scrolls to {scrolled}, too wide: {wide}")
    print(f"{width} px: nothing is cut, nothing scrolls sideways")


def test(options):
    browser = find_browser()
    with harness.World(options, now=NOW, dossiers=6000) as world:
        world.thidua("pull", "--now", NOW)
        out = world.folder / "out"
        world.thidua("report", "render", "--week", "2024-W42", "--now", NOW, "--out", out)
        html = next(out.glob("*.html")).read_text()
        page = world.folder / "digest.html"
        page.write_text(html.replace("</body>", PROBE + "</body>"))
        if PROBE not in page.read_text():
            sys.exit("the page has no </body> to put the probe before")
        if len(html.encode()) > 90_000 or re.search(r"""(src|href)=["']https?:""", html):
            sys.exit(f"{len(html.encode())} bytes, or remote content")
        for width in WIDTHS:
            look(browser, world, page, width)


harness.main(test)
