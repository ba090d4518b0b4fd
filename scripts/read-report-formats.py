#!/usr/bin/env python3
"""Hold the reports in a folder against the JSON report beside them, as their readers see them.

    read-report-formats.py FOLDER

FOLDER holds `report.json`, `report.sarif`, `junit.xml` and `checkstyle.xml` of one run. Needs
diff-cover, junitparser and sarif-tools; `check-report-formats` sees to that.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from diff_cover.violationsreporters.java_violations_reporter import CheckstyleXmlDriver
from junitparser import Error, Failure, JUnitXml
from sarif import loader


def checkstyle(folder):
    text = (folder / "checkstyle.xml").read_text(encoding="utf-8")
    files = CheckstyleXmlDriver().parse_reports([text])
    return Counter((path, found.line) for path, all in files.items() for found in all)


def junit(folder):
    """The files whose case does not pass, from the report written anew."""
    again = folder / "junit-again.xml"
    JUnitXml.fromfile(str(folder / "junit.xml")).write(str(again))
    report = JUnitXml.fromfile(str(again))
    cases = [case for suite in report for case in suite]
    bad = [case for case in cases if any(isinstance(r, (Error, Failure)) for r in case.result)]
    assert report.tests == len(cases), (report.tests, len(cases))
    assert report.failures + report.errors == len(bad), (report.failures, len(bad))
    for case in bad:
        assert all(r.text.strip() and r.message for r in case.result), case.name
    return Counter(case.name for case in bad)


def sarif(folder):
    log = loader.load_sarif_file(str(folder / "report.sarif"))
    return Counter((r["Location"], r["Line"], r["Severity"], r["Code"]) for r in log.get_records())


def main(folder):
    findings = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    line = lambda finding: finding["start"]["line"] if finding["start"] else 1
    expected = {
        checkstyle: Counter((f["path"], line(f)) for f in findings),
        junit: Counter({f["path"] for f in findings if f["severity"] == "error"}),
        sarif: Counter((f["path"], line(f), f["severity"], f["rule"]) for f in findings),
    }
    wrong = 0
    for read, wanted in expected.items():
        found = read(folder)
        wrong += found != wanted
        for entry, n in ((wanted - found) + (found - wanted)).items():
            print(f"{read.__name__}: {n} × {entry} in one only")
        print(f"{read.__name__}: {(found & wanted).total()} of {wanted.total()}")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    sys.exit(main(Path(sys.argv[1])))
