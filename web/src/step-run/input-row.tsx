import { assertNever } from '@pipewright/shared/assert-never.ts';
import type { InputDefinition } from '@pipewright/shared/component/ports.ts';
import type { Run } from '@pipewright/shared/http/runs.ts';
import { sourcesOfInput, type ResolvedInput } from '@pipewright/shared/run/run-snapshot.ts';
import { Tooltip } from '@mantine/core';
import { Link } from 'react-router';
import { AssetLinks } from '../assets/asset-links.tsx';
import { PortGlyph } from '../ui/graph/port-glyph.tsx';
import { TruncatedPath } from '../ui/text/truncate.tsx';
import { stepHref } from './step-href.ts';
import classes from './step-run.module.css';

interface InputRowProps {
  readonly run: Run;
  readonly name: string;
  readonly input: ResolvedInput;
  readonly definition: InputDefinition | undefined;
}

/** One input: its name, its value as the step saw it, and who gave it. */
export function InputRow({ run, name, input, definition }: InputRowProps) {
  const label = definition?.['x-pipewright']?.label ?? name;
  return (
    <li className={classes.input} data-input={name}>
      <PortGlyph type={input.type} isConnected={input.kind !== 'absent'} />
      <Tooltip label={definition?.description ?? name} disabled={definition?.description === undefined && label === name}>
        <span className={classes.inputName}>{label}</span>
      </Tooltip>
      <span className={classes.inputValue}>
        <InputValue run={run} input={input} />
        <span className="pw-xs pw-muted">
          <Source input={input} definition={definition} />
        </span>
      </span>
    </li>
  );
}

function InputValue({ run, input }: Pick<InputRowProps, 'run' | 'input'>) {
  switch (input.kind) {
    case 'literal':
      return <span className={classes.literal}>{String(input.value)}</span>;
    case 'data':
      return input.asset ? <AssetLinks assets={[{ ...input.asset, role: 'input', step: '', port: '' }]} /> : <TruncatedPath path={input.path} length={34} />;
    case 'output':
      return (
        <Link to={stepHref({ run: run.id, step: input.step, tab: 'outputs' })} className="pw-link">
          {run.snapshot.steps[input.step]?.displayName ?? input.step} · {input.output}
        </Link>
      );
    case 'template':
      return <span className={classes.literal}>{input.parts.map((part) => (typeof part === 'string' ? part : `{${part.step}.${part.output}}`)).join('')}</span>;
    case 'absent':
      return <span className="pw-muted">nothing</span>;
    default:
      return assertNever(input);
  }
}

function Source({ input, definition }: Pick<InputRowProps, 'input' | 'definition'>) {
  switch (input.kind) {
    case 'literal':
      if (input.pipelineInput !== undefined) return `from the pipeline’s input ${input.pipelineInput}`;
      return definition && 'default' in definition && definition.default === input.value ? 'the default' : 'set on the step';
    case 'data':
      return `${input.pipelineInput === undefined ? 'data' : `from the pipeline’s input ${input.pipelineInput}`} · sha256:${input.hash.slice(0, 8)}…`;
    case 'output':
      return input.isOptional ? 'optional' : '';
    case 'template':
      return `with values of ${[...new Set(sourcesOfInput(input).map(({ step }) => step))].join(', ')}`;
    case 'absent':
      return 'optional, not given';
    default:
      return assertNever(input);
  }
}
