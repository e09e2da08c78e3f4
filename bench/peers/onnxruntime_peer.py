#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ONNX Runtime behind clqnn bench: reads one JSON request a line from stdin, answers one JSON object a line on stdout.

hello   threads                             -> version, kernels
create  shape, types, files of raw data     -> ok; MatMulInteger for a 32-bit output, QLinearMatMul for an 8-bit one, weights constant
measure seconds                             -> ns (single calls), ns_pipelined (calls back to back)
result  path                                -> writes the raw output of the last call
destroy                                     -> ok
A request that fails answers {"error": reason}.
"""
import json
import sys
import time

ELEMENTS = {"f32": 1, "u8": 2, "s8": 3, "s32": 6}
NUMPY = {"f32": "float32", "u8": "uint8", "s8": "int8", "s32": "int32"}


def varint(value):
    out = bytearray()
    while True:
        out.append((value & 0x7F) | (0x80 if value > 0x7F else 0))
        value >>= 7
        if not value:
            return bytes(out)


def number(field, value):
    return varint(field << 3) + varint(value)


def block(field, data):
    data = data.encode() if isinstance(data, str) else data
    return varint(field << 3 | 2) + varint(len(data)) + data


def tensor(name, kind, array):
    dims = b"".join(number(1, size) for size in array.shape)
    return block(5, dims + number(2, ELEMENTS[kind]) + block(8, name) + block(9, array.tobytes()))


def value_info(field, name, kind, shape):
    dims = b"".join(block(1, number(1, size)) for size in shape)
    return block(field, block(1, name) + block(2, block(1, number(1, ELEMENTS[kind]) + block(2, dims))))


def node(op, inputs, output):
    return block(1, b"".join(block(1, name) for name in inputs) + block(2, output) + block(3, "product") + block(4, op))


def model(graph):
    return number(1, 8) + block(8, block(1, "") + number(2, 13)) + block(7, graph)


class Product:
    def __init__(self, ort, numpy, request):
        self.next = 0
        a_kind, b_kind, c_kind = request["types"]
        batch = [size for size in request["batch"] if size != 1]
        m, n, k = request["m"], request["n"], request["k"]
        b = numpy.fromfile(request["b"], NUMPY[b_kind]).reshape(batch + [k, n])
        graph = block(2, "g") + tensor("b", b_kind, b)

        def scalar(name, kind, value):
            return tensor(name, kind, numpy.array(value, NUMPY[kind]))

        if c_kind == "s32" and a_kind in ("u8", "s8"):
            graph += node("MatMulInteger", ["a", "b"], "c")
        elif c_kind in ("u8", "s8") and a_kind in ("u8", "s8"):
            scales = numpy.fromfile(request["b_scales"], "float32")
            if batch:  # a scale a column of each matrix
                scales = numpy.broadcast_to(scales, batch + [1, n]).copy()
            graph += tensor("b_scale", "f32", scales) + tensor("b_zero", b_kind, numpy.zeros(scales.shape, NUMPY[b_kind]))
            graph += scalar("a_scale", "f32", request["a_scale"]) + scalar("a_zero", a_kind, request["a_zero"])
            graph += scalar("c_scale", "f32", request["c_scale"]) + scalar("c_zero", c_kind, request["c_zero"])
            graph += node("QLinearMatMul", ["a", "a_scale", "a_zero", "b", "b_scale", "b_zero", "c_scale", "c_zero"], "c")
        else:
            raise ValueError("no single operator of these types")
        graph += value_info(11, "a", a_kind, batch + [m, k]) + value_info(12, "c", c_kind, batch + [m, n])
        options = ort.SessionOptions()
        options.use_per_session_threads = False  # many sessions, one pool: threads of idle sessions must not spin beside it
        options.log_severity_level = 3
        a = numpy.fromfile(request["a"], NUMPY[a_kind]).reshape(batch + [m, k])
        self.c = numpy.zeros(batch + [m, n], NUMPY[c_kind])
        self.calls = []
        for _ in range(request["copies"]):
            session = ort.InferenceSession(model(graph), options, providers=["CPUExecutionProvider"])
            binding = session.io_binding()
            binding.bind_ortvalue_input("a", ort.OrtValue.ortvalue_from_numpy(a))
            output = ort.OrtValue.ortvalue_from_numpy(self.c)
            binding.bind_ortvalue_output("c", output)
            self.calls.append((session, binding, output))
        self.call()

    def call(self):
        session, binding, self.output = self.calls[self.next]
        self.next = (self.next + 1) % len(self.calls)
        session.run_with_iobinding(binding)

    def measure(self, seconds):
        clock = time.perf_counter_ns
        begin = clock()
        for turn in range(50):
            self.call()
            if turn >= 2 and clock() - begin > 3e6:
                break
        single, half, begin = [], seconds * 0.5e9, clock()
        while not single or clock() - begin < half:
            start = clock()
            self.call()
            single.append(clock() - start)
        row = int(min(max(2e6 / min(single), 4), 2000))
        rows, begin = [], clock()
        while not rows or clock() - begin < half:
            start = clock()
            for _ in range(row):
                self.call()
            rows.append((clock() - start) / row)
        return {"ns": single, "ns_pipelined": min(rows)}


def main():
    try:
        import numpy
        import onnxruntime as ort
    except ImportError as error:
        print(json.dumps({"error": f"python3 cannot import it: {error}"}), flush=True)
        return
    product = None
    for line in sys.stdin:
        try:
            request = json.loads(line)
            command = request["command"]
            answer = {"ok": True}
            if command == "hello":
                ort.set_global_thread_pool_sizes(request["threads"], 1)
                answer = {"version": ort.__version__, "kernels": "MLAS"}
            elif command == "create":
                product = Product(ort, numpy, request)
            elif command == "measure":
                answer = product.measure(request["seconds"])
            elif command == "result":
                product.output.numpy().tofile(request["path"])
            elif command == "destroy":
                product = None
            else:
                answer = {"error": f"unknown command {command}"}
        except Exception as error:  # whatever fails is an answer: the other side waits for one
            answer = {"error": str(error).splitlines()[0] if str(error) else type(error).__name__}
        print(json.dumps(answer), flush=True)


main()
