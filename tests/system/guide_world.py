# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""The small campaign that the guides in docs/huong-dan tell of: eight weeks, invented people and
dossiers, the configuration of the demo. `docs_test.py` runs the guides' commands in it, and
`scripts/guide-pictures` takes their pictures from it."""

import pathlib
import shutil

import harness

DOSSIERS = 4000
START = "2024-11-04"
# A Monday morning, when the seventh digest has just come; and the morning after the final report.
WEEK = "2024-12-16T08:00:00+07:00"
END = "2025-01-04T08:00:00+07:00"


class GuideWorld(harness.World):
    """The campaign as it stands on that Monday (`week`) and when it is over (`end`)."""

    def __init__(self, programs):
        super().__init__(programs, dossiers=DOSSIERS)
        self._simulate(WEEK)
        shutil.copytree(self.folder / "state", self.folder / "week")
        self._simulate(END)
        shutil.copytree(self.folder / "state", self.folder / "end")

    def write_config(self, name="thidua.yaml", edit=None, secrets=True):
        """The demo's configuration with a later start, and with reminders."""
        def changed(text):
            assert "start: 2024-06-07" in text
            text = text.replace("start: 2024-06-07", f"start: {START}") + "\nalerts: {}\n"
            return edit(text) if edit else text
        return super().write_config(name, changed, secrets)

    def copy_of(self, which, name, edit=None):
        """A store of its own like `week` or `end`; the path of a configuration that names it."""
        shutil.copytree(self.folder / which, self.folder / name)

        def changed(text):
            text = text.replace(str(self.folder / "state"), str(self.folder / name))
            return edit(text) if edit else text
        return self.write_config(f"{name}.yaml", changed)

    def put_back(self, which):
        """The world's own store, and with it its own configuration, as it was then."""
        shutil.rmtree(self.folder / "state")
        shutil.copytree(self.folder / which, self.folder / "state")

    def set_clock(self, now):
        """The sandbox tells what it knew then."""
        self.ask_sandbox("/sandbox/clock", {"now": now})

    def _simulate(self, until):
        self.thidua("simulate", "--sandbox", self.sandbox_url(), "--until", until, "--quiet")


def which_at(now):
    """Of which of the two a command tells that is run at this instant."""
    return "week" if now < END else "end"


def editions(world, which):
    return pathlib.Path(world.folder / which / "editions")
