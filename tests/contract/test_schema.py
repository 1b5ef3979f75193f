#!/usr/bin/env python3
"""kringd's answers for a member and for an admin against the API description of Discourse.

    test_schema.py KRINGD

KRING_TEST_DATA is the folder that holds discourse/openapi.json."""
import os
import subprocess
import sys

from kringd import Kringd, Report, skip

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    data = os.environ.get("KRING_TEST_DATA")
    if not data:
        skip("KRING_TEST_DATA is not set")
    try:
        import jsonschema  # noqa: F401, the checker needs it
    except ImportError:
        skip("python3-jsonschema is not installed")
    report = Report()
    with Kringd(sys.argv[1]) as kringd:
        kringd.start()
        runs = (("a member", kringd.key("sanne"), ()), ("an admin", kringd.key(), ("--admin-user", "beheer")))
        for who, key, more in runs:
            print("# as %s" % who, flush=True)
            done = subprocess.run(
                [sys.executable, os.path.join(HERE, "check_schema.py"), "--url", kringd.url, "--ca", kringd.ca, "--key", key,
                 "--schema", os.path.join(data, "discourse", "openapi.json"), "--write", who.split()[-1], *more], timeout=50)
            report.equal(done.returncode, 0, "every answer for %s fits" % who)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
