# SPDX-License-Identifier: Apache-2.0
"""Convolutions: one to three dimensions, groups down to depthwise with multiplier, dilation, strides, pads that differ, scales and zero points of w per channel."""
import numpy as np

from .draw import run


class Window:
    """Channels, extents and a window that fits them, by drawing."""

    def __init__(self, draw):
        pick = draw.random
        self.rank = int(pick.choice([1, 2, 2, 2, 3]))
        self.batch = int(pick.choice([1, 1, 2]))
        self.groups = int(pick.choice([1, 1, 1, 2, 3, 5, 16]))
        kind = pick.integers(3)  # depthwise at times
        self.inputs = self.groups * (1 if self.groups > 1 and kind else int(pick.choice([1, 2, 3, 4, 7, 16, 19])))
        self.outputs = self.groups * (int(pick.choice([1, 1, 2])) if self.groups > 1 and kind else int(pick.choice([1, 2, 5, 8, 16, 21])))
        self.kernel = [int(pick.choice([1, 2, 3, 3, 5])) for _ in range(self.rank)]
        self.strides = [int(pick.choice([1, 1, 2, 3])) for _ in range(self.rank)]
        self.dilations = [int(pick.choice([1, 1, 1, 2])) for _ in range(self.rank)]
        extents = [(k - 1) * d + 1 for k, d in zip(self.kernel, self.dilations)]
        self.pads = [int(pick.integers(extent)) for extent in extents] + [int(pick.integers(extent)) for extent in extents]
        self.input = [max(int(pick.choice([1, 2, 3, 5, 7, 9, 14])), extent - self.pads[i] - self.pads[self.rank + i]) for i, extent in enumerate(extents)]
        self.products = int(np.prod(self.kernel)) * self.inputs // self.groups

    def attributes(self):
        return {"kernel_shape": self.kernel, "strides": self.strides, "dilations": self.dilations, "pads": self.pads, "group": self.groups}

    def metadata(self):
        def text(values):
            return ",".join(map(str, values))
        return {"layout": "nchw", "w__layout": "oihw", "strides": text(self.strides), "pads": text(self.pads), "dilations": text(self.dilations),
                "groups": self.groups, "w__axis": 0}

    def operands(self, draw, x_type, w_type):
        x = draw.matrix(x_type, [self.batch, self.inputs] + self.input)
        return x, draw.matrix(w_type, [self.outputs, self.inputs // self.groups] + self.kernel, True)


def conv_integer(draw):
    window = Window(draw)
    x_type, w_type = "uint8", "uint8" if draw.random.integers(2) else "int8"  # what the CPU provider takes
    x, w = window.operands(draw, x_type, w_type)
    x_zero, w_zero = draw.zero_point(x_type, 1), draw.zero_point(w_type, 1)
    (y,) = run("ConvInteger", [("x", x), ("w", w), ("xz", x_zero.reshape(())), ("wz", w_zero.reshape(()))], 1, attributes=window.attributes())
    return "conv", {"x": x, "w": w, "y": y, "x.zero_point": x_zero, "w.zero_point": w_zero}, window.metadata()


def qlinear_conv(draw):
    window = Window(draw)
    x_type = "uint8" if draw.random.integers(2) else "int8"
    w_type = "int8" if x_type == "int8" or draw.random.integers(3) else "uint8"
    x, w = window.operands(draw, x_type, w_type)
    channels = draw.channels(window.outputs)
    x_scale, w_scale = draw.scale(1), draw.scale(channels)
    x_zero, y_zero = draw.zero_point(x_type, 1), draw.zero_point(x_type, 1)
    w_zero = np.repeat(draw.zero_point(w_type, 1), channels)  # ONNX Runtime: the same for all channels
    y_scale = (x_scale * w_scale.mean() * np.float32(40 * np.sqrt(window.products) + 1)).astype(np.float32)
    bias = draw.random.integers(-4000, 4000, size=window.outputs, dtype=np.int32) if draw.random.integers(3) else None
    shape = () if channels == 1 else (channels,)
    (y,) = run("QLinearConv", [("x", x), ("xs", x_scale.reshape(())), ("xz", x_zero.reshape(())), ("w", w), ("ws", w_scale.reshape(shape)),
                               ("wz", w_zero.reshape(shape)), ("ys", y_scale.reshape(())), ("yz", y_zero.reshape(())), ("b", bias)], 1,
               attributes=window.attributes())
    return "conv", {"x": x, "w": w, "bias": bias, "y": y, "x.scale": x_scale, "x.zero_point": x_zero, "w.scale": w_scale, "w.zero_point": w_zero,
                    "y.scale": y_scale, "y.zero_point": y_zero}, window.metadata()


KINDS = {"conv_integer": conv_integer, "qlinear_conv": qlinear_conv}
