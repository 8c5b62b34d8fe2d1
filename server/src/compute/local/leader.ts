import { attemptFiles } from '../attempt-folder.ts';

const readStartTime =
  process.platform === 'linux'
    ? 'read -r s < /proc/$$/stat; s=${s##*) }; set -- $s; t=${20}'
    : "t=$(ps -o lstart= -p $$ | tr -s ' ' _); t=${t%_}";

/**
 * What leads an attempt's process group: it says who it is, runs the command in a subshell, and writes down how that
 * ended. It forks nothing else, because each fork costs a step milliseconds; so files that count once they end in a
 * newline, and no renames. A signal to the group ends the command; the leader catches it, to be able to tell.
 */
export const leaderScript = `trap : TERM INT HUP
attempt=$PIPEWRIGHT_ATTEMPT; command=$PIPEWRIGHT_COMMAND; unset PIPEWRIGHT_ATTEMPT PIPEWRIGHT_COMMAND
${readStartTime}
echo "$$ $t" > "$attempt/${attemptFiles.pid}"
set --
( trap - TERM INT HUP; eval "$command" )
echo "$?" > "$attempt/${attemptFiles.exit}"
`;
