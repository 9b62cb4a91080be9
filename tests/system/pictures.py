# SPDX-FileCopyrightText: thidua developers
# SPDX-License-Identifier: Apache-2.0
"""Pictures of documents against those on file, in tests/golden/pictures/.

Small and grey: a browser or a font of another version moves a letter by a part of a pixel, which is
not what these are for. They tell when something is missing, somewhere else or of another size."""

import os
import pathlib
import subprocess
import sys

from PIL import Image, ImageChops, ImageStat

import harness

FOLDER = harness.ROOT / "tests/golden/pictures"
WIDTH = 300  # pixels
TILE = 30
# Of 255. Two runs on one machine differ by 0.0; a part that is moved by 10 pixels, by 2 and by 38.
WHOLE_MAX = 1
TILE_MAX = 20


def small(picture):
    picture = picture.convert("L")
    return picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), Image.BOX)


def difference(one, other):
    """The mean over the whole, and over the tile that differs most."""
    apart = ImageChops.difference(one, other)
    tiles = [ImageStat.Stat(apart.crop((x, y, x + TILE, y + TILE))).mean[0]
             for y in range(0, apart.height - TILE + 1, TILE)
             for x in range(0, apart.width - TILE + 1, TILE)]
    return ImageStat.Stat(apart).mean[0], max(tiles)


def check(name, path):
    """Ends the test if the picture is not as on file; with UPDATE_GOLDEN=1 writes it there first."""
    seen = small(Image.open(path))
    on_file = FOLDER / f"{name}.png"
    if os.environ.get("UPDATE_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        seen.save(on_file, optimize=True)
    wanted = Image.open(on_file)
    if seen.size != wanted.size:
        sys.exit(f"{name}: {seen.size} pixels, {wanted.size} on file; UPDATE_GOLDEN=1 if that is meant")
    whole, tile = difference(seen, wanted)
    if whole > WHOLE_MAX or tile > TILE_MAX:
        sys.exit(f"{name}: differs by {whole:.1f}, somewhere by {tile:.1f}; look at {path} and "
                 f"{on_file}, UPDATE_GOLDEN=1 if that is meant")
    return whole, tile


def pages_of(pdf, folder):
    """Each page of a PDF as a picture."""
    stem = pathlib.Path(folder) / pathlib.Path(pdf).stem
    subprocess.run(["pdftoppm", "-r", "60", "-png", pdf, stem], check=True)
    return sorted(stem.parent.glob(stem.name + "-*.png"))
