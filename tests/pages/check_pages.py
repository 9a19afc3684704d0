#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The pages of HTML in headless Chromium, with screenshots in build/tests/pages; TAP.

The page of test_forms.py, with findings, and that of test_context.py, with a function, each wide and
narrow, light and dark: the script has run, nothing but source is wider than the window, and each colour
is told from its ground (by WCAG 2: 3 to 1 for bars, 4.5 to 1 for text).
"""

import re
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests import test_context, test_forms
from tests.tap import Tap
from tools.mnlib import BUILD, ROOT, die, run, start

try:
    from PIL import Image
except ImportError:
    Image = None

SHOTS = BUILD / "tests/pages"
WIDTHS = {"wide": 1280, "narrow": 520}
HEIGHT = 1600
BLANK = 32      # colours
# of the preference, as Chromium numbers it
SCHEMES = {"light": 1, "dark": 0}
STYLE = ROOT / "core/tools/mncheck/page.css"
# a copy of the page says how much wider than its window it is
MEASURE = ("<script>addEventListener('load', () => {"
           "document.body.dataset.wider = document.documentElement.scrollWidth - innerWidth; });</script>")
BARS, TEXT = ("ptl", "region", "atomic"), ("text", "soft", "link")


def colours(scheme: str) -> dict[str, tuple]:
    """--NAME: #RRGGBB of page.css; what is dark stands second"""
    parts = re.findall(r":root \{(.*?)\}", STYLE.read_text(), re.S)
    found = re.findall(r"--([a-z]+): #([0-9a-f]+)", parts[scheme == "dark"])
    return {name: tuple(int((value if len(value) == 6 else "".join(c + c for c in value))[i:i + 2], 16)
                        for i in (0, 2, 4)) for name, value in found}


def luminance(colour: tuple) -> float:
    parts = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: tuple, other: tuple) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def browse(page: Path, width: int, scheme: int, *options: str) -> str:
    done = run(["timeout", "120", "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                f"--user-data-dir={SHOTS.resolve()}/profile", f"--window-size={width},{HEIGHT}",
                f"--blink-settings=preferredColorScheme={scheme}", "--virtual-time-budget=2000", *options,
                page.resolve().as_uri()])
    return done.stdout


def wrong_picture(path: Path, ground: tuple) -> list[str]:
    """To look at, that is what they are for: here, that they are of this page, and of this scheme"""
    if not path.exists():
        return ["there is none"]
    picture = Image.open(path).convert("RGB")
    found, drawn = picture.getpixel((2, 2)), picture.getcolors(picture.width * picture.height)
    return [f"its ground is {found}, not {ground}"] * (found != ground) + ["it is blank"] * (len(drawn) < BLANK)


def test_page(tap: Tap, name: str, page: Path, words: tuple) -> None:
    measured = page.with_suffix(".measured.html")
    measured.write_text(page.read_text().replace("</body>", MEASURE + "</body>"))
    for width, pixels in WIDTHS.items():
        text = browse(measured, pixels, SCHEMES["light"], "--dump-dom")
        wider = re.search(r'data-wider="(-?\d+)"', text)
        tap.ok(wider and int(wider[1]) <= 0 and all(word in text for word in words),
               f"{name}, {width}: the script runs, nothing is wider than the window", str(wider and wider[0]))
        for scheme, number in SCHEMES.items():
            shot = SHOTS / f"{name}-{width}-{scheme}.png"
            browse(page, pixels, number, f"--screenshot={shot.resolve()}")
            wrong = wrong_picture(shot, colours(scheme)["back"])
            tap.ok(not wrong, f"{name}, {width}, {scheme}: {shot.relative_to(BUILD)}", *wrong)


def test_contrast(tap: Tap) -> None:
    for scheme in SCHEMES:
        found = colours(scheme)
        wrong = [f"--{name} on --{ground}: {contrast(found[name], found[ground]):.1f}"
                 for names, least in ((BARS, 3), (TEXT, 4.5)) for name in names for ground in ("back", "code")
                 if contrast(found[name], found[ground]) < least]
        tap.ok(not wrong, f"{scheme}: each colour is told from its ground", *wrong)


def main() -> int:
    if not shutil.which("chromium") or not Image:
        die("mncheck: error: chromium or python3-pil is missing; make check-pages installs them by apt")
    shutil.rmtree(SHOTS, ignore_errors=True)
    SHOTS.mkdir(parents=True)
    tap = Tap()
    test_contrast(tap)
    report, context = SHOTS / "report.html", SHOTS / "context.html"
    report.write_text(test_forms.made_page())
    test_page(tap, "report", report, ("4 of 4 shown",))
    test_context.make_page(context)
    test_page(tap, "context", context, ("helper()", "&lt;b&gt;not&lt;/b&gt; bold"))
    return tap.finish()


if __name__ == "__main__":
    start(main)
