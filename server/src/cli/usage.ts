export const usage = `Usage: pipewright COMMAND

  start     [--port N] [--host H] [--open]           serve the designer
  --version

Everywhere: --home DIR (else $PIPEWRIGHT_HOME, else ~/.pipewright)
`;
