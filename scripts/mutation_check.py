#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plants one defect after the other in a copy of the tree, builds it and runs the tests that ought to notice. Every defect must turn them red.

    scripts/mutation_check.py [--list] [--only NAME]... [--folder build/mutation]

The copy and its build live below --folder; the working tree is only read. Exit status 1 if a defect survives, if one no longer applies (its text does not occur
exactly once), or if the tests are red without any defect."""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
EPILOGUE = "kernels/cl/epilogue/requantize.cl"
PORTABLE = "kernels/cl/gemm/gemm_i8_portable.cl"
TABLES = "host/gemm/gemm_tables.c"
PLAN = "host/gemm/gemm_plan.c"
ENQUEUE = "host/gemm/gemm_enqueue.c"
NUMERICS = r"^gemm/gemm_i8_portable$"
RESULTS = r"^gemm/(gemm_i8_portable|gemm_semantics_test)$"
POOL = "kernels/cl/pool/pool_channels.cl"

# name, file, text, replacement, tests that ought to notice
MUTATIONS = [
    ("pool_tail_lanes", POOL, "const uint at = min(c, end - LANES);\n            NAMED(stream_bytes)(y + at, NAMED(finish_max)", "const uint at = c;\n            NAMED(stream_bytes)(y + at, NAMED(finish_max)", r"^shape/pool_vector$"),
    ("pool_padding_counts", POOL, "w->inside * p->x_zero", "w->padded * p->x_zero", r"^shape/pool_vector$"),
    ("pool_quotient_estimate", POOL, "quotient += rest >= count", "quotient += rest > count", r"^shape/ties$"),
    ("pool_border_multiplier", "kernels/cl/pool/pool_planes.cl", "column + i >= p->whole_begin && column + i < p->whole_end", "true", r"^shape/pool_planes$"),
    ("tile_overlap", "kernels/cl/arrange/move_tiles.cl", "min(b, range.w - 16)", "b", r"^shape/(move_tiles|transpose_auto)$"),
    ("pad_row_of_constants", "kernels/cl/arrange/gather_rows.cl", "if (is_constant) SIZED(fill", "if (false) SIZED(fill", r"^shape/gather_rows$"),
    ("resize_corner_weights", "kernels/cl/resize/resize_channels.cl", "above * h[2], v[2] * before", "v[2] * before, above * h[2]", r"^shape/resize_vector$"),
    ("softmax_series", "kernels/cl/softmax/softmax_finish.cl", "((rest * rest) >> 25)", "((rest * rest) >> 24)", r"^shape/softmax_lines$"),
    ("root_rounding", "kernels/cl/normalize/square_root.cl", "if (square - root * root > root) root++;", "", r"^shape/normalize_lines$"),
    ("norm_zero_point", "kernels/cl/normalize/normalize_finish.cl", "2 * zero * (long)sum", "zero * (long)sum", r"^shape/normalize_portable$"),
    ("reduce_requantized_extreme", "kernels/cl/reduce/reduce_finish.cl", "p->has_map ? (int)map", "false ? (int)map", r"^shape/reduce_portable$"),
    ("rounding_tie", EPILOGUE, "return LANES_AS(int)(scaled + 12582912.0f) - 0x4B400000 + zero_point;", "return LANES_CONVERT(int)(floor(scaled + 0.5f)) + zero_point;",
     NUMERICS),
    ("missing_clamp", EPILOGUE, "fmin(fmax(scaled, (lanes_float)(float)(low - zero_point)),", "fmin(scaled,", NUMERICS),
    ("fixed_double_nudge", EPILOGUE, "(sign & (lanes_long)(1L - (1L << 31)))", "(sign & (lanes_long)(-(1L << 31)))", NUMERICS),
    ("fixed_double_tie", EPILOGUE, "(mask >> (lanes_int)1) + ((scaled >> (lanes_int)31) & (lanes_int)1)", "(mask >> (lanes_int)1)", NUMERICS),
    ("fixed_single_half", EPILOGUE, "LANES_CONVERT(long)(multiplier) + half_unit) >> total", "LANES_CONVERT(long)(multiplier)) >> total", NUMERICS),
    ("dropped_float_bias", EPILOGUE, "if (p->flags & GEMM_FLOAT_BIAS) value = value + t->bias;", "", NUMERICS),
    ("f16_store_truncates", EPILOGUE, "vstore_half_rte(((float *)&value)[lane], index + lane", "vstore_half_rtz(((float *)&value)[lane], index + lane", NUMERICS),
    ("row_zero_sign", EPILOGUE, "sum -= LANES_AS(uint)(t->sums) * (lanes_uint)(uint)r->zero;", "sum += LANES_AS(uint)(t->sums) * (lanes_uint)(uint)r->zero;", NUMERICS),
    ("zero_point_sign", TABLES, "base -= (int64_t)plan->params.a_zero * sum;", "base += (int64_t)plan->params.a_zero * sum;", NUMERICS),
    ("swapped_scale_index", TABLES, "const float b_scale = clq_scale_at(&desc->b.quantization, column);", "const float b_scale = clq_scale_at(&desc->b.quantization, column / 2);",
     NUMERICS),
    ("dropped_bias", TABLES, "((const int32_t *)spec->desc.bias)[column] : 0;", "0 : 0;", NUMERICS),
    ("k_tail_bound", PORTABLE, "i < min(4, p.k - group * 4)", "i < 4", NUMERICS),
    ("row_sum_off_by_one", PORTABLE, "int row_sum = 0;", "int row_sum = 1;", NUMERICS),
    ("column_bound", PORTABLE, "c_start + (ulong)row * p.c_row_stride + n, p.n - n);", "c_start + (ulong)row * p.c_row_stride + n, LANES);", NUMERICS),
    ("word_beyond_the_row", "kernels/cl/dot/row_words.cl", "if (k + 4 <= end) return", "if (k < end) return", r"^gemm/gemm_i8_local$"),
    ("wrong_batch_stride", "kernels/cl/prelude/gemm_batch.cl", "(ulong)(batch - outer * inner_batches) * stride[1]", "(ulong)(batch - outer * inner_batches) * stride[0]", NUMERICS),
    ("transposed_stride", PLAN, ".n_stride = problem->b.transposed ? (clq_ulong)problem->b.leading_dimension : 1,", ".n_stride = problem->b.transposed ? (clq_ulong)problem->k : 1,",
     NUMERICS),
    ("pack_padding_host", "host/layout/panel_layout.c", "memset(packed, 0,", "memset(packed, 1,", r"^(layout/|gemm/gemm_i8_portable$)"),
    ("pack_padding_device", "kernels/cl/layout/pack_panels.cl", "(column[(ulong)k * p.k_stride] ^ p.flip)) : 0;", "(column[(ulong)k * p.k_stride] ^ p.flip)) : 1;", NUMERICS),
    ("dynamic_rounding", "kernels/cl/quantize/prepare_a.cl", "clamp(rint(quotient) + (float)zero, low, high)", "clamp(floor(quotient) + (float)zero, low, high)", NUMERICS),
    ("slab_row_table", ENQUEUE, "params->rows_offset += (uint64_t)slab->first_row * params->rows_row_step;", "", RESULTS),
    ("slab_output_row", ENQUEUE, " + (uint64_t)slab->first_row * params->c_row_stride;", ";", RESULTS),
    ("chain_not_waited_for", "host/device/launch.c", "sequence->wait_count = made ? 1 : 0;\n    sequence->wait = made ? &sequence->last : NULL;",
     "sequence->wait_count = 0;\n    sequence->wait = NULL;", r"^gemm/gemm_semantics_test$"),
    ("overflow_bound", "host/gemm/gemm_bound.c", "if (*bound <= INT32_MAX) return CLQNN_OK;", "if (*bound <= INT32_MAX + INT64_C(65025)) return CLQNN_OK;",
     r"^gemm/gemm_bad_numbers_test$"),
    ("overlap_by_one_byte", "host/device/region.c", "a->begin < b->end && b->begin < a->end", "a->begin + 1 < b->end && b->begin + 1 < a->end", r"^gemm/gemm_bad_call_test$"),
    ("adjacent_is_no_overlap", "host/device/region.c", "a->begin < b->end && b->begin < a->end", "a->begin <= b->end && b->begin <= a->end", r"^gemm/gemm_bad_call_test$"),
    ("buffer_end", "host/device/region.c", "|| end > size)", "|| end > size + 1)", r"^gemm/gemm_bad_call_test$"),
    ("cache_checksum", "host/device/disk_cache.c", "&& header.checksum == clq_hash(CLQ_HASH_START, bytes, (size_t)header.size)", "", r"^device/disk_cache_test$"),
    ("blob_checksum", "host/gemm/gemm_blob.c", "!= header->checksum)", "== 0)", r"^gemm/gemm_blob_test$"),
    ("ranking_order", "host/select/candidate.c", "return a->seconds < b->seconds ? -1 : 1;", "return a->seconds < b->seconds ? 1 : -1;", r"^select/"),
]


def tracked_files():
    listing = subprocess.run(["git", "-C", ROOT, "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True)
    if listing.returncode == 0:
        return [name for name in listing.stdout.decode().split("\0") if name and (ROOT / name).is_file()]
    return [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file() and path.relative_to(ROOT).parts[0] not in ("build", ".git")]


def copy_tree(tree):
    """Files whose text is the same keep their time, so that a second run builds little."""
    names = tracked_files()
    for name in names:
        source, target = ROOT / name, tree / name
        if not target.exists() or target.read_bytes() != source.read_bytes():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    wanted = {tree / name for name in names}
    for path in tree.rglob("*"):
        if path.is_file() and path not in wanted:
            path.unlink()


def run(command, log):
    with open(log, "ab") as output:
        return subprocess.run(command, stdout=output, stderr=subprocess.STDOUT).returncode


def first_failure(build, tests, log):
    """The name of the first test that fails, or None."""
    result = subprocess.run(["ctest", "--test-dir", build, "--stop-on-failure", "--output-on-failure", "-R", tests], capture_output=True, text=True)
    with open(log, "a", encoding="utf-8") as output:
        output.write(result.stdout)
    if "No tests were found" in result.stdout + result.stderr:
        return "no test has this name"
    if result.returncode == 0:
        return None
    failed = re.search(r"Test +#\d+: (\S+) [^\n]*\*\*\*(?!Skipped)", result.stdout)
    return failed.group(1) if failed else "?"


def try_mutation(mutation, tree, build, log):
    name, file, text, replacement, tests = mutation
    path = tree / file
    original = path.read_text(encoding="utf-8")
    if original.count(text) != 1:
        return f"STALE: the text occurs {original.count(text)} times"
    path.write_text(original.replace(text, replacement), encoding="utf-8")
    try:
        if run(["cmake", "--build", build], log) != 0:
            return "STALE: does not compile"
        killer = first_failure(build, tests, log)
    finally:
        path.write_text(original, encoding="utf-8")
    if killer == "no test has this name":
        return "STALE: " + killer
    return f"red: {killer}" if killer else "SURVIVED"


def main():
    parser = argparse.ArgumentParser(description="Plants defects in a copy of the tree; each must turn the tests red.")
    parser.add_argument("--list", action="store_true", help="only list the defects")
    parser.add_argument("--only", action="append", metavar="NAME", help="only this defect; may be repeated")
    parser.add_argument("--folder", default=ROOT / "build" / "mutation", type=pathlib.Path, help="where the copy is built")
    arguments = parser.parse_args()
    chosen = [m for m in MUTATIONS if not arguments.only or m[0] in arguments.only]
    if arguments.list or not chosen:
        for name, file, _, _, tests in MUTATIONS:
            print(f"{name:24} {file:40} {tests}")
        return 0 if arguments.list else 2
    folder = arguments.folder.resolve()
    tree, build, log = folder / "tree", folder / "build", folder / "log.txt"
    tree.mkdir(parents=True, exist_ok=True)
    log.write_bytes(b"")
    copy_tree(tree)
    configure = ["cmake", "-S", tree, "-B", build, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", "-DCLQNN_BUILD_EXAMPLES=OFF"]
    if run(configure, log) or run(["cmake", "--build", build], log):
        print(f"the tree does not build: {log}")
        return 1
    red = first_failure(build, "|".join(sorted({m[4] for m in chosen})), log)
    if red:
        print(f"red without any defect: {red}; see {log}")
        return 1
    survivors = 0
    for mutation in chosen:
        start = time.monotonic()
        verdict = try_mutation(mutation, tree, build, log)
        survivors += not verdict.startswith("red")
        print(f"{mutation[0]:24} {mutation[1]:40} {verdict} ({time.monotonic() - start:.0f} s)", flush=True)
    print(f"{len(chosen)} defects, {len(chosen) - survivors} found, {survivors} not")
    return 1 if survivors else 0


if __name__ == "__main__":
    os.environ.setdefault("CTEST_PARALLEL_LEVEL", "1")
    sys.exit(main())
