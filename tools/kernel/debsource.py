# SPDX-License-Identifier: GPL-2.0-only
"""Debian's source packages of kernels: which there are, and one of them unpacked.

apt itself finds, fetches and verifies the package: with sources of our own, a state
of our own below build/, the mirror that the machine's apt uses, and the keys of
debian-archive-keyring. Nothing is installed and nothing of the machine's apt is
changed. No program of its own.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from tools.mnlib import BUILD, ROOT, die, run

# the suites that have linux-source-VERSION; apt takes the newest release of it
KERNELS = {
    "5.10": ("bullseye", "bullseye-security"),
    "6.1": ("bookworm", "bookworm-security"),
    "6.12": ("bookworm-backports", "bookworm-security"),
    "7.2": ("forky", "sid"),
}
MIRRORS = {"Debian": "http://deb.debian.org/debian",
           "Debian-Security": "http://deb.debian.org/debian-security"}
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
TOP = BUILD / "kernel-src"
# make's own variables are not for the programs that are started here
PLAIN = {k: v for k, v in os.environ.items()
         if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "KCFLAGS", "O")}


def step(text: str, command: list, log: Path, **options) -> None:
    """One command of the preparation, its output in a log; dies when it fails."""
    print(f"# {text}", flush=True)
    with open(log, "w", encoding="utf-8") as output:
        done = subprocess.run([str(word) for word in command], stdout=output, check=False,
                              stderr=subprocess.STDOUT, env=PLAIN, **options)
    if done.returncode:
        lines = log.read_text(errors="replace").splitlines() or [""]
        # apt's first warning is the cause, its last error only what followed
        cause = next((line for line in lines if line.startswith(("W: ", "E: "))), lines[-1])
        die(f"mncheck: error: {text} failed: {cause} (see {log})")


def mirrors() -> dict[str, str]:
    """Where the machine's apt has Debian from; deb.debian.org where it does not say."""
    targets = run(["apt-get", "indextargets", "--format",
                   "$(ORIGIN) $(LABEL) $(REPO_URI)"]).stdout
    found = re.findall(r"^Debian (Debian|Debian-Security) (\S+?)/?$", targets, re.M)
    return MIRRORS | dict(found)


def sources(version: str) -> str:
    """apt's list of the suites that have this kernel."""
    uris = mirrors()
    return "\n".join(
        f"Types: deb\nURIs: {uris['Debian-Security' if suite.endswith('-security') else 'Debian']}\n"
        f"Suites: {suite}\nComponents: main\nSigned-By: {KEYRING}\n"
        for suite in KERNELS[version])


def apt_options(state: Path) -> list[str]:
    """apt with sources, state and cache below @state, as if nothing were installed."""
    own = {"Dir::Etc::SourceList": state / "list.sources", "Dir::Etc::SourceParts": "/dev/null",
           "Dir::Etc::Preferences": "/dev/null", "Dir::Etc::PreferencesParts": "/dev/null",
           "Dir::State": state / "state", "Dir::State::status": "/dev/null",
           "Dir::Cache": state / "cache", "Acquire::Languages": "none",
           "APT::Update::Error-Mode": "any"}
    return [word for name, value in own.items() for word in ("-o", f"{name}={value}")]


def download(version: str) -> Path:
    """The package of that kernel, fetched and verified by apt."""
    state = BUILD / "apt" / version
    shutil.rmtree(state, ignore_errors=True)
    for folder in ("state/lists/partial", "cache/archives/partial"):
        (state / folder).mkdir(parents=True)
    (state / "list.sources").write_text(sources(version))
    package, options = f"linux-source-{version}", apt_options(state)
    step(f"apt: the index of {', '.join(KERNELS[version])}",
         ["apt-get", *options, "update"], state / "update.log")
    step(f"apt: downloading {package}", ["apt-get", *options, "download", package],
         state / "download.log", cwd=state)
    return next(state.glob("*.deb"))


def unpack(version: str) -> Path:
    """build/kernel-src/VERSION; fetched once, VERSION.release names the package."""
    if version not in KERNELS:
        die(f"mncheck: error: KERNEL={version}: not one of {', '.join(KERNELS)}")
    stamp = TOP / f"{version}.release"
    if stamp.exists():
        print(f"# linux-source-{version} {stamp.read_text().strip()}")
        return TOP / version
    if subprocess.run(["sh", ROOT / "tools/build/deps.sh", "source"], check=False).returncode:
        die("mncheck: error: no keys to verify Debian's packages with")
    package = download(version)
    release = run(["dpkg-deb", "-f", package, "Version"]).stdout.strip()
    for old in (TOP / version, BUILD / "kernel-obj" / version):
        shutil.rmtree(old, ignore_errors=True)
    (TOP / version).mkdir(parents=True)
    log, inner = TOP / f"{version}.log", package.parent / "package"
    step(f"unpacking linux-source-{version} {release}", ["dpkg-deb", "-x", package, inner], log)
    step("unpacking its archive", [
        "tar", "-xf", inner / f"usr/src/linux-source-{version}.tar.xz", "-C", TOP / version,
        "--strip-components=1"], log)
    shutil.rmtree(package.parent)
    stamp.write_text(release + "\n")
    return TOP / version
