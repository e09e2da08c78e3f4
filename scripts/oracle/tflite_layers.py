# SPDX-License-Identifier: Apache-2.0
"""CONV_2D, DEPTHWISE_CONV_2D, TRANSPOSE_CONV and FULLY_CONNECTED: int8 with weights scaled per channel or as a whole, and the older uint8 with a zero point of the weights."""
import numpy as np

from .tflite_draw import clamp_metadata, options, text, zero_points
from .tflite_model import Operand
from .tflite_rescaling import fixed_tensors, rounding_rule


def factors(x, w, y):
    """Real factors of the rescaling. Per channel TFLite multiplies doubles; with one scale for all it multiplies the two scales in binary32 first."""
    if len(w.scale) == 1:
        return [float(x.scale[0] * w.scale[0]) / float(y.scale[0])]
    return [float(x.scale[0]) * float(scale) / float(y.scale[0]) for scale in w.scale]


def weights(draw, dtype, shape, channels, axis):
    """Constant weights with a scale for each channel of `axis`, or one."""
    if dtype == "uint8":
        return Operand(dtype, draw.scale(), draw.zero_point(dtype), axis, draw.values(dtype, shape), True)
    scale = draw.scale() * np.exp(draw.random.uniform(-1, 1, size=draw.choose(1, channels, channels, channels))).astype(np.float32)
    return Operand(dtype, scale, 0, axis, draw.values(dtype, shape, True), True)


def finish(draw, op, version, chosen, activation, operands, products):
    """Adds bias and result, runs. Returns arrays of the case and its metadata."""
    x, w, channels = operands
    y_scale = (x.scale * w.scale.mean() * np.float32(40 * np.sqrt(products) + 1) * np.float32(draw.random.uniform(0.3, 2))).astype(np.float32)
    y = Operand(x.dtype, y_scale, draw.zero_point(x.dtype))
    bias = draw.random.integers(-4000, 4000, size=channels, dtype=np.int32)  # TFLite's quantized layers have one always
    result = draw.runtime.run(op, version, chosen, [x, w, Operand("int32", (x.scale * w.scale).astype(np.float32), values=bias, constant=True)], y)
    arrays = {"bias": bias, "y": result, **zero_points(y=y), **fixed_tensors(factors(x, w, y))}
    return arrays, {"requantize": rounding_rule(draw.runtime, op), **clamp_metadata(activation, y)}


class Window:
    """Extents, a kernel, strides and dilations of two dimensions, with TFLite's pads."""

    def __init__(self, draw, dilated=True):
        self.padding = draw.choose(0, 1)  # SAME, VALID
        self.kernel = [draw.choose(1, 2, 3, 3, 5) for _ in range(2)]
        self.strides = [draw.choose(1, 1, 2, 3) for _ in range(2)]
        self.dilations = [draw.choose(1, 1, 1, 2) if dilated and max(self.strides) == 1 else 1 for _ in range(2)]
        self.extents = [(k - 1) * d + 1 for k, d in zip(self.kernel, self.dilations)]
        self.input = [max(draw.choose(1, 2, 3, 5, 7, 9, 14), extent if self.padding else 1) for extent in self.extents]
        self.pads = self.same_pads(self.input)

    def same_pads(self, image):
        """All begins, then all ends. SAME covers ceil(image / stride) windows, the odd pixel at the end."""
        if self.padding:
            return [0] * 4
        total = [max((-(-size // s) - 1) * s + extent - size, 0) for size, s, extent in zip(image, self.strides, self.extents)]
        return [pad // 2 for pad in total] + [pad - pad // 2 for pad in total]

    def fields(self):
        return {"padding": self.padding, "strideH": self.strides[0], "strideW": self.strides[1]}

    def dilation_fields(self):
        return {"dilationHFactor": self.dilations[0], "dilationWFactor": self.dilations[1]}

    def metadata(self, groups=1):
        return {"layout": "nhwc", "w__layout": "ohwi", "strides": text(self.strides), "pads": text(self.pads), "dilations": text(self.dilations),
                "groups": groups}


def conv(draw):
    window, activation, dtype = Window(draw), draw.activation(), draw.dtype()
    groups = draw.choose(1, 1, 1, 2, 3) if dtype == "int8" else 1
    inputs, outputs = groups * draw.choose(1, 2, 3, 4, 7, 16, 19), groups * draw.choose(1, 2, 5, 8, 16, 21)
    x = draw.input(dtype, [draw.choose(1, 1, 2), *window.input, inputs])
    w = weights(draw, dtype, [outputs, *window.kernel, inputs // groups], outputs, 0)
    chosen = options("Conv2DOptionsT", activation, **window.fields(), **window.dilation_fields())
    arrays, more = finish(draw, "CONV_2D", 3, chosen, activation, (x, w, outputs), w.values[0].size)
    return "conv", {"x": x.values, "w": w.values, **zero_points(x=x, w=w), **arrays}, {**window.metadata(groups), **more}


def depthwise_conv(draw):
    window, activation, dtype = Window(draw), draw.activation(), draw.dtype()
    inputs, multiplier = draw.choose(1, 2, 3, 4, 7, 16, 19, 33), draw.choose(1, 1, 1, 2, 3)
    window.strides = [window.strides[0]] * 2  # other ratios are not in all of TFLite's kernels
    window.dilations = window.dilations if max(window.strides) == 1 else [1, 1]
    window.extents = [(k - 1) * d + 1 for k, d in zip(window.kernel, window.dilations)]
    window.pads = window.same_pads(window.input)
    x = draw.input(dtype, [draw.choose(1, 1, 2), *window.input, inputs])
    w = weights(draw, dtype, [1, *window.kernel, inputs * multiplier], inputs * multiplier, 3)
    chosen = options("DepthwiseConv2DOptionsT", activation, **window.fields(), **window.dilation_fields(), depthMultiplier=multiplier)
    arrays, more = finish(draw, "DEPTHWISE_CONV_2D", 3, chosen, activation, (x, w, inputs * multiplier), int(np.prod(window.kernel)))
    moved = np.moveaxis(w.values, 3, 0).reshape([inputs * multiplier, *window.kernel, 1])
    return "conv", {"x": x.values, "w": moved, **zero_points(x=x, w=w), **arrays}, {**window.metadata(inputs), **more}


def transpose_conv(draw):
    """The extents are those of the result: TFLite takes them as an input and pads so that the forward convolution would fit."""
    window, dtype = Window(draw, False), draw.dtype()
    inputs, outputs, batch = draw.choose(1, 2, 3, 4, 7, 16), draw.choose(1, 2, 5, 8, 16), draw.choose(1, 1, 2)
    image = [-(-size // s) if window.padding == 0 else (size - extent) // s + 1 for size, s, extent in zip(window.input, window.strides, window.extents)]
    x = draw.input(dtype, [batch, *image, inputs])
    w = weights(draw, dtype, [outputs, *window.kernel, inputs], outputs, 0)
    shape = Operand("int32", values=np.array([batch, *window.input, outputs], np.int32), constant=True)
    chosen = options("TransposeConvOptionsT", **window.fields())
    y_scale = (x.scale * w.scale.mean() * np.float32(40 * np.sqrt(w.values[0].size) + 1)).astype(np.float32)
    y = Operand(dtype, y_scale, draw.zero_point(dtype))
    result = draw.runtime.run("TRANSPOSE_CONV", 3, chosen, [shape, w, x], y)
    extra = [size - ((i - 1) * s + extent - window.pads[a] - window.pads[a + 2]) for a, (size, i, s, extent) in
             enumerate(zip(window.input, image, window.strides, window.extents))]
    arrays = {"x": x.values, "w": w.values, **zero_points(x=x, w=w, y=y), "y": result, **fixed_tensors(factors(x, w, y))}
    return "conv", arrays, {**window.metadata(), "transposed": 1, "output_padding": text(extra), "requantize": rounding_rule(draw.runtime, "TRANSPOSE_CONV")}


def fully_connected(draw):
    activation, dtype = draw.activation(), draw.dtype()
    m, n, k = (draw.choose(1, 2, 3, 5, 8, 16, 17, 33, 64, 65, 129) for _ in range(3))
    x = draw.input(dtype, [m, k])
    w = weights(draw, dtype, [n, k], n, 0)
    arrays, more = finish(draw, "FULLY_CONNECTED", 4, options("FullyConnectedOptionsT", activation), activation, (x, w, n), k)
    return "gemm", {"a": x.values, "b": w.values, **zero_points(a=x, b=w), **arrays}, {"b__layout": "nk", **more}


KINDS = {"conv": conv, "depthwise_conv": depthwise_conv, "transpose_conv": transpose_conv, "fully_connected": fully_connected}
