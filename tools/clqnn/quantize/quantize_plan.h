/* SPDX-License-Identifier: Apache-2.0 */
/* What `clqnn quantize` was asked to do: its options, checked. */
#ifndef CLQ_QUANTIZE_PLAN_H
#define CLQ_QUANTIZE_PLAN_H

#include "clqnn/quantizer.h"
#include "command_line.h"

typedef enum clq_quantize_scheme {
    CLQ_QUANTIZE_AFFINE = 0,
    CLQ_QUANTIZE_TWN,
    CLQ_QUANTIZE_XNOR,
    CLQ_QUANTIZE_BNN,
    CLQ_QUANTIZE_DOREFA,
    CLQ_QUANTIZE_WRPN
} clq_quantize_scheme;

/* How a range is found; `parameter`: standard deviations, or the share that a percentile keeps; 0: the library's. */
typedef struct clq_quantize_method {
    clqnn_range_method method;
    float parameter;
} clq_quantize_method;

/* The words of the command line, as the options point to them; NULL: not given. */
typedef struct clq_quantize_words {
    const char *output, *scheme, *granularity, *axis, *method, *calibrate, *calibrate_method, *include, *exclude;
    uint64_t bits, calibrate_bits;   /* UINT64_MAX: not given */
    bool is_symmetric, is_signed, is_restricted;
} clq_quantize_words;

typedef struct clq_quantize_plan {
    const char *input, *output, *include, *exclude, *calibrate;
    clq_quantize_scheme scheme;
    clqnn_granularity granularity;
    int32_t axis;                    /* of channels and groups; negative counts from the last */
    int64_t block;                   /* elements of a group */
    clqnn_codes codes;               /* bits of all schemes that have them; the rest of affine ones */
    int32_t is_symmetric;
    clq_quantize_method method;
    clqnn_codes calibrate_codes;
    clq_quantize_method calibrate_method;
} clq_quantize_plan;

/* The options of the subcommand, which write to `words`. `options` has CLQ_QUANTIZE_OPTIONS entries. */
enum { CLQ_QUANTIZE_OPTIONS = 14 };
void clq_quantize_options(clq_quantize_words *words, clq_option options[CLQ_QUANTIZE_OPTIONS]);

/* False after a message on stderr that names the option and its word. */
bool clq_quantize_plan_make(const clq_quantize_words *words, const char *input, clq_quantize_plan *plan);

/* "affine", "min-max": as the options have them. */
const char *clq_quantize_scheme_name(clq_quantize_scheme scheme);
const char *clq_quantize_method_name(clqnn_range_method method);

/* Whether `name` fits one of the comma-separated patterns (fnmatch). */
bool clq_quantize_fits(const char *patterns, const char *name);

#endif
