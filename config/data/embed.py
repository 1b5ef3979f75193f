#!/usr/bin/env python3
"""Writes a file into a C constant: embed.py SOURCE NAME OUTPUT.c [HEADER.h]"""
import sys

source, name, output = sys.argv[1:4]
header = sys.argv[4] if len(sys.argv) > 4 else "form.h"
with open(source, "rb") as f:
    data = f.read()
with open(output, "w", encoding="ascii") as c:
    c.write("#include \"%s\"\n\nconst char %s[] = {\n" % (header, name))
    for at in range(0, len(data), 16):
        c.write("\t" + " ".join("%d," % (b - 256 if b > 127 else b) for b in data[at:at + 16]) + "\n")
    c.write("\t0,\n};\n")
