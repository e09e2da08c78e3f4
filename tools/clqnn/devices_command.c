/* SPDX-License-Identifier: Apache-2.0 */
/* clqnn devices: every device and what its probes found. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report_output.h"
#include "subcommand.h"

enum { MAX_CAPABILITIES = 128 };

/* Extensions that some variant or interface of this field can use. */
static const char *const known_extensions[] = {
    "cl_khr_fp16", "cl_khr_fp64", "cl_khr_int64_base_atomics", "cl_khr_subgroups", "cl_khr_integer_dot_product", "cl_khr_command_buffer",
    "cl_khr_il_program", "cl_khr_extended_bit_ops", "cl_intel_subgroups", "cl_intel_subgroup_matrix_multiply_accumulate",
    "cl_intel_required_subgroup_size", "cl_arm_integer_dot_product_int8", "cl_arm_matrix_multiply", "cl_arm_import_memory", "cl_qcom_dot_product8",
    "cl_qcom_reqd_sub_group_size", "cl_nv_device_attribute_query", "cl_amd_device_attribute_query" };

static bool has_word(const char *list, const char *word)
{
    const size_t length = strlen(word);
    for (const char *at = strstr(list, word); at != NULL; at = strstr(at + 1, word)) {
        const bool starts = at == list || at[-1] == ' ', ends = at[length] == '\0' || at[length] == ' ';
        if (starts && ends) return true;
    }
    return false;
}

static void print_extensions(clq_output *output, const clqnn_device_info *info, cJSON *object)
{
    cJSON *const list = object ? cJSON_AddArrayToObject(object, "extensions") : NULL;
    clq_print(output, "    extensions   ");
    size_t found = 0;
    for (size_t i = 0; i < sizeof known_extensions / sizeof *known_extensions; i++) {
        if (!has_word(info->extensions, known_extensions[i])) continue;
        clq_print(output, "%s%s", found++ > 0 ? " " : "", known_extensions[i]);
        if (list) cJSON_AddItemToArray(list, cJSON_CreateString(known_extensions[i]));
    }
    clq_print(output, "%s\n", found > 0 ? "" : "none that matter");
}

static void print_capabilities(clq_output *output, const clqnn_context *context, cJSON *object)
{
    static clqnn_capability list[MAX_CAPABILITIES];
    size_t count = 0;
    if (clqnn_context_capabilities(context, list, MAX_CAPABILITIES, &count) != CLQNN_OK) {
        clq_print(output, "    capabilities %s\n", clqnn_last_error());
        return;
    }
    cJSON *const array = object ? cJSON_AddArrayToObject(object, "capabilities") : NULL;
    for (size_t i = 0; i < count && i < MAX_CAPABILITIES; i++) {
        clq_print(output, "    %s %-24s %s (%s)\n", list[i].available ? clq_coloured(output, "yes", 'g') : clq_coloured(output, "no ", 'y'), list[i].name,
                  list[i].purpose, list[i].verdict);
        cJSON *const entry = array ? cJSON_CreateObject() : NULL;
        if (entry == NULL) continue;
        cJSON_AddStringToObject(entry, "name", list[i].name);
        cJSON_AddStringToObject(entry, "purpose", list[i].purpose);
        cJSON_AddBoolToObject(entry, "available", list[i].available);
        cJSON_AddStringToObject(entry, "verdict", list[i].verdict);
        cJSON_AddItemToArray(array, entry);
    }
    clq_print(output, "    cache        %s\n", clqnn_context_cache_folder(context)[0] ? clqnn_context_cache_folder(context) : "off");
}

static cJSON *json_device(clq_output *output, const clqnn_device_info *info, size_t index)
{
    cJSON *const object = clq_output_object(output);
    if (object == NULL) return NULL;
    cJSON_AddNumberToObject(object, "index", (double)index);
    cJSON_AddStringToObject(object, "platform", info->platform);
    cJSON_AddStringToObject(object, "name", info->name);
    cJSON_AddStringToObject(object, "vendor", info->vendor);
    cJSON_AddNumberToObject(object, "vendor_id", (double)info->vendor_id);
    cJSON_AddStringToObject(object, "driver", info->driver);
    cJSON_AddStringToObject(object, "version", info->version);
    cJSON_AddStringToObject(object, "type", info->is_gpu ? "gpu" : info->is_cpu ? "cpu" : "other");
    cJSON_AddBoolToObject(object, "unified_memory", info->unified_memory);
    cJSON_AddNumberToObject(object, "compute_units", (double)info->compute_units);
    cJSON_AddNumberToObject(object, "clock_mhz", (double)info->clock_mhz);
    cJSON_AddNumberToObject(object, "global_bytes", (double)info->global_bytes);
    cJSON_AddNumberToObject(object, "local_bytes", (double)info->local_bytes);
    cJSON_AddNumberToObject(object, "max_alloc_bytes", (double)info->max_alloc_bytes);
    cJSON_AddNumberToObject(object, "max_work_group", (double)info->max_work_group);
    return object;
}

/* false if the device could not be opened. */
static bool show_device(clq_output *output, const clqnn_device_info *info, size_t index)
{
    cJSON *const object = json_device(output, info, index);
    char number[24];
    clqnn_context *context = NULL;
    snprintf(number, sizeof number, "%zu", index);
    clq_print(output, "device %zu: %s\n    platform     %s\n    vendor       %s (0x%x)\n    driver       %s\n    version      %s\n", index, info->name,
              info->platform, info->vendor, info->vendor_id, info->driver, info->version);
    clq_print(output, "    type         %s, %u compute units, %u MHz, work-groups up to %llu, %s memory\n", info->is_gpu ? "GPU" : info->is_cpu ? "CPU" : "other",
              info->compute_units, info->clock_mhz, (unsigned long long)info->max_work_group, info->unified_memory ? "the host's" : "its own");
    clq_print(output, "    memory       %.1f MiB global, %.1f KiB local, %.1f MiB in one buffer\n", (double)info->global_bytes / 1048576.0,
              (double)info->local_bytes / 1024.0, (double)info->max_alloc_bytes / 1048576.0);
    print_extensions(output, info, object);
    const clqnn_context_desc desc = { .struct_size = sizeof desc, .device = number };
    const clqnn_status status = clqnn_context_create(&desc, &context);
    if (status == CLQNN_OK) {
        print_capabilities(output, context, object);
    } else {
        clq_print_always(output, "    cannot be opened: %s: %s\n", clqnn_status_name(status), clqnn_last_error());
        if (object) cJSON_AddStringToObject(object, "error", clqnn_last_error());
    }
    clqnn_context_release(context);
    return status == CLQNN_OK;
}

/* --device narrows the list to the device that a context of that name would get. */
static int find_selected(const clq_globals *globals, clqnn_device_info *selected)
{
    int status = CLQ_EXIT_HELD;
    clqnn_context *const context = clq_open_context(globals, &status);
    if (context != NULL) clqnn_context_device(context, selected);
    clqnn_context_release(context);
    return status;
}

static int show_devices(clq_output *output, const clq_globals *globals, const clqnn_device_info *infos, size_t count)
{
    clqnn_device_info selected = { .device = NULL };
    int status = globals->device ? find_selected(globals, &selected) : CLQ_EXIT_HELD;
    for (size_t i = 0; status != CLQ_EXIT_NO_DEVICE && i < count; i++) {
        if (globals->device && infos[i].device != selected.device) continue;
        if (!show_device(output, &infos[i], i)) status = CLQ_EXIT_FAILED;
    }
    return status;
}

static int run(clq_globals *globals, int argc, char **argv)
{
    int status = CLQ_EXIT_HELD;
    clq_command_line line = { .globals = globals };
    if (!clq_subcommand_parse(&clq_devices_command, &line, argc, argv, &status)) return status;
    if (line.positional_count > 0) return clq_bad_usage("devices", "unexpected word \"%s\"", line.positionals[0]);
    size_t count = 0;
    const clqnn_status result = clqnn_enumerate_devices(NULL, 0, &count);
    if (result != CLQNN_OK || count == 0) {
        fprintf(stderr, "clqnn: %s\n", result != CLQNN_OK ? clqnn_last_error() : "no OpenCL device: no platform is installed, or none has a device");
        return CLQ_EXIT_NO_DEVICE;
    }
    clqnn_device_info *const infos = calloc(count, sizeof *infos);
    if (infos == NULL || clqnn_enumerate_devices(infos, count, &count) != CLQNN_OK) {
        free(infos);
        return CLQ_EXIT_FAILED;
    }
    clq_output output = clq_output_open(globals);
    status = show_devices(&output, globals, infos, count);
    free(infos);
    return clq_output_close(&output, status);
}

const clq_subcommand clq_devices_command = { "devices", "devices [OPTIONS]", "lists every OpenCL device with the verdict of each capability's probe", run };
