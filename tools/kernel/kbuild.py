# SPDX-License-Identifier: GPL-2.0-only
"""A configured kernel tree: is it one, what names the API, what can be built, how.

It reads Makefiles and .config only as far as needed to choose targets; kbuild
itself decides everything else. No program of its own.
"""

import os
import re
import shlex
import subprocess
from pathlib import Path

from tools.mnlib import COMPILER, GCC, PLUGIN, die, plugin_flags, run

API = "mmu_notifier"
# what is no part of the kernel itself; of arch/ there is one
NOT_TOP = {"Documentation", "LICENSES", "arch", "scripts", "tools", "usr"}
# built from another directory's Makefile
BUILT_BY = {"virt/kvm": "arch/{srcarch}/kvm",
            "drivers/gpu/drm/amd/amdkfd": "drivers/gpu/drm/amd/amdgpu",
            "drivers/gpu/drm/i915/gem": "drivers/gpu/drm/i915"}
SRCARCH = {"x86_64": "x86", "i386": "x86", "ppc64le": "powerpc", "aarch64": "arm64"}


def need_plain(what: str, name: str) -> None:
    """make and the shell read it again, some of it twice: '$x' would be empty, and so unchecked."""
    odd = re.search(r"[^\w./+@=~-]", name)
    if odd:
        die(f"mncheck: error: {what}={name}: make cannot be given a name with '{odd[0]}'; rename "
            "it, or move it to a folder without")


class Tree:
    """KDIR and O, checked; dies with one line that says what to do."""

    def __init__(self, kdir: str, out: str, arch: str = "", make_args: str = ""):
        if not kdir:
            die("mncheck: error: KDIR is not set: make kernel KDIR=<kernel tree> [O=<build dir>]")
        self.kdir = Path(kdir).resolve()
        self.out = Path(out).resolve() if out else self.kdir
        need_plain("KDIR", str(self.kdir))
        need_plain("O", str(self.out))
        machine = subprocess.run([GCC, "-dumpmachine"], capture_output=True, text=True,
                                 check=False).stdout.split("-")[0]
        self.arch = arch or SRCARCH.get(machine, machine)
        self.srcarch = SRCARCH.get(self.arch, self.arch)
        self.make_args = shlex.split(make_args)
        self.check()
        config = (self.out / "include/config/auto.conf").read_text()
        self.config = dict(re.findall(r"^(CONFIG_\w+)=(.*)$", config, re.M))

    def check(self) -> None:
        if not self.kdir.is_dir():
            die(f"mncheck: error: KDIR={self.kdir}: no such directory")
        if not (self.kdir / "Kbuild").exists() or not (self.kdir / "mm").is_dir():
            die(f"mncheck: error: KDIR={self.kdir}: this is no kernel source tree "
                "(no Kbuild, no mm/); give the top directory of one")
        inside = "" if self.out == self.kdir else f" O={self.out}"
        if not (self.out / ".config").exists():
            die(f"mncheck: error: {self.out}: not configured (no .config); "
                f"run make -C {self.kdir}{inside} defconfig prepare")
        if not (self.out / "include/config/auto.conf").exists():
            die(f"mncheck: error: {self.out}: configured but not prepared (no "
                f"include/config/auto.conf); run make -C {self.kdir}{inside} prepare")

    def need_notifiers(self) -> None:
        """Of no use without the API; what names it compiles to nothing then."""
        if self.config.get("CONFIG_MMU_NOTIFIER") != "y":
            die(f"mncheck: error: {self.out}: CONFIG_MMU_NOTIFIER is off, so that nothing in this "
                "kernel notifies; switch on what selects it, such as CONFIG_KVM")

    def need_same_config(self) -> None:
        """A .config that was changed and not prepared is not what the objects were made with."""
        there = {}
        for name in (".config", "include/config/auto.conf"):
            text = (self.out / name).read_text()
            there[name] = {key: value.strip('"') for key, value in re.findall(r"^(CONFIG_\w+)=(.*)$", text, re.M)}
        one, other = there.values()
        wrong = sorted(key for key in one.keys() | other.keys() if one.get(key, "") != other.get(key, ""))
        if wrong:
            die(f"mncheck: error: {self.out}/.config: changed since it was prepared ({wrong[0]}"
                + (f" and {len(wrong) - 1} more" if len(wrong) > 1 else "") + "); run make olddefconfig prepare")

    def need_writable(self) -> None:
        """kbuild writes its objects there, and says so less clearly."""
        if not os.access(self.out, os.W_OK):
            die(f"mncheck: error: {self.out}: cannot be written; give a build directory of your "
                "own as O=")

    def need_gcc(self, options: list[str] = ()) -> None:
        """A compiler that loads the plugin with these options; else each object would say so."""
        if self.config.get("CONFIG_CC_IS_CLANG") == "y" or any(
                re.match(r"LLVM=[^0]|CC=\S*clang", word) for word in self.make_args):
            die(f"mncheck: error: {self.out}: a clang build, and clang loads no plugin of GCC; "
                "use make sparse, or make CHECK=mncheck-sparse C=1 in the kernel")
        compiler = next((word[3:] for word in self.make_args if word.startswith("CC=")), shlex.join(COMPILER))
        self.need_same_gcc(compiler)
        done = run([*shlex.split(compiler), *plugin_flags("disable", *options), "-c", "-xc", "/dev/null", "-o",
                    "/dev/null"])
        if done.returncode:
            said = re.findall(r"mncheck: (?:error: )?(.*)", done.stderr)
            die("mncheck: error: " + said[0] if said else f"mncheck: error: {compiler} does not load {PLUGIN}: "
                + (done.stderr.strip().splitlines() or ["no reason given"])[0])

    def need_same_gcc(self, compiler: str) -> None:
        """With another one kbuild would configure the kernel again, in the user's own build."""
        configured = int(self.config.get("CONFIG_GCC_VERSION", "0"))
        parts = run([*shlex.split(compiler), "-dumpfullversion"]).stdout.strip().split(".")
        if not configured or len(parts) != 3:
            return
        if configured != int(parts[0]) * 10000 + int(parts[1]) * 100 + int(parts[2]):
            major = configured // 10000
            version = f"{major}.{configured // 100 % 100}.{configured % 100}"
            die(f"mncheck: error: {self.out}: configured for GCC {version}, but {compiler} is GCC "
                f"{'.'.join(parts)}; say GCC=gcc-{major}, which builds the plugin for that one")

    def make(self, *words: str) -> list[str]:
        """A make command in this tree."""
        command = ["make", "-C", str(self.kdir)]
        if self.out != self.kdir:
            command.append(f"O={self.out}")
        if COMPILER != ["gcc"]:
            command.append(f"CC={' '.join(COMPILER)}")
        return command + self.make_args + list(words)

    def relative(self, name: str) -> str:
        """A file name of the compiler, as seen from the top of the tree."""
        path = Path(name)
        path = (path if path.is_absolute() else self.out / path).resolve()
        for top in (self.kdir, self.out):
            if path.is_relative_to(top):
                return str(path.relative_to(top))
        return str(path)

    # -- what is there -----------------------------------------------------

    def naming_files(self) -> list[str]:
        """The C files that name the API, relative, sorted."""
        tops = sorted(path.name for path in self.kdir.iterdir()
                      if path.is_dir() and path.name not in NOT_TOP and path.name[0] != "." and path != self.out)
        tops += [f"arch/{self.srcarch}"] * (self.kdir / "arch" / self.srcarch).is_dir()
        found = run(["grep", "-rlI", "--include=*.c", API, *tops], cwd=self.kdir)
        if found.returncode > 1:
            die(f"mncheck: error: KDIR={self.kdir}: cannot be read: {found.stderr.splitlines()[0]}")
        return sorted(found.stdout.split("\n")[:-1])

    def names_api(self, name: str) -> bool:
        """A file of the tree, or one that was made in the build folder."""
        path = next((top / name for top in (self.kdir, self.out) if (top / name).is_file()), None)
        return path is not None and API in path.read_text(errors="replace")

    def makefile(self, folder: str) -> str:
        """The text of a folder's Makefile, one line for each of make's."""
        for name in ("Kbuild", "Makefile"):
            path = self.kdir / folder / name
            if path.exists():
                return re.sub(r"\\\n", " ", path.read_text(errors="replace"))
        return ""

    def entries(self, folder: str) -> dict[str, bool]:
        """The directories and objects of a folder's obj- lines: is it enabled?"""
        found = {}
        for option, words in re.findall(
                r"^\s*obj-(\w+|\$[({]\w+[)}])\s*[:+]?=([^#\n]*)",
                self.makefile(folder), re.M):
            enabled = option in "ym" or self.config.get(option[2:-1]) in ("y", "m")
            for word in words.split():
                found[word] = found.get(word, False) or enabled
        return found

    def reachable(self, folder: str) -> bool:
        """Does kbuild go down into this folder with this configuration?"""
        parts = Path(folder).parts
        if not parts:       # no Makefile but that of the top
            return False
        depth = 2 if parts[0] == "arch" else 1
        while depth < len(parts):
            entries = self.entries("/".join(parts[:depth]))
            steps = [n for n in range(len(parts), depth, -1)
                     if entries.get("/".join(parts[depth:n]) + "/")]
            if not steps:
                return parts[0] == "arch" and depth == 2 and self.arch_core(parts)
            depth = steps[0]
        return True

    def arch_core(self, parts: tuple[str, ...]) -> bool:
        """arch/X/Kbuild and arch/X/Makefile name their folders in other ways."""
        text = "".join((self.kdir / "/".join(parts[:2]) / name).read_text(errors="replace")
                       for name in ("Kbuild", "Makefile")
                       if (self.kdir / "/".join(parts[:2]) / name).exists())
        match = re.search(r"^\s*(?:core|obj)-(\S+)\s*\+=.*\b" + parts[2] + "/", text, re.M)
        return bool(match) and len(parts) == 3 and (
            match[1] == "y" or self.config.get(match[1][2:-1]) in ("y", "m"))

    def default_targets(self) -> list[str]:
        """Where the API is named: whole directories, or single objects where a
        directory is the root of a big subtree and names it in a file or two only."""
        folders: dict[str, list[str]] = {}
        for name in self.naming_files():
            folder = self.makefile_folder(str(Path(name).parent))
            folders.setdefault(folder, []).append(name)
        targets = []
        for folder, names in sorted(folders.items()):
            entries = self.entries(folder)
            if not self.reachable(folder) or not any(entries.values()):
                continue
            has_below = any(word.endswith("/") for word in entries)
            if len(names) < 3 and has_below:
                targets += [str(Path(n).with_suffix(".o")) for n in names
                            if self.object_enabled(n)]
            else:
                targets.append(folder + "/")
        return [t for t in targets
                if not any(t != o and o.endswith("/") and t.startswith(o) for o in targets)]

    def makefile_folder(self, folder: str) -> str:
        """The folder whose Makefile builds the files of this one."""
        path = Path(folder)
        while str(path) not in BUILT_BY and not any(
                (self.kdir / path / name).exists() for name in ("Makefile", "Kbuild")):
            path = path.parent
        return BUILT_BY.get(str(path), str(path)).format(srcarch=self.srcarch)

    def object_enabled(self, name: str) -> bool:
        """By its own obj- line, or that of a module which it is a part of."""
        path = Path(name)
        folder = self.makefile_folder(str(path.parent))
        entries = self.entries(folder)
        part = re.compile(rf"(?:^|[\s/]){re.escape(path.stem)}\.o(?:\s|$)")
        known = [entries[path.stem + ".o"]] if path.stem + ".o" in entries else []
        for module, option, words in re.findall(
                r"^\s*([\w-]+)-(y|m|objs|\$[({]\w+[)}])\s*[:+]?=([^#\n]*)",
                self.makefile(folder), re.M):
            if part.search(words) and f"{module}.o" in entries:
                known.append(entries[f"{module}.o"] and (
                    option[0] != "$" or self.config.get(option[2:-1]) in ("y", "m")))
        return any(known) or not known

    def object_target(self, name: str) -> str:
        """What kbuild calls the object of a C file."""
        path = Path(name)
        folder = self.makefile_folder(str(path.parent))
        if path.is_relative_to(folder):
            return str(path.with_suffix(".o"))
        return f"{folder}/{os.path.relpath(path.with_suffix('.o'), folder)}"

    def built(self, places) -> list[str]:
        """The C files among these files, and below these folders ("mm/"), whose objects are there."""
        found = set()
        for place in places:
            path = Path(place)
            for saved in (self.out / path).rglob(".*.o.cmd") if place.endswith("/") else \
                    [self.out / path.parent / f".{path.stem}.o.cmd"]:
                name = saved.parent.relative_to(self.out) / f"{saved.name[1:-6]}.c"
                if saved.exists() and (self.kdir / name).exists():
                    found.add(str(name))
        return sorted(found)

    # -- how one object was compiled ----------------------------------------

    def compile_command(self, target: str) -> list[str]:
        """The compiler's command of an object that was built, without any plugin of
        ours, without -o, -c and dependency output; its last word is the source."""
        path = Path(target)
        saved = self.out / path.parent / f".{path.name}.cmd"
        if not saved.exists():
            die(f"mncheck: error: {saved}: not there; build {target} first")
        line = re.match(r"(?:saved)?cmd_\S+ := (.*)", saved.read_text())[1]
        # kbuild's own file: make's escapes of '#' and '$', then the shell's
        line = line.replace("$(pound)", "#").replace("$$", "$").replace("\\#", "#")
        words = []
        for word in shlex.split(line):
            if word == ";":
                break
            words.append(word.removesuffix(";"))
            if word.endswith(";"):
                break
        at = words.index("-o")
        del words[at:at + 2]
        return [word for word in words if word != "-c"
                and not word.startswith(("-Wp,-M", "-fplugin=", "-fplugin-arg-mmu_notifier"))]
