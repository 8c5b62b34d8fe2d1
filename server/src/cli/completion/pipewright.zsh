#compdef pipewright
_pipewright() {
  local line files=0
  local -a candidates described
  for line in "${(@f)$("${words[1]}" completion candidates -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    if [[ "$line" == ":files" ]]; then files=1
    elif [[ -n "$line" ]]; then candidates+=("${line%%$'\t'*}"); described+=("${line//$'\t'/  -- }"); fi
  done
  (( $#candidates )) && compadd -l -d described -- "${candidates[@]}"
  (( files )) && _files
}
compdef _pipewright pipewright
