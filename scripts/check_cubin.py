#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_cubin.py PTXAS_LOG CUBIN OPCODE:LEAST...

Prints one line: registers of each kernel, bytes spilled, and how often each named opcode stands in the machine code. Exit status 1 if something
spills or an opcode stands there less often than LEAST. Machine code of sm_70 and later: an ELF file, sections .text.<kernel>, 16 bytes an
instruction, the opcode in its low 12 bits."""
import re
import struct
import sys

SECTION = struct.Struct("<IIQQQQIIQQ")
# Low 12 bits where the form is fixed, low 9 bits where operands' kinds stand above them.
FULL = {"LDSM": {0x83B}, "LDGSTS": {0xFAE}}
ARITHMETIC = {"IMMA": {0x37}, "IDP": {0x26}, "FFMA": {0x23}, "HFMA2": {0x31, 0x35}}


def machine_code(cubin):
    """Yields the low 12 bits of every instruction of every kernel."""
    table, = struct.unpack_from("<Q", cubin, 0x28)
    _, count, names = struct.unpack_from("<HHH", cubin, 0x3A)
    sections = [SECTION.unpack_from(cubin, table + i * SECTION.size) for i in range(count)]
    strings = sections[names][4]
    for name, _, _, _, offset, size, *_ in sections:
        if not cubin[strings + name:].startswith(b".text."):
            continue
        for at in range(offset, offset + size, 16):
            yield struct.unpack_from("<H", cubin, at)[0] & 0xFFF


def is_opcode(bits, name):
    if name in FULL:
        return bits in FULL[name]
    return bits & 0x1FF in ARITHMETIC[name] and 1 <= bits >> 9 <= 6


def main():
    log = open(sys.argv[1], encoding="utf-8").read()
    code = list(machine_code(open(sys.argv[2], "rb").read()))
    registers = re.findall(r"Used (\d+) registers", log)
    spilled = sum(int(n) for n in re.findall(r"(\d+) bytes spill", log))
    good = bool(registers) and spilled == 0
    parts = [f"registers {','.join(registers)}", f"spilled {spilled}"]
    for wanted in sys.argv[3:]:
        name, least = wanted.split(":")
        count = sum(is_opcode(bits, name) for bits in code)
        good = good and count >= int(least)
        parts.append(f"{name} {count}" + ("" if count >= int(least) else f" (expected at least {least})"))
    print(", ".join(parts))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
