export const usage = `Usage: pipewright COMMAND

  start     [--port N] [--open]                      serve the designer
  run       FILE|gallery:NAME|PIPELINE[:VERSION] [--set NAME=VALUE]… [--experiment E] [--name TEXT]
            [--force-rerun] [--json]                 run a pipeline and wait for its end
  plan      FILE|gallery:NAME [--set NAME=VALUE]… [--json]
                                                     what would run, what would be reused, and why
  validate  FILE… [--json]                           find the mistakes
  import    FILE… [--name N]                         make drafts of files
  --version

Everywhere: --home DIR (else $PIPEWRIGHT_HOME, else ~/.pipewright)
`;
