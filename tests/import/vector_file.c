/* SPDX-License-Identifier: Apache-2.0 */
#include "vector_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int digit_of(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool read_tensor(const char *name, const char *digits, vector_tensor *tensor)
{
    const size_t size = strlen(digits) / 2;
    if (strlen(name) >= sizeof tensor->name || strlen(digits) % 2) return false;
    *tensor = (vector_tensor){.block = malloc(size + 1), .size = size};
    strcpy(tensor->name, name);
    if (!tensor->block) return false;
    tensor->data = tensor->block + 1;
    for (size_t i = 0; i < size; i++) {
        const int high = digit_of(digits[2 * i]), low = digit_of(digits[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        tensor->data[i] = (unsigned char)(high * 16 + low);
    }
    return true;
}

static bool read_line(char *line, vector_file *vector)
{
    char *words = NULL;
    const char *const key = strtok_r(line, " \n", &words), *const value = strtok_r(NULL, " \n", &words), *const digits = strtok_r(NULL, " \n", &words);
    if (!key || key[0] == '#') return true;
    if (!value) return false;
    if (strcmp(key, "hex") == 0) return vector->tensors < VECTOR_TENSORS && read_tensor(value, digits ? digits : "", &vector->tensor[vector->tensors++]);
    if (vector->fields == VECTOR_FIELDS || strlen(key) >= sizeof vector->field[0].key || strlen(value) >= sizeof vector->field[0].value) return false;
    strcpy(vector->field[vector->fields].key, key);
    strcpy(vector->field[vector->fields++].value, value);
    return true;
}

bool vector_file_read(const char *path, vector_file *vector)
{
    char *line = NULL;
    size_t capacity = 0;
    bool good = true;
    *vector = (vector_file){.fields = 0};
    FILE *file = fopen(path, "r");
    if (!file) return false;
    while (good && getline(&line, &capacity, file) >= 0) good = read_line(line, vector);
    free(line);
    fclose(file);
    if (!good) vector_file_free(vector);
    return good;
}

void vector_file_free(vector_file *vector)
{
    for (int i = 0; i < vector->tensors; i++) free(vector->tensor[i].block);
    *vector = (vector_file){.fields = 0};
}

const char *vector_file_word(const vector_file *vector, const char *key)
{
    for (int i = 0; i < vector->fields; i++) {
        if (strcmp(vector->field[i].key, key) == 0) return vector->field[i].value;
    }
    return "";
}

int64_t vector_file_number(const vector_file *vector, const char *key)
{
    return strtoll(vector_file_word(vector, key), NULL, 10);
}

vector_tensor *vector_file_tensor(vector_file *vector, const char *name)
{
    for (int i = 0; i < vector->tensors; i++) {
        if (strcmp(vector->tensor[i].name, name) == 0) return &vector->tensor[i];
    }
    return NULL;
}
