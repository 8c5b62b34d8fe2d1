import { commandHelp, flagsOf } from './command-help.ts';
import { exitStatus } from './exit-status.ts';
import { parseArguments, UsageError } from './parse-arguments.ts';
import { withFailuresTold } from './with-failures-told.ts';

/** Writes a script by which a shell completes commands, their words and their flags; made of the same table as the help. */
export async function completion(args: readonly string[]): Promise<number> {
  return await withFailuresTold(async () => {
    const { positionals } = parseArguments(args, {}, 1);
    const [shell = ''] = positionals;
    const write = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
    if (!write) throw new UsageError(`${shell === '' ? 'say for which shell' : `${shell} is not known`}: ${Object.keys(scripts).join(', ')}`);
    process.stdout.write(write());
    return await Promise.resolve(exitStatus.done);
  });
}

const scripts: Readonly<Record<string, () => string>> = { bash, zsh: () => `autoload -U +X bashcompinit && bashcompinit\n${bash()}`, fish };

const names = Object.keys(commandHelp);

function bash(): string {
  const cases = Object.entries(commandHelp).map(([name, help]) => {
    const words = [...(help.words ?? []), ...flagsOf(help)].join(' ');
    return `    ${name}) words="${words}"; files=${help.takesFiles === true ? 1 : 0} ;;`;
  });
  return `_pipewright() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words="" files=0
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${names.join(' ')} --help --version" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  case "$before" in
    --home | --path | --output | -o) files=1; words="" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ "$files" -eq 1 ]; then COMPREPLY+=($(compgen -f -- "$current")); fi
}
complete -o filenames -F _pipewright pipewright
`;
}

function fish(): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`\'`)}'`;
  const isFirst = `not __fish_seen_subcommand_from ${names.join(' ')}`;
  return [
    'complete -c pipewright -f',
    ...Object.entries(commandHelp).flatMap(([name, help]) => [
      `complete -c pipewright -n ${quoted(isFirst)} -a ${name} -d ${quoted(help.summary)}`,
      ...(help.words ?? []).map((word) => `complete -c pipewright -n ${quoted(`__fish_seen_subcommand_from ${name}`)} -a ${word}`),
      ...flagsOf(help).map((flag) => `complete -c pipewright -n ${quoted(`__fish_seen_subcommand_from ${name}`)} -l ${flag.slice(2)}`),
      ...(help.takesFiles === true ? [`complete -c pipewright -n ${quoted(`__fish_seen_subcommand_from ${name}`)} -F`] : []),
    ]),
    '',
  ].join('\n');
}
