# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Digest and unit edition as people see them: in a browser at 360 and 1280 px nothing is cut and
nothing scrolls sideways, and the pictures of page and PDF are those on file."""

import re
import sys

import browser
import harness
import pictures

NOW = "2024-10-28T12:00:00+07:00"
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


def look(program, world, page, width):
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
    done = browser.run(program, profile, f"--window-size={max(width, 600)},12000", "--dump-dom",
                       frame.as_uri())
    found = re.search(r"<title>(\d+) (\d+) (.*?)</title>", done.stdout, re.S)
    if not found:
        sys.exit(f"{width} px: the browser did not lay the page out: {done.stderr[-500:]}")
    shown, scrolled, wide = int(found[1]), int(found[2]), found[3].strip()
    if shown != width or scrolled > width or wide:
        sys.exit(f"{width} px: shown {shown}, scrolls to {scrolled}, too wide: {wide}")
    print(f"{page.stem}, {width} px: nothing is cut, nothing scrolls sideways")


def photograph(program, world, page, width, name):
    """The upper part of the page, as wide as the frame, against the picture on file."""
    shot = world.folder / f"{name}.png"
    frame = world.folder / f"frame-{width}.html"
    browser.run(program, world.folder / "profile-shot", f"--window-size={max(width, 600)},2400",
                "--hide-scrollbars", f"--screenshot={shot}", frame.as_uri())
    return pictures.check(name, shot)


def publish_three_weeks(world):
    def edit(text):
        assert "start: 2024-06-07" in text
        return text.replace("start: 2024-06-07", "start: 2024-10-07")
    world.write_config(edit=edit)
    done = world.thidua("simulate", "--sandbox", world.sandbox_url(), "--until", NOW, "--quiet",
                        check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return world.folder / "state/editions/2024/W43"


def check_page(program, world, html, name):
    text = html.read_text()
    page = world.folder / f"{name}.html"
    page.write_text(text.replace("</body>", PROBE + "</body>"))
    if PROBE not in page.read_text():
        sys.exit("the page has no </body> to put the probe before")
    if re.search(r"""(src|href)=["']https?:""", text):
        sys.exit(f"{name}: remote content")
    for width in WIDTHS:
        look(program, world, page, width)
        print(f"{name}: differs by %.1f, somewhere by %.1f" %
              photograph(program, world, page, width, f"{name}-{width}"))


def test(options):
    program = browser.find()
    with harness.World(options, dossiers=6000) as world:
        folder = publish_three_weeks(world)
        for name, pattern in (("digest", "*_toan-so_*"), ("unit", "*_H37.10.05_*"),
                              ("rehearsal", "*_dien-tap_*")):
            (html,) = (one for one in folder.rglob(pattern + ".html") if "phu-luc" not in one.name)
            check_page(program, world, html, name)
            (pdf,) = (one for one in folder.rglob(pattern + ".pdf") if "phu-luc" not in one.name)
            for number, page in enumerate(pictures.pages_of(pdf, world.folder), 1):
                if number <= 3:
                    print(f"{name}, page {number}: differs by %.1f, somewhere by %.1f" %
                          pictures.check(f"{name}-page-{number}", page))


if __name__ == "__main__":
    harness.main(test)
