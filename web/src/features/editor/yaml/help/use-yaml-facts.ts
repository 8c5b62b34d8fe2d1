import type { PipelineInput } from '@pipewright/shared/pipeline/input-value.ts';
import { interfaceOf } from '@pipewright/shared/pipeline/step-interface.ts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { componentsQuery, titleOfComponent } from '../../../../api/components.ts';
import { environmentsQuery } from '../../../../api/environments.ts';
import { type Editor, useEditor } from '../../store/editor-context.tsx';
import type { YamlFacts } from './complete-yaml.ts';

type Registered = Pick<YamlFacts, 'components' | 'environments'>;

/** What completion knows besides the schema, worked out when it is asked for. */
export function useYamlFacts(): () => YamlFacts {
  const editor = useEditor();
  const { data: components = [] } = useQuery(componentsQuery());
  const { data: environments = [] } = useQuery(environmentsQuery());
  const registered = useRef<Registered>({ components: [], environments: [] });
  useEffect(() => {
    registered.current = {
      components: components.map((each) => ({ reference: each.reference, title: titleOfComponent(each), description: each.component.description })),
      environments: environments.map(({ name, version, definition }) => ({ reference: `azureml:${name}:${version}`, description: definition.description })),
    };
  });
  const facts = useRef<() => YamlFacts>(() => factsOf(editor, registered.current));
  return facts.current;
}

function factsOf({ store }: Editor, registered: Registered): YamlFacts {
  const { content, components } = store.getState();
  const { document } = content;
  return {
    ...registered,
    inputs: Object.entries(document.inputs).map(([name, input]) => ({ name, type: typeOfInput(input) })),
    outputs: Object.keys(document.outputs).map((name) => ({ name, type: null })),
    steps: Object.fromEntries(
      Object.entries(document.jobs).map(([key, step]) => [key, { title: step.display_name ?? key, ...portsOf(interfaceOf(key, document, components)) }]),
    ),
  };
}

type Ports = Pick<YamlFacts['steps'][string], 'inputs' | 'outputs'>;

function portsOf(known: ReturnType<typeof interfaceOf>): Ports {
  const named = (ports: Readonly<Record<string, { readonly type: string; readonly description?: string | undefined }>>): Ports['inputs'] =>
    Object.entries(ports).map(([name, { type, description }]) => ({ name, type, description }));
  return { inputs: named(known?.inputs ?? {}), outputs: named(known?.outputs ?? {}) };
}

/** What a pipeline's input says of its type; the kind of a value speaks for itself. */
function typeOfInput(input: PipelineInput): string | null {
  if (input === null) return null;
  if (typeof input === 'object') return input.type ?? 'uri_folder';
  return typeof input === 'string' ? 'string' : typeof input;
}
