#!/bin/sh
# Writes beside and renames, so that nobody reads half a report.
set -e
report="$REPORTS/report-$(date +%F).txt"
echo "$(find "$REPORT_ON" -type f 2>/dev/null | wc -l) files in $REPORT_ON" > "$report.part"
mv "$report.part" "$report"
echo "wrote $report: $(cat "$report")"
