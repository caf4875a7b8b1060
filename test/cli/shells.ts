/** What shells offer for a line whose last word is being written, once they have read the completion script. */
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Shell } from "../../cli/completion";
import { folder } from "./run-program";

/** Words of a line behind the program's name; the last one is being written. */
export type Line = readonly string[];

/** Arguments: the script, then the lines. Prints what is offered, with a line `end` after each line. */
const BASH = `source "$1"; shift
for line in "$@"; do
  read -ra COMP_WORDS <<< "\${line//=/ = }"
  [[ $line == *[\\ =] ]] && COMP_WORDS+=("")
  COMP_CWORD=$(( \${#COMP_WORDS[@]} - 1 ))
  _vendor_destination; printf '%s\\n' "\${COMPREPLY[@]}" end
done`;

const FISH = "source $argv[1]; for line in $argv[2..]; complete -C $line; echo end; end";

/** Completion of zsh works in a terminal only: zsh gives itself one. What `compadd` is given is what is offered. */
const ZSH = `zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "autoload -Uz compinit; compinit -u -D; source '$1'; setopt no_auto_list
compadd() { local -a offered; [[ \\" \\$* \\" == *' -'[DOA]' '* ]] || { builtin compadd -O offered \\"\\$@\\"; (( \\$#offered )) && print -rl -- \\$offered >> '$1.offered' }; builtin compadd \\"\\$@\\" }
offer() { zle complete-word; print end >> '$1.offered'; print -r -- en''ded; zle kill-whole-line }
zle -N offer; bindkey '^I' offer; print rea''dy"
zpty -r shell output '*ready*'
for line in \${@:2}; do
  zpty -w -n shell "$line"$'\\t'
  zpty -r shell output '*ended*'
done
zpty -d shell
cat "$1.offered"`;

const RUNS: Readonly<Record<Shell, (script: string, lines: readonly string[]) => readonly [string, ...string[]]>> = {
  bash: (script, lines) => ["bash", "--norc", "-c", BASH, "bash", script, ...lines],
  zsh: (script, lines) => ["zsh", "-f", "-c", ZSH, "zsh", script, ...lines],
  fish: (script, lines) => ["fish", "-N", "-c", FISH, script, ...lines],
};

/** Why the shell cannot be asked. */
export function missing(shell: Shell): string | undefined {
  return spawnSync(shell, ["--version"]).error === undefined ? undefined : `${shell} is not installed`;
}

/** What is offered for each line, in a folder that holds `plan.json`. */
export function offered(shell: Shell, script: string, lines: readonly Line[]): string[][] {
  const cwd = folder({ "plan.json": "{}" });
  const path = join(folder({ script }), "script");
  const texts = lines.map((words) => ["vendor-destination", ...words].join(" "));
  const [command, ...args] = RUNS[shell](path, texts);
  const answer = execFileSync(command, args, { cwd, encoding: "utf8", env: { PATH: process.env.PATH, HOME: cwd, TERM: "dumb" } });
  const blocks = answer.split(/^end$/m).slice(0, -1);
  // Fish writes the option before `=`, and a help behind each word.
  return blocks.map((block) => [
    ...new Set(
      block
        .split("\n")
        .filter(Boolean)
        .map((word) => word.replace(/\t.*/, "").replace(/^--[\w-]+=/, "")),
    ),
  ]);
}
