import { attemptFiles } from '../attempt-files.ts';

const isLinux = process.platform === 'linux';

/** Into `$3`, as `process-identity.ts` reads it. */
const readStartTime = isLinux
  ? 'read -r < /proc/$$/stat; set -- "$1" "$2" ${REPLY##*) }; set -- "$1" "$2" "${22}"'
  : 'set -- "$1" "$2" $(ps -o lstart= -p $$); set -- "$1" "$2" "${3}_${4}_${5}_${6}_${7}"';

/** What the command and all it waited for have taken, as `usage-meter.ts` reads it. */
const writeUsage = `{ times${isLinux ? `; mapfile < /proc/$$/io; printf %s "\${MAPFILE[@]}"` : ''}; } > "$1/${attemptFiles.usage}"`;

/** So much longer than the step's limit does the leader's own watch wait: while a server lives, the server is first. */
const watchMarginS = 2;

export interface TimeLimit {
  readonly timeoutMs: number;
  readonly graceMs: number;
}

/**
 * Ends the group when its time is up and no server lives to do it, and says so in a file. It waits by a `read` of what
 * never comes, because that follows no clock that people set; only where this cannot be had does it sleep.
 */
function watchTime({ timeoutMs, graceMs }: TimeLimit): string {
  const waitS = (seconds: number): string =>
    `SECONDS=0; while (( SECONDS < ${seconds} )); do read -r -t $(( ${seconds} - SECONDS )) -u 9; (( $? > 128 )) || sleep 1; done`;
  const limitS = Math.ceil(timeoutMs / 1000) + watchMarginS;
  const graceS = Math.max(1, Math.ceil(graceMs / 1000));
  const end = `echo ${timeoutMs} > "$1/${attemptFiles.timedOut}"; kill -TERM -- -$$; kill -CONT -- -$$; ${waitS(graceS)}; kill -KILL -- -$$`;
  return `( trap "" TERM INT HUP; exec 9<> <(:); ${waitS(limitS)}; ${end} ) > /dev/null &`;
}

/**
 * What leads an attempt's process group: it says who it is, runs the command in a subshell, and writes down what that
 * took and how it ended. `$1` is the attempt's folder, `$2` the command. It forks nothing else unless time is limited,
 * because each fork costs a step milliseconds; so files that count once they end in a newline, and no renames. A signal
 * to the group ends the command; the leader catches it, to be able to tell, and what bash would say about it goes
 * nowhere. The command meets no variable of ours (`REPLY` is bash's own), and all is one line, so that bash counts its
 * lines from 1.
 */
export function leaderScript(limit: TimeLimit | null): string {
  return [
    'trap : TERM INT HUP',
    'exec 2> /dev/null',
    readStartTime,
    `echo "$$ $3" > "$1/${attemptFiles.pid}"`,
    ...(limit ? [`${watchTime(limit)} set -- "$1" "$2"`] : []),
    '( trap - TERM INT HUP; REPLY=$2; set --; eval "$REPLY" ) 2>&1',
    'set -- "$1" "$?"',
    ...(limit ? ['kill -KILL $!'] : []),
    writeUsage,
    `echo "$2" > "$1/${attemptFiles.exit}"`,
  ].join('; ');
}
