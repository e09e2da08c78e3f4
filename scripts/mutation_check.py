#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plants one defect after the other in a copy of the tree, builds it and runs the tests that ought to notice. Every defect must turn them red.

    scripts/mutation_check.py [--list] [--only NAME]... [--folder build/mutation]

The defects are in scripts/mutations/*_mutations.py, each with a list MUTATIONS. The copy and its build live below --folder; the working tree is only read.
Exit status 1 if a defect survives, if one no longer applies (its text does not occur exactly once), or if the tests are red without any defect."""
import argparse
import importlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def load_mutations():
    """(name, file, text, replacement, tests that ought to notice) of every scripts/mutations/*_mutations.py."""
    folder = pathlib.Path(__file__).resolve().parent / "mutations"
    modules = [importlib.import_module(f"mutations.{path.stem}") for path in sorted(folder.glob("*_mutations.py"))]
    return [mutation for module in modules for mutation in module.MUTATIONS]


def tracked_files():
    listing = subprocess.run(["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True)
    if listing.returncode == 0:
        return [name for name in listing.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
    return [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file() and path.relative_to(ROOT).parts[0] not in ("build", ".git")]


def copy_tree(tree):
    """Files whose text is the same keep their time, so that a second run builds little."""
    names = tracked_files()
    for name in names:
        source, target = ROOT / name, tree / name
        if not target.exists() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    wanted = {tree / name for name in names}
    for path in tree.rglob("*"):
        if path.is_file() and path not in wanted:
            path.unlink()


def run(command, log):
    with open(log, "ab") as output:
        return subprocess.run(command, stdout=output, stderr=subprocess.STDOUT).returncode


def first_failure(build, tests, log):
    """The name of the first test that fails, or None."""
    result = subprocess.run(["ctest", "--test-dir", build, "--stop-on-failure", "--output-on-failure", "-R", tests], capture_output=True, text=True)
    with open(log, "a", encoding="utf-8") as output:
        output.write(result.stdout)
    if "No tests were found" in result.stdout + result.stderr:
        return "no test has this name"
    if result.returncode == 0:
        return None
    failed = re.search(r"Test +#\d+: (\S+) [^\n]*\*\*\*(?!Skipped)", result.stdout)
    return failed.group(1) if failed else "?"


def try_mutation(mutation, tree, build, log):
    name, file, text, replacement, tests = mutation
    path = tree / file
    original = path.read_text(encoding="utf-8")
    if original.count(text) != 1:
        return f"STALE: the text occurs {original.count(text)} times"
    path.write_text(original.replace(text, replacement), encoding="utf-8")
    try:
        if run(["cmake", "--build", build], log) != 0:
            return "STALE: does not compile"
        killer = first_failure(build, tests, log)
    finally:
        path.write_text(original, encoding="utf-8")
    if killer == "no test has this name":
        return "STALE: " + killer
    return f"red: {killer}" if killer else "SURVIVED"


def print_list(mutations):
    """1 if a defect's text does not occur exactly once."""
    stale = 0
    for name, file, text, _, tests in mutations:
        count = (ROOT / file).read_text(encoding="utf-8").count(text) if (ROOT / file).is_file() else 0
        stale += count != 1
        print(f"{name:28} {file:40} {tests}" + ("" if count == 1 else f"   STALE: the text occurs {count} times"))
    return 1 if stale else 0


def main():
    parser = argparse.ArgumentParser(description="Plants defects in a copy of the tree; each must turn the tests red.")
    parser.add_argument("--list", action="store_true", help="only list the defects; exit status 1 if one no longer applies")
    parser.add_argument("--only", action="append", metavar="NAME", help="only this defect; may be repeated")
    parser.add_argument("--folder", default=ROOT / "build" / "mutation", type=pathlib.Path, help="where the copy is built")
    arguments = parser.parse_args()
    mutations = load_mutations()
    chosen = [m for m in mutations if not arguments.only or m[0] in arguments.only]
    if arguments.list or not chosen:
        status = print_list(mutations)
        return status if arguments.list else 2
    folder = arguments.folder.resolve()
    tree, build, log = folder / "tree", folder / "build", folder / "log.txt"
    tree.mkdir(parents=True, exist_ok=True)
    log.write_bytes(b"")
    copy_tree(tree)
    configure = ["cmake", "-S", tree, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DCLQNN_BUILD_EXAMPLES=OFF"]
    if run(configure, log) or run(["cmake", "--build", build], log):
        print(f"the tree does not build: {log}")
        return 1
    red = first_failure(build, "|".join(sorted({m[4] for m in chosen})), log)
    if red:
        print(f"red without any defect: {red}; see {log}")
        return 1
    survivors = 0
    for mutation in chosen:
        start = time.monotonic()
        verdict = try_mutation(mutation, tree, build, log)
        survivors += not verdict.startswith("red")
        print(f"{mutation[0]:28} {mutation[1]:40} {verdict} ({time.monotonic() - start:.0f} s)", flush=True)
    print(f"{len(chosen)} defects, {len(chosen) - survivors} found, {survivors} not")
    return 1 if survivors else 0


if __name__ == "__main__":
    os.environ.setdefault("CTEST_PARALLEL_LEVEL", "1")
    sys.exit(main())
