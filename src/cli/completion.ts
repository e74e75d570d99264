import type { Command } from "commander";
import { InputError } from "../domain/errors.ts";
import type { CliContext } from "./context.ts";

/** `entente completion bash|zsh|fish`: what the shell needs to complete commands, options and case names. */
export function addCompletion(program: Command, context: CliContext): void {
  program
    .command("completion <shell>")
    .description("print the completion for bash, zsh or fish, to be sourced")
    .action((shell: string) => context.out(script(shell, words(program, context))));
}

/** Words by command: its options and sub-commands; under the empty name the commands themselves. */
type Words = ReadonlyMap<string, readonly string[]>;

function words(program: Command, context: CliContext): Words {
  const { store } = context.workbench().library;
  const names = (files: readonly { readonly path: string }[]) =>
    files.map((f) => f.path.replace(/^.*\//, "").replace(/\.yaml$/, ""));
  const named: Readonly<Record<string, readonly string[]>> = {
    assess: names(store.cases()),
    desk: names(store.cases()),
    alliance: names(store.alliances?.() ?? []),
  };
  const found = new Map<string, readonly string[]>([["", program.commands.map((c) => c.name())]]);
  for (const c of program.commands) {
    const own = [...c.options.map((o) => o.long ?? ""), ...c.commands.map((s) => s.name())].filter((w) => w !== "");
    found.set(c.name(), [...own, ...(named[c.name()] ?? [])]);
  }
  return found;
}

function script(shell: string, known: Words): string {
  if (shell === "bash") return bash(known);
  if (shell === "zsh") return `autoload -U +X bashcompinit && bashcompinit\n${bash(known)}`;
  if (shell === "fish") return fish(known);
  throw new InputError([
    { code: "bad-usage", message: `there is no completion for \`${shell}\``, hint: "use bash, zsh or fish" },
  ]);
}

function bash(known: Words): string {
  const cases = [...known].map(
    ([command, list]) => `    ${command === "" ? "*" : command}) words="${list.join(" ")}" ;;`,
  );
  // The commands themselves are the default branch, so they come last.
  return `_entente() {
  local words
  case "\${COMP_WORDS[1]}" in
${[...cases.slice(1), cases[0]].join("\n")}
  esac
  [ "$COMP_CWORD" -eq 1 ] && words="${known.get("")!.join(" ")}"
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _entente entente`;
}

function fish(known: Words): string {
  return [...known]
    .map(([command, list]) =>
      command === ""
        ? `complete -c entente -n __fish_use_subcommand -a "${list.join(" ")}"`
        : `complete -c entente -n "__fish_seen_subcommand_from ${command}" -a "${list.join(" ")}"`,
    )
    .join("\n");
}
