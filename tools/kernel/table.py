#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Print the table, and with --findings the findings, of record files."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tools.mnlib import finding_lines, read_records, table, unique_findings


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="+", help="build/kernel/NAME.jsonl or a record=FILE")
    parser.add_argument("--findings", action="store_true", help="print the findings first")
    args = parser.parse_args()

    records = [record for path in args.file for record in read_records(path)]
    if args.findings:
        for finding in unique_findings(records):
            print("\n".join(finding_lines(finding)))
        print()
    print(table(records))
    return 0


if __name__ == "__main__":
    sys.exit(main())
