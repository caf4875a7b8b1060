#!/usr/bin/env bash
# The first step of action.yml: the check with one report for each format, the summary, and the exit code as an output. It ends with 0 whatever check finds.
set -uo pipefail

# The shell of macOS is old: no mapfile, and an empty array counts as unset.
paths=()
options=()
trimmed() {
  printf '%s' "$1" | sed 's/^[[:space:]]*//; s/[[:space:]]*$//'
}
while IFS= read -r line || [ -n "$line" ]; do
  line="$(trimmed "$line")"
  [ -n "$line" ] && paths+=("$line")
done <<<"$CHECK_PATHS"
while IFS= read -r line || [ -n "$line" ]; do
  line="$(trimmed "$line")"
  case "$line" in
    "") ;;
    # The value may stand behind its option.
    --*[[:space:]]*) options+=("${line%%[[:space:]]*}" "$(trimmed "${line#*[[:space:]]}")") ;;
    *) options+=("$line") ;;
  esac
done <<<"$CHECK_OPTIONS"
if [ -x node_modules/.bin/vendor-destination ]; then
  program=(node_modules/.bin/vendor-destination)
else
  program=(npx --yes "vendor-destination@$CHECK_VERSION")
fi
mkdir -p "$CHECK_REPORTS"
reports="$(cd "$CHECK_REPORTS" && pwd)"
problem="$reports/problem.txt"

rm -f "$reports/check.sarif" "$reports/check.junit.xml" "$reports/check.md"
formats=(--format "sarif=$reports/check.sarif" --format "junit=$reports/check.junit.xml" --format "markdown=$reports/check.md")
"${program[@]}" check ${options[@]+"${options[@]}"} "${formats[@]}" -- ${paths[@]+"${paths[@]}"} 2>"$problem"
code=$?
cat "$problem" >&2

if [ -s "$reports/check.md" ]; then
  cat "$reports/check.md"
else
  printf '### vendor-destination check: no verdict (exit code %s)\n\n```text\n' "$code"
  cat "$problem"
  printf '```\n'
fi >>"$GITHUB_STEP_SUMMARY"
rm -f "$problem" "$reports/check.md"

{
  echo "exit-code=$code"
  echo "reports=$reports"
  [ -s "$reports/check.sarif" ] && echo "sarif=$reports/check.sarif"
  [ -s "$reports/check.junit.xml" ] && echo "junit=$reports/check.junit.xml"
} >>"$GITHUB_OUTPUT"
exit 0
