# SPDX-License-Identifier: Apache-2.0
"""safetensors_package_test.py COPY: a file of the Python package safetensors, copied by COPY, is read by that package as what it was, in every type that
numpy has. Exits with 77 where the package or numpy is missing."""
import os
import subprocess
import sys
import tempfile

try:
    import numpy
    from safetensors import safe_open
    from safetensors.numpy import load_file, save_file
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

TYPES = ["bool", "uint8", "int8", "uint16", "int16", "float16", "uint32", "int32", "float32", "uint64", "int64", "float64"]
SHAPES = [(), (1,), (7,), (2, 3), (0, 4), (2, 1, 3, 1, 2)]

random = numpy.random.default_rng(7)
tensors = {f"{name}.{i}": numpy.array(random.normal(size=shape) * 50).astype(name) for name in TYPES for i, shape in enumerate(SHAPES)}
texts = {"format": "np", "note": "quoted \"text\", a line\nbreak, \u043a\u043b\u044e\u0447"}
with tempfile.TemporaryDirectory() as folder:
    theirs, ours = os.path.join(folder, "theirs.safetensors"), os.path.join(folder, "ours.safetensors")
    save_file(tensors, theirs, metadata=texts)
    subprocess.run([sys.argv[1], theirs, ours], check=True)
    copied = load_file(ours)
    with safe_open(ours, framework="np") as file:
        assert file.metadata() == texts, file.metadata()
    assert sorted(copied) == sorted(tensors), sorted(copied)
    for name, tensor in tensors.items():
        assert copied[name].dtype == tensor.dtype and copied[name].shape == tensor.shape, (name, copied[name].dtype, copied[name].shape)
        assert copied[name].tobytes() == tensor.tobytes(), name
print(f"{len(tensors)} tensors")
