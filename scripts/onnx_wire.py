# SPDX-License-Identifier: Apache-2.0
"""Reads the parts of ONNX files that single-node tests use, straight from the protobuf wire format: no package needed."""
import struct

from case_file_writer import FORMATS, Tensor

# TensorProto.DataType: (safetensors' name, whether int32_data holds it)
DATA_TYPES = {1: "F32", 2: "U8", 3: "I8", 5: "I16", 6: "I32", 10: "F16"}
PACKED_TYPES = {21: "u4", 22: "s4"}
OTHER_TYPES = {4: "uint16", 7: "int64", 11: "double", 16: "bfloat16", 17: "float8e4m3fn", 19: "float8e5m2",
               23: "float4e2m1", 25: "uint2", 26: "int2"}


class Unsupported(Exception):
    """A file that has no place in a case; the text says why."""


def read_varint(data, at):
    value, shift = 0, 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def signed(value):
    """A varint of an int32 or int64 field: two's complement in 64 bits."""
    return value - (1 << 64) if value >= 1 << 63 else value


def fields(data):
    """Yields (number, value): an int for varints, bytes for everything else."""
    at = 0
    while at < len(data):
        key, at = read_varint(data, at)
        number, wire = key >> 3, key & 7
        if wire == 0:
            value, at = read_varint(data, at)
        else:
            if wire == 2:
                size, at = read_varint(data, at)
            elif wire in (1, 5):
                size = 8 if wire == 1 else 4
            else:
                raise Unsupported(f"wire type {wire}")
            value, at = data[at:at + size], at + size
        yield number, value


def integers(value):
    """A repeated integer field, packed or one by one."""
    if isinstance(value, int):
        return [signed(value)]
    out, at = [], 0
    while at < len(value):
        one, at = read_varint(value, at)
        out.append(signed(one))
    return out


def parse_tensor(data):
    """(name, Tensor) of a TensorProto."""
    name, kind, shape, raw, listed, floats = "", 0, [], None, [], b""
    for number, value in fields(data):
        if number == 1:
            shape += integers(value)
        elif number == 2:
            kind = value
        elif number == 4:
            floats += value
        elif number == 5:
            listed += integers(value)
        elif number == 8:
            name = value.decode()
        elif number == 9:
            raw = value
    if kind in PACKED_TYPES:
        packed = raw if raw is not None else bytes(value & 255 for value in listed)
        return name, Tensor("U8", [len(packed)], packed, PACKED_TYPES[kind], shape)
    if kind not in DATA_TYPES:
        raise Unsupported(f"tensor '{name}' of type {OTHER_TYPES.get(kind, kind)}")
    dtype = DATA_TYPES[kind]
    if raw is None:
        if dtype == "F32":
            raw = floats
        elif dtype == "F16":
            raw = struct.pack(f"<{len(listed)}H", *listed)
        else:
            raw = struct.pack(f"<{len(listed)}{FORMATS[dtype]}", *listed)
    return name, Tensor(dtype, shape, raw)


def parse_attribute(data):
    name, value = "", None
    for number, field in fields(data):
        if number == 1:
            name = field.decode()
        elif number == 2:
            value = struct.unpack("<f", field)[0]
        elif number == 3:
            value = signed(field)
        elif number == 4:
            value = field.decode()
        elif number == 8:
            value = (value or []) + integers(field)
    return name, value


class Node:
    """A node: operator, names of its inputs ('' where one is left out) and outputs, attributes."""

    def __init__(self, data):
        self.op, self.inputs, self.outputs, self.attributes = "", [], [], {}
        for number, value in fields(data):
            if number == 1:
                self.inputs.append(value.decode())
            elif number == 2:
                self.outputs.append(value.decode())
            elif number == 4:
                self.op = value.decode()
            elif number == 5:
                name, attribute = parse_attribute(value)
                self.attributes[name] = attribute


class Model:
    """Nodes, constants and the order of the inputs and outputs of a ModelProto."""

    def __init__(self, path):
        self.nodes, self.constants, self.inputs, self.outputs = [], {}, [], []
        with open(path, "rb") as stream:
            graphs = [value for number, value in fields(stream.read()) if number == 7]
        for number, value in fields(graphs[0]):
            if number == 1:
                self.nodes.append(Node(value))
            elif number == 5:
                name, tensor = parse_tensor(value)
                self.constants[name] = tensor
            elif number in (11, 12):
                names = [field.decode() for key, field in fields(value) if key == 1]
                (self.inputs if number == 11 else self.outputs).append(names[0])


def read_tensor(path):
    with open(path, "rb") as stream:
        return parse_tensor(stream.read())[1]
