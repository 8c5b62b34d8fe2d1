function __pipewright_candidates
  set -l words (commandline -opc) (commandline -ct)
  for line in ($words[1] completion candidates -- $words[2..-1] 2>/dev/null)
    if test "$line" = ":files"
      __fish_complete_path (commandline -ct)
    else
      echo $line
    end
  end
end
complete -c pipewright -f -a '(__pipewright_candidates)'
