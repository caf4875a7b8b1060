/** Completion scripts for shells, out of what commander knows of the commands. */
import type { Command } from "commander";
import { type EscapedText, printableLines } from "./report/shared";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

const PROGRAM = "vendor-destination";

interface CompletedOption {
  /** `--format`. */
  readonly name: string;
  readonly help: string;
  readonly takes: "nothing" | "file" | "value";
}

interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
}

/** @param commands with their options declared */
export function completionScript(shell: Shell, commands: readonly Command[]): EscapedText {
  const completed = commands.map((command): CompletedCommand => {
    const options = command.options.map(({ long, description, required, flags }): CompletedOption => {
      return { name: long!, help: description, takes: required ? (/file\b/.test(flags) ? "file" : "value") : "nothing" };
    });
    return {
      name: command.name(),
      summary: command.summary(),
      options: [...options, { name: "--help", help: "show help", takes: "nothing" }],
    };
  });
  return printableLines(SCRIPTS[shell](completed));
}

const SCRIPTS: Readonly<Record<Shell, (commands: readonly CompletedCommand[]) => string>> = { bash, zsh, fish };

function bash(commands: readonly CompletedCommand[]): string {
  const namesOf = (options: readonly CompletedOption[]) => options.map(({ name }) => name).join(" ");
  const cases = commands.map(({ name, options }) => {
    const valued = namesOf(options.filter(({ takes }) => takes === "value"));
    const files = namesOf(options.filter(({ takes }) => takes === "file"));
    return `    ${name}) options="${namesOf(options)}"; values=" ${valued} "; files=" ${files} " ;;`;
  });
  return `# source <(${PROGRAM} completion bash)
_vendor_destination() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local options="" values="" files=""
  case "\${COMP_CWORD}:\${COMP_WORDS[1]}" in
    1:*) COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")} --help --version" -- "$word")); return ;;
  esac
  case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
  esac
  if [[ $values == *" $previous "* ]]; then COMPREPLY=()
  elif [[ $files != *" $previous "* && $word == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$word"))
  else COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _vendor_destination ${PROGRAM}
`;
}

/** @see https://zsh.sourceforge.io/Doc/Release/Completion-System.html */
function zsh(commands: readonly CompletedCommand[]): string {
  const text = (help: string) =>
    help
      .replaceAll("\\", "\\\\")
      .replace(/[[\]:]/g, "\\$&")
      .replaceAll("'", "'\\''");
  const kinds = { nothing: "", file: ":file:_files", value: ":value: " } as const;
  const cases = commands.map(({ name, options }) => {
    const specs = options.map((option) => `      '*${option.name}[${text(option.help)}]${kinds[option.takes]}'`);
    return `    ${name}) _arguments \\\n${[...specs, "      '*:file:_files'"].join(" \\\n")} ;;`;
  });
  return `#compdef ${PROGRAM}
# source <(${PROGRAM} completion zsh)
_vendor_destination() {
  local -a commands=(
${commands.map(({ name, summary }) => `    '${name}:${text(summary)}'`).join("\n")}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  local command=$words[2]
  shift words; (( CURRENT-- ))
  case $command in
${cases.join("\n")}
  esac
}
compdef _vendor_destination ${PROGRAM}
`;
}

/** @see https://fishshell.com/docs/current/cmds/complete.html */
function fish(commands: readonly CompletedCommand[]): string {
  const text = (help: string) => `'${help.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  const kinds = { nothing: "", file: " -r -F", value: " -x" } as const;
  return `# ${PROGRAM} completion fish | source
${commands
  .flatMap(({ name, summary, options }) => [
    `complete -c ${PROGRAM} -n __fish_use_subcommand -f -a ${name} -d ${text(summary)}`,
    ...options.map(
      (option) =>
        `complete -c ${PROGRAM} -n '__fish_seen_subcommand_from ${name}' -l ${option.name.slice(2)}${kinds[option.takes]} -d ${text(option.help)}`,
    ),
  ])
  .join("\n")}
`;
}
