# Completion of pipewright for bash; works with the 3.2 of macOS.
_pipewright() {
  local line="${COMP_LINE:0:COMP_POINT}" words current candidate files=0
  read -ra words <<< "$line"
  [[ "$line" == *[[:space:]] ]] && words+=("")
  current="${words[${#words[@]}-1]}"
  COMPREPLY=()
  while IFS= read -r candidate; do
    if [ "$candidate" = ":files" ]; then files=1; else COMPREPLY+=("${candidate%%$'\t'*}"); fi
  done < <("${words[0]}" completion candidates -- "${words[@]:1}" 2>/dev/null)
  # bash takes a colon and an equals sign for ends of words: what stands before them is not part of what it fills in.
  local before="${current%"${current##*[:=]}"}"
  [ -n "$before" ] && COMPREPLY=("${COMPREPLY[@]#"$before"}")
  if [ "$files" -eq 1 ]; then
    while IFS= read -r candidate; do COMPREPLY+=("$candidate"); done < <(compgen -f -- "${current##*[:=]}")
  fi
  [[ ${#COMPREPLY[@]} -eq 1 && "${COMPREPLY[0]}" == *[:=] ]] && compopt -o nospace 2>/dev/null
  return 0
}
complete -o filenames -F _pipewright pipewright
