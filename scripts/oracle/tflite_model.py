# SPDX-License-Identifier: Apache-2.0
"""One operator as a .tflite model in memory, run by TFLite's interpreter."""
from dataclasses import dataclass

import ai_edge_litert
import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType

VERSION = ai_edge_litert.__version__
RESOLVERS = {"reference": OpResolverType.BUILTIN_REF, "optimized": OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES, "delegates": OpResolverType.BUILTIN}
TYPES = {"int8": schema.TensorType.INT8, "uint8": schema.TensorType.UINT8, "int32": schema.TensorType.INT32, "float32": schema.TensorType.FLOAT32}


@dataclass
class Operand:
    """A tensor of a model. Given `values`, it is an input of the call, or part of the model where `constant`; else it is the result, whose shape TFLite computes."""
    dtype: str
    scale: np.ndarray = None
    zero_point: int = 0
    axis: int = 0
    values: np.ndarray = None
    constant: bool = False

    def quantization(self):
        out = schema.QuantizationParametersT()
        if self.scale is not None:
            out.scale, out.quantizedDimension = [float(value) for value in self.scale], self.axis
            out.zeroPoint = [self.zero_point] * len(self.scale)
        return out


def build(op, version, options, inputs, result):
    """The model's bytes. `options` is an object of the schema, such as Conv2DOptionsT, or None."""
    model, graph, node, code = schema.ModelT(), schema.SubGraphT(), schema.OperatorT(), schema.OperatorCodeT()
    model.version, model.buffers, model.subgraphs, model.operatorCodes = 3, [schema.BufferT()], [graph], [code]
    code.builtinCode, code.version = getattr(schema.BuiltinOperator, op), version
    code.deprecatedBuiltinCode = min(code.builtinCode, 127)
    graph.tensors, graph.inputs, graph.operators, node.inputs = [], [], [node], []
    for index, operand in enumerate([*inputs, result]):
        tensor = schema.TensorT()
        tensor.name, tensor.type, tensor.quantization = f"t{index}", TYPES[operand.dtype], operand.quantization()
        tensor.shape = [] if operand.values is None else list(operand.values.shape)
        if operand.constant:
            tensor.buffer = len(model.buffers)
            model.buffers.append(schema.BufferT())
            model.buffers[-1].data = np.frombuffer(np.ascontiguousarray(operand.values).tobytes(), np.uint8)
        elif operand is not result:
            graph.inputs.append(index)
        graph.tensors.append(tensor)
    node.inputs, node.outputs, graph.outputs = list(range(len(inputs))), [len(inputs)], [len(inputs)]
    if options is not None:
        node.builtinOptionsType = getattr(schema.BuiltinOptions, type(options).__name__[:-1])
        node.builtinOptions = options
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def fill(name, **fields):
    """An object of the schema with these fields."""
    out = getattr(schema, name)()
    for field, value in fields.items():
        setattr(out, field, value)
    return out


class Runtime:
    """TFLite's interpreter with one of its sets of kernels."""

    def __init__(self, kernels):
        self.kernels, self.resolver = kernels, RESOLVERS[kernels]

    def run(self, op, version, options, inputs, result):
        model = build(op, version, options, inputs, result)
        interpreter = Interpreter(model_content=model, experimental_op_resolver_type=self.resolver, num_threads=1)
        interpreter.allocate_tensors()
        for detail, operand in zip(interpreter.get_input_details(), [operand for operand in inputs if not operand.constant]):
            interpreter.set_tensor(detail["index"], operand.values)
        interpreter.invoke()
        return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])
