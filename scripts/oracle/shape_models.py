# SPDX-License-Identifier: Apache-2.0
"""Pooling, concat, softmax and resize: ONNX's MaxPool and nearest Resize on 8-bit tensors, which define their results, and ONNX Runtime's own QLinearAveragePool, QLinearGlobalAveragePool,
QLinearConcat and QLinearSoftmax. Its averages are sums of floats, its softmax divides floats, its linear Resize cuts off fractions: those cases allow a difference of one."""
import numpy as np

from .draw import run, scalar

OFF_BY_ONE = {"tolerance": "abs=1"}


def text(values):
    return ",".join(map(str, values))


def dtype_of(draw):
    return "uint8" if draw.random.integers(2) else "int8"


def image(draw, dtype, rank):
    """n, c and extents; channels around the width of vectors."""
    shape = [int(draw.random.choice([1, 1, 2])), int(draw.random.choice([1, 2, 3, 7, 16, 17, 33, 64, 65]))]
    return draw.matrix(dtype, shape + [int(draw.random.choice([1, 2, 3, 5, 7, 8, 14, 20])) for _ in range(rank)])


class Window:
    """A window that fits the extents. Pads are smaller than the kernel, so that every window sees a pixel."""

    def __init__(self, draw, extents, dilated):
        pick, rank = draw.random, len(extents)
        self.kernel = [int(pick.choice([1, 2, 3, 3, 5])) for _ in extents]
        self.strides = [int(pick.choice([1, 2, 2, 3])) for _ in extents]
        self.dilations = [int(pick.choice([1, 1, 2])) if dilated else 1 for _ in extents]
        self.pads = [int(pick.integers(k)) for k in self.kernel] + [int(pick.integers(k)) for k in self.kernel]
        for i, extent in enumerate(extents):
            while (self.kernel[i] - 1) * self.dilations[i] + 1 > extent + self.pads[i] + self.pads[rank + i]:
                self.kernel[i], self.dilations[i] = self.kernel[i] - 1, 1
                self.pads[i], self.pads[rank + i] = min(self.pads[i], self.kernel[i] - 1), min(self.pads[rank + i], self.kernel[i] - 1)
            if self.dilations[i] > 1:  # a dilated window beside the image may have no tap in it
                self.pads[i] = self.pads[rank + i] = 0
                if (self.kernel[i] - 1) * self.dilations[i] + 1 > extent:
                    self.dilations[i] = self.kernel[i] = 1

    def attributes(self):
        return {"kernel_shape": self.kernel, "strides": self.strides, "pads": self.pads}

    def metadata(self):
        return {"layout": "nchw", "kernel": text(self.kernel), "strides": text(self.strides), "pads": text(self.pads)}


def max_pool(draw):
    x = image(draw, dtype_of(draw), int(draw.random.choice([1, 2, 2, 3])))
    window = Window(draw, x.shape[2:], True)
    (y,) = run("MaxPool", [("x", x)], 1, attributes={**window.attributes(), "dilations": window.dilations})
    return "pool", {"x": x, "y": y}, {"kind": "max", **window.metadata(), "dilations": text(window.dilations)}


def parameters(draw, dtype, near=None):
    scale = draw.scale(1) if near is None else (near * np.float32(draw.random.uniform(0.7, 1.5))).astype(np.float32)
    return scale, draw.zero_point(dtype, 1)


def requantized(draw, op, x, kind, attributes, metadata):
    dtype = x.dtype.name
    x_scale, x_zero = parameters(draw, dtype)
    y_scale, y_zero = parameters(draw, dtype, x_scale)
    (y,) = run(op, [("x", x), ("xs", scalar(x_scale)), ("xz", scalar(x_zero)), ("ys", scalar(y_scale)), ("yz", scalar(y_zero))], 1, "com.microsoft", attributes)
    arrays = {"x": x, "y": y, "x.scale": x_scale, "x.zero_point": x_zero, "y.scale": y_scale, "y.zero_point": y_zero}
    return "pool", arrays, {"kind": kind, **metadata, **OFF_BY_ONE}


def qlinear_average_pool(draw):
    x = image(draw, dtype_of(draw), int(draw.random.choice([1, 2, 2])))
    window, include = Window(draw, x.shape[2:], False), int(draw.random.integers(2))
    return requantized(draw, "QLinearAveragePool", x, "average", {**window.attributes(), "count_include_pad": include}, {**window.metadata(), "count_include_pad": include})


def qlinear_global_average_pool(draw):
    x = image(draw, dtype_of(draw), 2)
    op, arrays, metadata = requantized(draw, "QLinearGlobalAveragePool", x, "global_average", {"channels_last": 0}, {"layout": "nchw"})
    del metadata["tolerance"]
    return op, arrays, metadata


def qlinear_concat(draw):
    dtype, rank = dtype_of(draw), int(draw.random.choice([1, 2, 3, 4]))
    axis, shape = int(draw.random.integers(rank)), [int(draw.random.choice([1, 2, 3, 5, 17])) for _ in range(rank)]
    y_scale, y_zero = parameters(draw, dtype)
    inputs, arrays = [("ys", scalar(y_scale)), ("yz", scalar(y_zero))], {"y.scale": y_scale, "y.zero_point": y_zero}
    for i in range(int(draw.random.choice([1, 2, 3]))):
        x = draw.matrix(dtype, shape[:axis] + [int(draw.random.choice([1, 3, 16, 33]))] + shape[axis + 1:])
        scale, zero = parameters(draw, dtype, y_scale if draw.random.integers(2) else None)
        inputs += [(f"x{i}", x), (f"s{i}", scalar(scale)), (f"z{i}", scalar(zero))]
        arrays |= {f"x{i}": x, f"x{i}.scale": scale, f"x{i}.zero_point": zero}
    (arrays["y"],) = run("QLinearConcat", inputs, 1, "com.microsoft", {"axis": axis})
    return "concat", arrays, {"axis": axis}


def qlinear_softmax(draw):
    dtype, rank = dtype_of(draw), int(draw.random.choice([1, 2, 3]))
    axis, shape = int(draw.random.integers(rank)), [int(draw.random.choice([1, 2, 3, 5, 33, 100])) for _ in range(rank)]
    x, (x_scale, x_zero) = draw.matrix(dtype, shape), parameters(draw, dtype)
    y_scale, y_zero = np.array([1 / 256], np.float32), np.array([np.iinfo(dtype).min], dtype)
    (y,) = run("QLinearSoftmax", [("x", x), ("xs", scalar(x_scale)), ("xz", scalar(x_zero)), ("ys", scalar(y_scale)), ("yz", scalar(y_zero))], 1, "com.microsoft",
               {"axis": axis, "opset": 13})
    return "softmax", {"x": x, "y": y, "x.scale": x_scale, "x.zero_point": x_zero, "y.scale": y_scale, "y.zero_point": y_zero}, {"axis": axis, **OFF_BY_ONE}


def is_exact(coordinates, extent, size):
    """Whether positions in float32 and as fractions lie on the same side of every integer and every half: elsewhere the last bit of a division would choose the neighbour."""
    for i in range(size):
        scale = np.float32(size) / np.float32(extent)
        if coordinates == "align_corners":
            rounded, numerator, denominator = np.float32(i * (extent - 1)) / np.float32(max(size - 1, 1)), i * (extent - 1), max(size - 1, 1)
        elif coordinates == "asymmetric":
            rounded, numerator, denominator = np.float32(i) / scale, i * extent, size
        else:
            rounded, numerator, denominator = (np.float32(i) + np.float32(0.5)) / scale - np.float32(0.5), (2 * i + 1) * extent - size, 2 * size
        if 2 * numerator % denominator == 0 and 2 * float(rounded) != 2 * numerator // denominator:
            return False
    return True


def resize(draw, mode, dtype):
    while True:
        x, coordinates = image(draw, dtype, 2), str(draw.random.choice(["half_pixel", "asymmetric", "align_corners"]))
        sizes = [2 * e if draw.random.integers(2) else int(draw.random.choice([1, 2, 3, 5, 8, 13])) for e in x.shape[2:]]
        if all(is_exact(coordinates, extent, size) for extent, size in zip(x.shape[2:], sizes)):
            break
    nearest = str(draw.random.choice(["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"]))
    attributes = {"mode": mode, "coordinate_transformation_mode": coordinates, **({"nearest_mode": nearest} if mode == "nearest" else {})}
    (y,) = run("Resize", [("x", x), ("roi", None), ("scales", None), ("sizes", np.array(list(x.shape[:2]) + sizes, np.int64))], 1, attributes=attributes)
    return "resize", {"x": x, "y": y}, {"mode": mode, "coordinates": coordinates, "nearest": nearest, "layout": "nchw"}


def resize_nearest(draw):
    return resize(draw, "nearest", dtype_of(draw))


def resize_linear(draw):
    op, arrays, metadata = resize(draw, "linear", dtype_of(draw))
    return op, arrays, {**metadata, **OFF_BY_ONE}


KINDS = {"max_pool": max_pool, "qlinear_average_pool": qlinear_average_pool, "qlinear_global_average_pool": qlinear_global_average_pool, "qlinear_concat": qlinear_concat,
         "qlinear_softmax": qlinear_softmax, "resize_nearest": resize_nearest, "resize_linear": resize_linear}
