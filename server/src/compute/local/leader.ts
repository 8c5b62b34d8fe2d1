import { attemptFiles } from '../attempt-files.ts';

/** Into `$3`, as `process-identity.ts` reads it. */
const readStartTime =
  process.platform === 'linux'
    ? 'read -r < /proc/$$/stat; set -- "$1" "$2" ${REPLY##*) }; set -- "$1" "$2" "${22}"'
    : 'set -- "$1" "$2" $(ps -o lstart= -p $$); set -- "$1" "$2" "${3}_${4}_${5}_${6}_${7}"';

/**
 * What leads an attempt's process group: it says who it is, runs the command in a subshell, and writes down how that
 * ended. `$1` is the attempt's folder, `$2` the command. It forks nothing else, because each fork costs a step
 * milliseconds; so files that count once they end in a newline, and no renames. A signal to the group ends the command;
 * the leader catches it, to be able to tell, and what bash would say about it goes nowhere. The command meets no
 * variable of ours (`REPLY` is bash's own), and all is one line, so that bash counts its lines from 1.
 */
export const leaderScript = [
  'trap : TERM INT HUP',
  'exec 2> /dev/null',
  readStartTime,
  `echo "$$ $3" > "$1/${attemptFiles.pid}"`,
  '( trap - TERM INT HUP; REPLY=$2; set --; eval "$REPLY" ) 2>&1',
  `echo "$?" > "$1/${attemptFiles.exit}"`,
].join('; ');
