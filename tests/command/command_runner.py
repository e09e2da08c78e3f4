# SPDX-License-Identifier: Apache-2.0
"""Runs the command under test; used by every command_*_test.py."""
import json
import os
import struct
import subprocess

COMMAND = os.environ["CLQNN_COMMAND"]


def run(*words, folder=None, **environment):
    """The command's (exit status, stdout, stderr); an environment value of None removes the variable."""
    merged = dict(os.environ)
    for name, value in environment.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = value
    done = subprocess.run([COMMAND, *words], capture_output=True, text=True, cwd=folder, env=merged, timeout=280)
    return done.returncode, done.stdout, done.stderr


def run_json(*words, **environment):
    """(exit status, parsed stdout) with --json -."""
    status, out, _ = run(*words, "--json", "-", **environment)
    return status, json.loads(out)


def last_line(text):
    return text.rstrip("\n").split("\n")[-1]


def write_case(path, metadata, tensors):
    """A safetensors file; tensors: name -> (dtype, shape, bytes)."""
    header, data = {"__metadata__": metadata}, b""
    for name, (dtype, shape, raw) in tensors.items():
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def agrees_or_saturates(peer):
    """A peer's bytes must be the library's, but for oneDNN where it multiplies without VNNI: its 16-bit sums of pairs saturate."""
    return peer["agrees"] or peer.get("kernels") in ("SSE4.1", "AVX", "AVX2", "AVX-512")
