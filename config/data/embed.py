#!/usr/bin/env python3
"""Writes a file into a C constant: embed.py SOURCE NAME OUTPUT.c"""
import sys

source, name, output = sys.argv[1:4]
with open(source, "rb") as f:
    data = f.read()
with open(output, "w", encoding="ascii") as c:
    c.write("#include \"form.h\"\n\nconst char %s[] = {\n" % name)
    for at in range(0, len(data), 16):
        c.write("\t" + " ".join("%d," % (b - 256 if b > 127 else b) for b in data[at:at + 16]) + "\n")
    c.write("\t0,\n};\n")
