# SPDX-License-Identifier: Apache-2.0
"""Writes case files (docs/case-format.md) with the standard library only. Used by the scripts beside it."""
import json
import math
import os
import struct
from dataclasses import dataclass, field

FORMATS = {"U8": "B", "I8": "b", "I16": "h", "I32": "i", "F32": "f", "F16": "e"}


@dataclass
class Tensor:
    """dtype as safetensors names it, the shape, and the elements as little-endian bytes."""
    dtype: str
    shape: list
    data: bytes
    packed: str = ""     # "s4" or "u4": two elements a byte, of `logical` shape
    logical: list = field(default_factory=list)

    @classmethod
    def of(cls, dtype, shape, values):
        values = list(values)
        return cls(dtype, list(shape), struct.pack(f"<{len(values)}{FORMATS[dtype]}", *values))

    def values(self):
        if self.packed:
            nibbles = [byte >> shift & 15 for byte in self.data for shift in (0, 4)][:math.prod(self.logical)]
            return [nibble - 16 if self.packed == "s4" and nibble > 7 else nibble for nibble in nibbles]
        return list(struct.unpack(f"<{len(self.data) // struct.calcsize(FORMATS[self.dtype])}{FORMATS[self.dtype]}", self.data))

    def reshaped(self, shape):
        return Tensor(self.dtype, list(shape), self.data)

    def metadata(self, name):
        """What a case says of a packed tensor."""
        return {f"{name}__type": self.packed, f"{name}__shape": write_list(self.logical)} if self.packed else {}


def write_case(path, op, tensors, source, **metadata):
    """Writes one case. A keyword's double underscore stands for the dot of a key: w__layout="oihw"."""
    entries = {"clqnn.case": "1", "op": op, "source": source}
    entries.update({key.replace("__", "."): str(value) for key, value in metadata.items()})
    header, offset = {"__metadata__": entries}, 0
    for name, tensor in tensors.items():
        header[name] = {"dtype": tensor.dtype, "shape": tensor.shape, "data_offsets": [offset, offset + len(tensor.data)]}
        offset += len(tensor.data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    partial = f"{path}.part"
    with open(partial, "wb") as stream:
        stream.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            stream.write(tensor.data)
    os.replace(partial, path)


def write_list(values):
    return ",".join(str(value) for value in values)
