#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ONNX Runtime behind clqnn bench: reads one JSON request a line from stdin, answers one JSON object a line on stdout.

hello   threads                             -> version, kernels
create  shape, types, files of raw data     -> ok; MatMulInteger for a 32-bit output, QLinearMatMul for an 8-bit one, of a convolution ONNX Runtime's own
                                               QLinearConv with its channels last, as its graphs use it between layers; MatMul or MatMulNBits of f32 for a
                                               product of floats ("group" is there then), Conv with its channels first for a convolution of floats; weights
                                               constant
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


def attribute(name, value):
    if isinstance(value, int):
        return block(5, block(1, name) + number(3, value) + number(20, 2))
    return block(5, block(1, name) + b"".join(number(8, item) for item in value) + number(20, 7))


def node(op, inputs, output, domain="", attributes=b""):
    return block(1, b"".join(block(1, name) for name in inputs) + block(2, output) + block(3, "product") + block(4, op) + attributes + block(7, domain))


def model(graph):
    return number(1, 8) + block(8, block(1, "") + number(2, 13)) + block(8, block(1, "com.microsoft") + number(2, 1)) + block(7, graph)


def scalar(numpy, name, kind, value):
    return tensor(name, kind, numpy.array(value, NUMPY[kind]))


def quantization(numpy, request, b_scales, b_kind):
    """Scales and zero points of a, b and c, in the operators' order of names."""
    a_kind, c_kind = request["types"][0], request["types"][2]
    return (tensor("b_scale", "f32", b_scales) + tensor("b_zero", b_kind, numpy.zeros(b_scales.shape, NUMPY[b_kind])) +
            scalar(numpy, "a_scale", "f32", request["a_scale"]) + scalar(numpy, "a_zero", a_kind, request["a_zero"]) +
            scalar(numpy, "c_scale", "f32", request["c_scale"]) + scalar(numpy, "c_zero", c_kind, request["c_zero"]))


NAMES = ["a", "a_scale", "a_zero", "b", "b_scale", "b_zero", "c_scale", "c_zero"]


def gemm_graph(numpy, request):
    """The graph's body, shapes of a and c."""
    a_kind, b_kind, c_kind = request["types"]
    batch, (m, n, k) = [size for size in request["batch"] if size != 1], request["gemm"]
    graph = tensor("b", b_kind, numpy.fromfile(request["b"], NUMPY[b_kind]).reshape(batch + [k, n]))
    if c_kind == "s32" and a_kind in ("u8", "s8"):
        graph += node("MatMulInteger", ["a", "b"], "c")
    elif c_kind in ("u8", "s8") and a_kind in ("u8", "s8"):
        scales = numpy.fromfile(request["b_scales"], "float32")
        if batch:  # a scale a column of each matrix
            scales = numpy.broadcast_to(scales, batch + [1, n]).copy()
        graph += quantization(numpy, request, scales, b_kind) + node("QLinearMatMul", NAMES, "c")
    else:
        raise ValueError("no single operator of these types")
    return graph, batch + [m, k], batch + [m, n]


def conv_graph(numpy, request):
    _, b_kind, c_kind = request["types"]
    batch, inputs, outputs, groups, transposed = request["conv"]
    if transposed or c_kind not in ("u8", "s8"):
        raise ValueError("no single operator of this convolution")
    weights = numpy.fromfile(request["b"], NUMPY[b_kind]).reshape([outputs] + request["kernel"] + [inputs // groups])
    weights = numpy.ascontiguousarray(numpy.moveaxis(weights, -1, 1))
    graph = tensor("b", b_kind, weights) + tensor("bias", "s32", numpy.fromfile(request["bias"], "int32"))
    graph += quantization(numpy, request, numpy.fromfile(request["b_scales"], "float32"), b_kind)
    attributes = attribute("kernel_shape", request["kernel"]) + attribute("strides", request["strides"]) + attribute("dilations", request["dilations"])
    attributes += attribute("pads", request["pad_begin"] + request["pad_end"]) + attribute("group", groups) + attribute("channels_last", 1)
    graph += node("QLinearConv", NAMES + ["bias"], "c", "com.microsoft", attributes)
    return graph, [batch] + request["input"] + [inputs], [batch] + request["output"] + [outputs]


def nbits_weights(numpy, request):
    """B [n][blocks][bytes of a block] of MatMulNBits from the dense [k][n] tensor, as unsigned numbers; its zero points [n][bytes] or None."""
    kind, (_, n, k), size = request["types"][1], request["gemm"], request["group"]
    bits, blocks = {"u4": 4, "s4": 4, "u8": 8, "s8": 8}[kind], -(-k // size)
    codes = numpy.fromfile(request["b"], "uint8")
    if bits == 4:
        codes = numpy.stack([codes & 15, codes >> 4], axis=1).reshape(-1)[:k * n]
    if kind[0] == "s":  # MatMulNBits has the middle of the range as its default zero point
        codes ^= 1 << bits - 1
    padded = numpy.zeros((n, blocks * size), "uint8")
    padded[:, :k] = codes.reshape(k, n).T
    zeros = numpy.fromfile(request["zeros"], "uint8").reshape(blocks, n).T if "zeros" in request else None
    if bits == 4:
        padded = padded[:, ::2] | padded[:, 1::2] << 4
        if zeros is not None:
            zeros = numpy.concatenate([zeros, numpy.zeros((n, blocks % 2), "uint8")], axis=1)
            zeros = zeros[:, ::2] | zeros[:, 1::2] << 4
    return bits, padded.reshape(n, blocks, size * bits // 8), zeros


def nbits_graph(numpy, request):
    if request["types"][1] not in ("u4", "s4", "u8", "s8") or request["group"] < 16 or request["group"] & request["group"] - 1:
        raise ValueError("MatMulNBits has no such weights or groups")
    m, n, k = request["gemm"]
    bits, weights, zeros = nbits_weights(numpy, request)
    scales = numpy.ascontiguousarray(numpy.fromfile(request["b_scales"], "float32").reshape(-1, n).T)
    graph = tensor("b", "u8", weights) + tensor("b_scale", "f32", scales.reshape(-1))
    names = ["a", "b", "b_scale"]
    if zeros is not None:
        graph += tensor("b_zero", "u8", numpy.ascontiguousarray(zeros).reshape(-1))
        names.append("b_zero")
    # 4: a in 8 bits; 1: all in f32, which its kernels have for 4 bits only: of 8 bits it would write all of b as f32 in each call
    attributes = attribute("K", k) + attribute("N", n) + attribute("bits", bits) + attribute("block_size", request["group"])
    attributes += attribute("accuracy_level", 4 if request["quantize_a"] or bits == 8 else 1)
    return graph + node("MatMulNBits", names, "c", "com.microsoft", attributes), [m, k], [m, n]


def float_conv_graph(numpy, request):
    """Conv knows channels first only; `flip` moves them."""
    batch, inputs, outputs, groups, transposed = request["conv"]
    if transposed:
        raise ValueError("no single operator of this convolution")
    weights = numpy.fromfile(request["b"], "float32").reshape([outputs] + request["kernel"] + [inputs // groups])
    graph = tensor("b", "f32", numpy.ascontiguousarray(numpy.moveaxis(weights, -1, 1)))
    attributes = attribute("kernel_shape", request["kernel"]) + attribute("strides", request["strides"]) + attribute("dilations", request["dilations"])
    attributes += attribute("pads", request["pad_begin"] + request["pad_end"]) + attribute("group", groups)
    return graph + node("Conv", ["a", "b"], "c", "", attributes), [batch, inputs] + request["input"], [batch, outputs] + request["output"]


def float_graph(numpy, request):
    if "conv" in request:
        return float_conv_graph(numpy, request)
    if request["group"]:
        return nbits_graph(numpy, request)
    batch, (m, n, k) = [size for size in request["batch"] if size != 1], request["gemm"]
    weights = tensor("b", "f32", numpy.fromfile(request["b"], "float32").reshape(batch + [k, n]))
    return weights + node("MatMul", ["a", "b"], "c"), batch + [m, k], batch + [m, n]


def make_call(ort, graph, a, c, all_optimizations):
    options = ort.SessionOptions()
    options.use_per_session_threads = False  # many sessions, one pool: threads of idle sessions must not spin beside it
    options.log_severity_level = 3
    if not all_optimizations:
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    session = ort.InferenceSession(model(graph), options, providers=["CPUExecutionProvider"])
    binding = session.io_binding()
    binding.bind_ortvalue_input("a", ort.OrtValue.ortvalue_from_numpy(a))
    output = ort.OrtValue.ortvalue_from_numpy(c)
    binding.bind_ortvalue_output("c", output)
    return session, binding, output


class Product:
    def __init__(self, ort, numpy, request):
        self.next = 0
        floats = "group" in request
        a_kind, c_kind = ("f32", "f32") if floats else (request["types"][0], request["types"][2])
        draw = float_graph if floats else conv_graph if "conv" in request else gemm_graph
        body, a_shape, c_shape = draw(numpy, request)
        graph = block(2, "g") + body + value_info(11, "a", a_kind, a_shape) + value_info(12, "c", c_kind, c_shape)
        self.channels_first = floats and "conv" in request
        a = numpy.fromfile(request["a"], NUMPY[a_kind])
        if self.channels_first:  # moved here, not in a timed call
            a = numpy.ascontiguousarray(numpy.moveaxis(a.reshape(a_shape[:1] + a_shape[2:] + a_shape[1:2]), -1, 1))
        a = a.reshape(a_shape)
        c = numpy.zeros(c_shape, NUMPY[c_kind])
        self.calls = [make_call(ort, graph, a, c, True) for _ in range(request["copies"])]
        if self.channels_first:  # its blocked layout costs two moves of an operator by itself: the faster of with and without
            blocked, plain = self.calls, [make_call(ort, graph, a, c, False)]
            times = []
            for self.calls in (blocked, plain):
                times.append(self.measure(0.05)["ns_pipelined"])
            self.calls = blocked if times[0] <= times[1] else plain
        self.call()

    def call(self):
        session, binding, self.output = self.calls[self.next]
        self.next = (self.next + 1) % len(self.calls)
        session.run_with_iobinding(binding)

    def result(self, numpy):
        c = self.output.numpy()
        return numpy.ascontiguousarray(numpy.moveaxis(c, 1, -1)) if self.channels_first else c

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
                product.result(numpy).tofile(request["path"])
            elif command == "destroy":
                product = None
            else:
                answer = {"error": f"unknown command {command}"}
        except Exception as error:  # whatever fails is an answer: the other side waits for one
            answer = {"error": str(error).splitlines()[0] if str(error) else type(error).__name__}
        print(json.dumps(answer), flush=True)


main()
