export const usage = `Usage: pipewright COMMAND

  start     [--port N] [--open]                      serve the designer
  run       FILE|gallery:NAME|PIPELINE[:VERSION] [--set NAME=VALUE]… [--experiment E] [--name TEXT]
            [--force-rerun] [--from STEP] [--to STEP] [--only STEP]… [--detach] [--json]
                                                     run a pipeline, or a part of it, and wait for its end
  plan      FILE|gallery:NAME|PIPELINE[:VERSION] [--set NAME=VALUE]… [--from STEP] [--to STEP] [--only STEP]… [--json]
                                                     what would run, what would be reused, and why
  validate  FILE… [--json]                           find the mistakes in pipelines and components
  import    FILE… [--name N]                         make drafts of files
  export    PIPELINE[:VERSION]|draft:ID|run:ID [-o FILE]
                                                     write a pipeline as YAML
  register  FILE… | data|model --name N --path P [--version V] [--type T]
                                                     take components, environments, data and models into the workspace
  runs      ls [--limit N] [--json]                  runs, newest first
            show [RUN] [--json]                      a run with its steps and outputs
            logs [RUN] [STEP] [--attempt N] [--follow] [--json]
                                                     what steps have written
            cancel [RUN]                             stop a run and wait for its steps to end
            resume [RUN] [--from STEP] [--to STEP] [--only STEP]… [--force-rerun] [--json]
                                                     go on with a run that has ended, or do a part of it again
            rm RUN… [--assets]                       take runs out of the history, with their logs
  ls        gallery|components|pipelines|environments|data|models|compute [--json]
                                                     what there is, by name
  gc        [--dry-run] [--keep DAYS] [--json]       delete old outputs, working copies and environments
            --verify [--dry-run] [--json]            find damaged outputs and put them aside

Everywhere: --home DIR (else $PIPEWRIGHT_HOME, else ~/.pipewright), --help, --version
Without RUN the newest one is meant. Exit status: 0 done · 1 the run failed · 2 wrong file or arguments ·
3 the data folder or the server cannot be used · 130 cancelled.
`;
