#!/usr/bin/env python3
"""Writes every file of the sample communities into one C table: embed.py SOURCE_DIR OUTPUT.c OUTPUT.d"""
import os
import sys


def escaped(data):
    out = []
    for byte in data:
        if byte == 10:
            out.append('\\n"\n\t"')
        elif byte in (34, 92):
            out.append('\\' + chr(byte))
        elif 32 <= byte < 127:
            # Three digits, so that what follows is never part of the number; "??" would begin a trigraph.
            out.append(chr(byte) if byte != 63 else '\\077')
        else:
            out.append('\\%03o' % byte)
    return ''.join(out)


def main():
    source, output, depfile = sys.argv[1:4]
    paths, folders = [], []
    for folder, names, files in os.walk(source):
        names.sort()
        folders.append(folder)
        paths += [os.path.join(folder, name) for name in sorted(files) if name.endswith('.yaml')]
    with open(output, 'w', encoding='ascii') as c:
        c.write('#include "sample_file.h"\n\nconst struct sample_file sample_files[] = {\n')
        for path in paths:
            with open(path, 'rb') as f:
                c.write('\t{"%s",\n\t"%s"},\n' % (os.path.relpath(path, source), escaped(f.read())))
        c.write('\t{0},\n};\n')
    with open(depfile, 'w', encoding='utf-8') as d:
        d.write('%s: %s\n' % (output, ' '.join(paths + folders)))


main()
