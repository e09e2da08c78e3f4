#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""plot_results.py RESULTS.json [-o CHART.svg] [--title TEXT]: a bar chart of `clqnn bench --json` results, with nothing but Python's standard library.

One group a shape, one bar for the library and one for each peer that ran it, in billions of operations a second; the number at the end of a bar is that
rate. Rates are of calls in a row (ns_pipelined), where both have them, else of the least time of one call; the chart says which. A result that was not
verified is an error, not a bar. The same input gives the same bytes."""
import argparse
import json
import math
import sys
from xml.sax.saxutils import escape

COLOURS = {"clqnn": "#1b6ca8", "onednn": "#e08e0b", "onnxruntime": "#6a994e", "openblas": "#9b5de5", "reference": "#8d99ae"}
SPARE_COLOURS = ["#c1121f", "#588157", "#7f5539"]
NAMES = {"onednn": "oneDNN", "onnxruntime": "ONNX Runtime", "openblas": "OpenBLAS sgemm", "clblast": "CLBlast", "xnnpack": "XNNPACK"}
BAR, GAP, LABELS, WIDTH, RIGHT, TOP = 13, 12, 210, 860, 70, 84


def fail(message):
    sys.exit(f"plot_results.py: {message}")


def load(path):
    try:
        with open(path, encoding="utf-8") as file:
            rows = json.load(file)
    except (OSError, ValueError) as error:
        fail(f"{path}: {error}")
    if not isinstance(rows, list) or not rows:
        fail(f"{path}: not a list of results")
    for row in rows:
        where = f"{path}: {row.get('shape')} {row.get('types')}"
        if not row.get("verified"):
            fail(f"{where} was not verified: {row.get('error', 'no reason given')}")
        if "ops" not in row or "ns_min" not in row:
            fail(f"{where} has no times")
    if len({row["device"] for row in rows}) > 1:
        fail(f"{path}: results of several devices do not belong into one chart")
    return rows


def uses_pipelined(rows):
    return all("ns_pipelined" in timing for row in rows for timing in [row, *row.get("peers", {}).values()])


def groups_of(rows, field):
    """[(label, [(subject, rate)])]"""
    groups = []
    for row in rows:
        bars = [("clqnn", row["ops"] / row[field])]
        bars += [(name, row["ops"] / peer[field]) for name, peer in sorted(row.get("peers", {}).items()) if field in peer]
        groups.append((f"{row['shape']}  {row['types']}", bars))
    return groups


def nice_step(most):
    """1, 2 or 5 times a power of ten, so that the axis has 4 to 10 steps."""
    power = 10.0 ** (math.floor(math.log10(most)) - 1)
    return next(power * factor for factor in (1, 2, 5, 10, 20, 50) if most / (power * factor) <= 10)


def text(x, y, words, size=12, anchor="start", colour="#222", weight="normal"):
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{colour}" font-weight="{weight}">{escape(words)}</text>'


def draw(rows, title):
    field = "ns_pipelined" if uses_pipelined(rows) else "ns_min"
    groups = groups_of(rows, field)
    subjects = list(dict.fromkeys(name for _, bars in groups for name, _ in bars))
    spare = iter(SPARE_COLOURS * 4)
    colours = {name: COLOURS.get(name) or next(spare) for name in subjects}
    most = max(rate for _, bars in groups for _, rate in bars)
    scale = (WIDTH - LABELS - RIGHT) / most
    bottom = TOP + sum(len(bars) * BAR + GAP for _, bars in groups)
    how = "calls in a row" if field == "ns_pipelined" else "least time of one call"
    first = rows[0]
    versions = {name: peer.get("version", "") for row in rows for name, peer in row.get("peers", {}).items()}
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom + 34}" font-family="sans-serif" role="img" aria-label="{escape(title)}">',
           f'<rect width="{WIDTH}" height="{bottom + 34}" rx="6" fill="#fff"/>', text(16, 26, title, 16, weight="bold"),
           text(16, 46, f"{first['device']}, {first['driver']}, {first.get('threads', '?')} threads; 10^9 operations a second, {how}; longer is faster", 11, colour="#555")]
    x = 16.0
    for name in subjects:
        label = f"{NAMES.get(name, name)} {versions.get(name, '')}".strip()
        out += [f'<rect x="{x:.1f}" y="57" width="11" height="11" fill="{colours[name]}"/>', text(x + 16, 67, label)]
        x += 34 + 7.2 * len(label)
    step = nice_step(most)
    for tick in range(int(most / step) + 1):
        at = LABELS + tick * step * scale
        out += [f'<line x1="{at:.1f}" y1="{TOP - 6}" x2="{at:.1f}" y2="{bottom}" stroke="#ddd"/>', text(at, bottom + 16, f"{tick * step:g}", 11, "middle", "#555")]
    y = TOP
    for label, bars in groups:
        out.append(text(LABELS - 8, y + len(bars) * BAR / 2 + 4, label, 12, "end"))
        for name, rate in bars:
            out += [f'<rect x="{LABELS}" y="{y}" width="{max(rate * scale, 1):.1f}" height="{BAR - 2}" fill="{colours[name]}"/>',
                    text(LABELS + rate * scale + 5, y + BAR - 3, f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}", 10, colour="#555")]
            y += BAR
        y += GAP
    return "\n".join([*out, "</svg>", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("results")
    parser.add_argument("-o", "--output", help="default: standard output")
    parser.add_argument("--title", default="clqnn beside its peers")
    arguments = parser.parse_args()
    chart = draw(load(arguments.results), arguments.title)
    if arguments.output is None:
        sys.stdout.write(chart)
        return
    with open(arguments.output, "w", encoding="utf-8") as file:
        file.write(chart)


if __name__ == "__main__":
    main()
