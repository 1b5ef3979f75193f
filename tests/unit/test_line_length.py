#!/usr/bin/env python3
"""Lines of C outside the tests fit a screen: at most 120 columns, a tab is 4.

    test_line_length.py SOURCE_ROOT
"""
import glob
import os
import sys

MOST = 120
FOLDERS = ["app", "base", "bench", "community", "config", "man", "screens", "server", "sql", "tui"]

found = 0
for folder in FOLDERS:
    for path in glob.glob(os.path.join(sys.argv[1], folder, "**", "*.[ch]"), recursive=True):
        with open(path, encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                columns = len(line.rstrip("\n").expandtabs(4))
                if columns > MOST:
                    print(f"{os.path.relpath(path, sys.argv[1])}:{number}: {columns} columns")
                    found += 1
sys.exit(found > 0)
