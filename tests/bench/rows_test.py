#!/usr/bin/env python3
"""Runs the bench on a few rows, shortly, and checks the shape of what it writes: rows_test.py BENCH

Times are not checked, but what must hold of them on any machine: the yardstick's ratio to itself is
1, rates are above 0, quartiles enclose the median, and operations done are at most all.
"""

import json
import subprocess
import sys
import tempfile

KEYS = {
    "network", "activity", "body", "replicas", "threads", "order", "steps_a_turn", "work",
    "meta_steps_per_s", "ratio_to_yardstick", "gflops", "dense_gflops", "sgemm_gflops",
    "share_of_peak",
}


def check_row(row):
    assert KEYS <= row.keys(), KEYS - row.keys()
    for key in ("meta_steps_per_s", "ratio_to_yardstick"):
        assert 0 < row[key + "_low"] <= row[key] <= row[key + "_high"], row
    assert 0 < row["work"] <= 1, row
    assert abs(row["gflops"] - row["work"] * row["dense_gflops"]) < 1e-6 * row["gflops"], row
    if row["body"] == "yardstick":
        assert row["ratio_to_yardstick"] == 1, row
    if row["threads"] > 1:
        assert row["speedup"] > 0, row


def main():
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        command = [sys.argv[1], "--quick", "--filter", "two-layer untrained", "--json", file.name]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        found = json.load(file)
    assert found["machine"].keys() == {"cpu", "cores", "kernels", "compiler", "libtorch"}
    rows = found["rows"]
    for row in rows:
        check_row(row)
        assert (row["network"], row["activity"]) == ("two-layer", "untrained"), row
    wanted = {("yardstick", 1, 1), ("autograd", 1, 1), ("autograd", 1, 2)}
    assert wanted <= {(row["body"], row["replicas"], row["order"]) for row in rows}
    assert {one["what"] for one in found["other"]} == {"evaluation", "snapshot"}
    assert all(one["value"] > 0 for one in found["other"])
    lines = done.stdout.splitlines()
    assert sum(line.startswith("two-layer ") for line in lines) == len(rows), done.stdout


if __name__ == "__main__":
    main()
