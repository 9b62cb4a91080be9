# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Completion as people have it: the scripts in their shells, names from a real configuration and
store, and silence where neither can be read."""

import subprocess

import harness
from harness import expect

NOW = "2024-10-21T08:00:00+07:00"


def offered(world, *words):
    done = subprocess.run([world.programs.thidua, "completion", "words", "--", "--config", world.config, *words],
                          capture_output=True, text=True, check=True)
    expect(done.stderr == "", done.stderr)
    return [line.split("\t")[0] for line in done.stdout.splitlines()]


def in_bash(options, line):
    """COMPREPLY for a line with the cursor at its end."""
    words = line.split(" ")
    script = (f'PATH="{options.thidua.parent.resolve()}:$PATH"; . /usr/share/bash-completion/bash_completion; '
              'eval "$(thidua completion bash)"; COMP_LINE=$1; COMP_POINT=${#1}; COMP_TYPE=9; shift; '
              'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _thidua; printf "%s\\n" "${COMPREPLY[@]}"')
    done = subprocess.run(["bash", "--norc", "-c", script, "bash", line, *words], capture_output=True,
                          text=True, check=True)
    expect(done.stderr == "", done.stderr)
    return done.stdout.split()


def test(options):
    with harness.World(options, dossiers=300, now=NOW) as world:
        expect(offered(world, "pull", "") == ["tthc", "dvcqg", "payments"], offered(world, "pull", ""))
        expect("H37.10.05" in offered(world, "gap", "--unit", "H37.10."), "no unit")
        expect("digest:weekly" in offered(world, "schedule", "list", "--job", "d"), "no job")
        expect(offered(world, "delivery", "resend", "x", "--recipient", "giam") == ["giam-doc"], "recipient")
        expect(offered(world, "report", "show", "") == [], "editions without a store")
        world.thidua("pull", "--now", NOW)
        world.thidua("report", "send", "--now", NOW)
        expect("weekly/2024-W42/all/1" in offered(world, "report", "show", "weekly/"), "no edition")
        world.config.write_text("nonsense: 1\n")
        expect(offered(world, "pull", "") == [], "names from a configuration that is none")
    expect(in_bash(options, "thidua audit ver") == ["verify"], in_bash(options, "thidua audit ver"))
    expect("--week" in in_bash(options, "thidua report render --we"), "no option")
    for shell, check in (("zsh", ["zsh", "-n"]), ("fish", ["fish", "--no-execute"])):
        script = subprocess.run([options.thidua, "completion", shell], capture_output=True, check=True).stdout
        path = options.thidua.parent / f"completion.{shell}"
        path.write_bytes(script)
        subprocess.run([*check, path], check=True)
        path.unlink()


harness.main(test)
