#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a network that an example has exported as ONNX with the same weights, runs it in ONNX Runtime and compares.

    python3 -m venv /tmp/onnx && /tmp/onnx/bin/pip install onnxruntime onnx numpy
    build/release/bin/resnet50_int8 --export /tmp/resnet50.safetensors
    /tmp/onnx/bin/python scripts/network_onnx.py /tmp/resnet50.safetensors --example build/release/bin/resnet50_int8

Two graphs of the same network, of quantized operators (QLinearConv, MaxPool, QLinearGlobalAveragePool, QGemm):
  exact   residual sums as DequantizeLinear, Add and QuantizeLinear, whose result ONNX defines. Run without graph optimizations; the output of every
          layer must be the exported one, byte for byte.
  fast    residual sums as QLinearAdd, run with all optimizations; this one is timed. ONNX Runtime's QLinearAdd rounds otherwise than that definition
          (docs/numerics.md): bytes may differ from the first residual sum on, which is looked for without optimizations, and not before.
With --example the example is timed too, in turns with ONNX Runtime. Exit status: 0 if every byte that must agree does, else 1; 2 where a package is missing.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass

try:
    import numpy as np
    import onnx
    from onnx import TensorProto, helper, numpy_helper
except ImportError as error:
    if "--help" not in sys.argv and "-h" not in sys.argv:
        print(f"{error}: this script needs the packages onnx and numpy, and onnxruntime to run what it writes (--help)", file=sys.stderr)
        sys.exit(2)
try:
    import onnxruntime
except ImportError:
    onnxruntime = None

DTYPES = {"U8": "<u1", "I8": "<i1", "I32": "<i4", "F32": "<f4"}
TURNS = 3


@dataclass
class Layer:
    index: int
    name: str
    kind: str
    input: int
    output: int
    residual: int
    kernel: int
    stride: int
    groups: int


class Network:
    """An exported file: arrays by name, and the layers in order."""

    def __init__(self, path):
        with open(path, "rb") as stream:
            size = int.from_bytes(stream.read(8), "little")
            header = json.loads(stream.read(size))
            data = stream.read()
        metadata = header.pop("__metadata__")
        self.name, self.arrays, self.layers = metadata["network"], {}, []
        for name, entry in header.items():
            begin, end = entry["data_offsets"]
            self.arrays[name] = np.frombuffer(data[begin:end], DTYPES[entry["dtype"]]).reshape(entry["shape"])
        while f"layer.{len(self.layers)}" in metadata:
            words = metadata[f"layer.{len(self.layers)}"].split(" ")
            self.layers.append(Layer(len(self.layers), words[0], words[1], *[int(word) for word in words[2:]]))

    def activation(self, tensor):
        """Channels first, as ONNX has them."""
        return np.ascontiguousarray(self.arrays[f"activation.{tensor}"].transpose(0, 3, 1, 2))


class Graph:
    """Nodes and constants of one model. Tensor t of the network is the value "t<t>"."""

    def __init__(self, network, fast, every_output):
        self.network, self.fast, self.every_output, self.nodes, self.constants = network, fast, every_output, [], {}
        for layer in network.layers:
            getattr(self, layer.kind)(layer)

    def constant(self, name, array):
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.array(array, order="C"), name)
        return name

    def node(self, op, inputs, output, domain="", **attributes):
        self.nodes.append(helper.make_node(op, inputs, [output], name=f"{op}_{output}", domain=domain, **attributes))

    def scale_and_zero(self, name, scale, zero):
        return [self.constant(f"{name}_scale", np.float32(scale)), self.constant(f"{name}_zero", np.uint8(zero))]

    def of_tensor(self, tensor):
        arrays = self.network.arrays
        return self.scale_and_zero(f"t{tensor}", arrays["scales"][tensor], arrays["zero_points"][tensor])

    def of_own_result(self, index):
        arrays = self.network.arrays
        return self.scale_and_zero(f"own{index}", arrays["own_scales"][index], arrays["own_zero_points"][index])

    def weights(self, layer):
        arrays, n = self.network.arrays, layer.index
        weights = arrays[f"weights.{n}"].transpose(0, 3, 1, 2)
        if layer.kind == "fully_connected":
            weights = weights.reshape(weights.shape[0], -1)
        names = [self.constant(f"w{n}", weights), self.constant(f"w{n}_scale", arrays[f"weight_scales.{n}"]),
                 self.constant(f"w{n}_zero", np.zeros(len(weights), np.int8))]
        return names, self.constant(f"w{n}_bias", arrays[f"bias.{n}"])

    def conv(self, layer):
        weights, bias = self.weights(layer)
        own = self.of_tensor(layer.output) if layer.residual < 0 else self.of_own_result(layer.index)
        result = f"t{layer.output}" if layer.residual < 0 else f"own{layer.index}"
        pad = layer.kernel // 2
        self.node("QLinearConv", [f"t{layer.input}", *self.of_tensor(layer.input), *weights, *own, bias], result, kernel_shape=[layer.kernel] * 2,
                  strides=[layer.stride] * 2, pads=[pad] * 4, group=layer.groups)
        if layer.residual >= 0:
            self.add(result, own, layer)

    def add(self, result, own, layer):
        residual, quantization, output = f"t{layer.residual}", self.of_tensor(layer.residual), f"t{layer.output}"
        if self.fast:
            self.node("QLinearAdd", [result, *own, residual, *quantization, *self.of_tensor(layer.output)], output, "com.microsoft")
            return
        self.node("DequantizeLinear", [result, *own], f"{output}_left")
        self.node("DequantizeLinear", [residual, *quantization], f"{output}_right")
        self.node("Add", [f"{output}_left", f"{output}_right"], f"{output}_sum")
        self.node("QuantizeLinear", [f"{output}_sum", *self.of_tensor(layer.output)], output)

    def max_pool(self, layer):
        self.node("MaxPool", [f"t{layer.input}"], f"t{layer.output}", kernel_shape=[layer.kernel] * 2, strides=[layer.stride] * 2, pads=[layer.kernel // 2] * 4)

    def global_average(self, layer):
        self.node("QLinearGlobalAveragePool", [f"t{layer.input}", *self.of_tensor(layer.input), *self.of_tensor(layer.output)], f"t{layer.output}",
                  "com.microsoft", channels_last=0)

    def fully_connected(self, layer):
        weights, bias = self.weights(layer)
        flat = f"t{layer.input}_flat"
        self.node("Flatten", [f"t{layer.input}"], flat)
        self.node("QGemm", [flat, *self.of_tensor(layer.input), *weights, bias, *self.of_tensor(layer.output)], f"t{layer.output}", "com.microsoft", transB=1)

    def model(self):
        layers = self.network.layers
        outputs = [layer.output for layer in (layers if self.every_output else layers[-1:])]
        graph = helper.make_graph(self.nodes, self.network.name,
                                  [helper.make_tensor_value_info("t0", TensorProto.UINT8, self.network.activation(0).shape)],
                                  [helper.make_tensor_value_info(f"t{tensor}", TensorProto.UINT8, None) for tensor in outputs], list(self.constants.values()))
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13), helper.make_opsetid("com.microsoft", 1)], ir_version=8)


def open_session(model, threads, optimized):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads, options.log_severity_level = threads, 1, 3
    levels = onnxruntime.GraphOptimizationLevel
    options.graph_optimization_level = levels.ORT_ENABLE_ALL if optimized else levels.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def difference(got, expected):
    """(how many elements differ, by how much at most)."""
    apart = np.abs(got.reshape(-1).astype(np.int32) - expected.reshape(-1).astype(np.int32))
    return int(np.count_nonzero(apart)), int(apart.max(initial=0))


def first_difference(network, model, threads):
    """Runs a model of every output without optimizations: (the first layer that differs from the exported one, its elements that differ, how much)."""
    session = open_session(model, threads, False)
    names = [output.name for output in session.get_outputs()]
    got = dict(zip(names, session.run(names, {"t0": network.activation(0)})))
    for layer in network.layers:
        count, most = difference(got[f"t{layer.output}"], network.activation(layer.output))
        if count:
            return layer, f"{count} of {got[f't{layer.output}'].size} elements, by at most {most}"
    return None, ""


def compare_exact(network, options):
    """Prints and returns whether the output of every layer is the exported one."""
    layer, apart = first_difference(network, Graph(network, False, True).model(), options.threads)
    if layer:
        print(f"exact      DIFFERENT: layer {layer.name}, {apart}")
    else:
        print(f"exact      equal: every byte of the output of all {len(network.layers)} layers")
    return layer is None


def compare_fast(network, session, options):
    """Prints what QLinearAdd changes, and returns whether nothing else does."""
    expected = network.activation(network.layers[-1].output)
    count, most = difference(session.run(None, {"t0": network.activation(0)})[0], expected)
    print(f"fast       {count} of {expected.size} values of the network's output differ, by at most {most}")
    layer, apart = first_difference(network, Graph(network, True, True).model(), options.threads)
    if layer:
        print(f"           first in layer {layer.name}, {'a QLinearAdd' if layer.residual >= 0 else 'NOT A SUM'}: {apart}")
    return layer is None or layer.residual >= 0


def time_session(session, image, runs):
    """Milliseconds of each run."""
    for _ in range(5):
        session.run(None, {"t0": image})
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        session.run(None, {"t0": image})
        times.append(1e3 * (time.perf_counter() - start))
    return times


def time_example(command):
    """(least, median) milliseconds an image, as the example prints them."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"speed +([0-9.]+) ms an image at best, ([0-9.]+) ms median", done.stdout)
    if done.returncode != 0 or not found:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return float(found[1]), float(found[2])


def compare_times(network, session, options):
    image = network.activation(0)
    batch = image.shape[0]
    runtime, example = [], []
    for _ in range(TURNS if options.example else 1):
        runtime += time_session(session, image, options.runs)
        if options.example:
            example.append(time_example([options.example, "--no-reference", "--runs", str(options.runs), *options.arguments]))
    best, median = min(runtime) / batch, float(np.median(runtime)) / batch
    print(f"{f'ONNX Runtime {onnxruntime.__version__}, {options.threads} threads':28}: {best:8.3f} ms an image at best, {median:8.3f} ms median")
    if example:
        ours_best, ours_median = min(times[0] for times in example), float(np.median([times[1] for times in example]))
        print(f"{network.name:28}: {ours_best:8.3f} ms an image at best, {ours_median:8.3f} ms median")
        print(f"{'times as fast':28}: {best / ours_best:8.2f} at best, {median / ours_median:8.2f} median")


def run(network, fast, options):
    session = open_session(fast, options.threads, True)
    equal = compare_exact(network, options)
    equal = compare_fast(network, session, options) and equal
    if options.runs:
        compare_times(network, session, options)
    return equal


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("exported", help="what the example's --export wrote")
    parser.add_argument("-o", "--output", help="folder for the two models; default: they are not kept")
    parser.add_argument("--runs", type=int, default=50, help="timed runs; 0 for none (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="of ONNX Runtime (default: all, %(default)s)")
    parser.add_argument("--example", help="program to time beside ONNX Runtime, in turns")
    parser.epilog = "After --: further arguments of the example, those that the export was made with."
    words = sys.argv[1:]
    end = words.index("--") if "--" in words else len(words)
    options = parser.parse_args(words[:end])
    options.arguments = words[end + 1:]
    network = Network(options.exported)
    exact, fast = Graph(network, False, False).model(), Graph(network, True, False).model()
    if options.output:
        os.makedirs(options.output, exist_ok=True)
        for name, model in (("exact", exact), ("fast", fast)):
            path = os.path.join(options.output, f"{network.name}_{name}.onnx")
            onnx.save(model, path)
            print(f"written    {path}")
    if onnxruntime is None:
        print("ONNX Runtime is not installed (pip install onnxruntime): nothing was run", file=sys.stderr)
        return 0 if options.output else 2
    return 0 if run(network, fast, options) else 1


if __name__ == "__main__":
    sys.exit(main())
