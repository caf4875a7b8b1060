/** Completion scripts for shells, generated from the commands as commander knows them. */
import type { Command, Option } from "commander";
import type { WithChoices } from "./command";
import { type EscapedText, printableLines } from "./report/shared";

export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

const PROGRAM = "vendor-destination";

/** The values that an option or an argument can have. */
interface CompletedValue {
  readonly choices: readonly string[];
  readonly isFile: boolean;
  /** Whether a file can follow the word: `sarif=check.sarif`. */
  readonly hasFile: boolean;
}

interface CompletedOption {
  /** `--format`. */
  readonly name: string;
  readonly help: string;
  /** Absent for an option without a value. */
  readonly value?: CompletedValue;
}

interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** The words of which the first argument is one; all other arguments are paths. */
  readonly firstArgument: readonly string[];
}

/** @param commands with their options declared */
export function completionScript(shell: Shell, commands: readonly Command[]): EscapedText {
  const completed = commands.map((command): CompletedCommand => {
    const firstArgument = choicesOf(command.registeredArguments[0]);
    return { name: command.name(), summary: command.summary(), options: [...command.options.map(completedOption), HELP], firstArgument };
  });
  const help = { name: "help", summary: "show help for a command", options: [], firstArgument: completed.map(({ name }) => name) };
  return printableLines(SCRIPTS[shell]([...completed, help]));
}

const HELP: CompletedOption = { name: "--help", help: "show help" };

function completedOption(option: Option): CompletedOption {
  const { long, description, required, flags } = option;
  const value = { choices: choicesOf(option), isFile: flags.includes("<file>"), hasFile: flags.includes("[=file]") };
  return { name: long!, help: description, ...(required && { value }) };
}

function choicesOf(declared: WithChoices | undefined): readonly string[] {
  return declared?.argChoices ?? declared?.wordsBesideFile ?? [];
}

const SCRIPTS: Readonly<Record<Shell, (commands: readonly CompletedCommand[]) => string>> = { bash, zsh, fish };

/**
 * Bash passes `--format=json` and `sarif=check.sarif` as three words.
 *
 * @see https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html
 */
function bash(commands: readonly CompletedCommand[]): string {
  const values = commands.flatMap(({ name, options }) =>
    options.flatMap(({ name: option, value }) =>
      value ? [`    "${name} ${option}") kind=${value.isFile ? "file" : "value"}; words="${value.choices.join(" ")}" ;;`] : [],
    ),
  );
  const others = commands.map(({ name, options, firstArgument }) => {
    const names = options.map((option) => option.name).join(" ");
    return `      ${name}) options="${names}"; words="${firstArgument.join(" ")}" ;;`;
  });
  return `# source <(${PROGRAM} completion bash)
_vendor_destination() {
  local word="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local kind="" words="" options="" one
  if (( COMP_CWORD == 1 )); then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")} --help --version" -- "$word")); return
  fi
  if [[ $word == "=" ]]; then word=""
  elif [[ $previous == "=" ]]; then previous="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  case "\${COMP_WORDS[1]} $previous" in
${values.join("\n")}
  esac
  if [[ -z $kind ]]; then
    case "\${COMP_WORDS[1]}" in
${others.join("\n")}
    esac
    for one in "\${COMP_WORDS[@]:2:COMP_CWORD-2}"; do
      if [[ " $words " == *" $one "* ]]; then words=""; fi
    done
    if [[ $word == -* ]]; then kind=value; words=$options
    elif [[ -n $words ]]; then kind=value
    else kind=file
    fi
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  if [[ $kind == file ]]; then
    local IFS=$'\\n'
    COMPREPLY+=($(compgen -f -- "$word"))
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
  const action = ({ choices, isFile, hasFile }: CompletedValue) => {
    if (choices.length === 0) return isFile ? "_files" : " ";
    if (!isFile && !hasFile) return `(${choices.join(" ")})`;
    const words = `compadd -- ${choices.join(" ")}`;
    // Text in braces is code.
    return hasFile ? `{ if compset -P "*="; then _files; else ${words}; fi }` : `{ ${words}; _files }`;
  };
  const cases = commands.map(({ name, options, firstArgument }) => {
    const specs = options.map(
      (option) =>
        `'*${option.name}${option.value ? "=" : ""}[${text(option.help)}]${option.value ? `:value:${action(option.value)}` : ""}'`,
    );
    const first = firstArgument.length > 0 ? [`'1:argument:(${firstArgument.join(" ")})'`] : [];
    return `    ${name}) _arguments \\\n${[...specs, ...first, "'*:file:_files'"].map((spec) => `      ${spec}`).join(" \\\n")} ;;`;
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
  const value = ({ choices, isFile }: CompletedValue) =>
    `${isFile ? " -r -F" : " -x"}${choices.length > 0 ? ` -a ${text(choices.join(" "))}` : ""}`;
  const lines = commands.flatMap(({ name, summary, options, firstArgument }) => {
    const isAsked = `__fish_seen_subcommand_from ${name}`;
    const first = firstArgument.join(" ");
    return [
      `complete -c ${PROGRAM} -n __fish_use_subcommand -f -a ${name} -d ${text(summary)}`,
      ...(first === ""
        ? []
        : [`complete -c ${PROGRAM} -n '${isAsked}; and not __fish_seen_subcommand_from ${first}' -f -a ${text(first)}`]),
      ...options.map(
        (option) =>
          `complete -c ${PROGRAM} -n '${isAsked}' -l ${option.name.slice(2)}${option.value ? value(option.value) : ""} -d ${text(option.help)}`,
      ),
    ];
  });
  return `# ${PROGRAM} completion fish | source\n${lines.join("\n")}\n`;
}
