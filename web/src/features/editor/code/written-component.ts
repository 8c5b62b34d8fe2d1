import type { Component } from '@pipewright/shared/component/component.ts';
import { InputDefinition, OutputDefinition } from '@pipewright/shared/component/ports.ts';
import type { DeclarationChanges } from '@pipewright/shared/http/component-code.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import { z } from 'zod';
import { definitionOf, isRightPort, portOf, whatIsWrongWith, WrittenPort } from '../written/written-port.ts';
import { commandProblems } from './command-problems.ts';

/** What a component says of itself beside its files, as it is being written. */
export const WrittenComponent = z.object({
  ports: z.array(WrittenPort),
  /** Null: a component of its kind has none. */
  command: z.string().nullable(),
  /** `azureml:NAME:VERSION`; null: the base Python; undefined: what it says now, which is none that is registered. */
  environment: z.string().nullable().optional(),
});
export type WrittenComponent = z.infer<typeof WrittenComponent>;

export type LeafComponent = Exclude<Component, { type: 'pipeline' }>;

/** A component that is there, ready to be written otherwise. */
export function writtenOf(component: LeafComponent): WrittenComponent {
  const environment = environmentOf(component) ?? null;
  return {
    ports: [
      ...Object.entries(component.inputs).map(([name, definition]) => portOf('inputs', name, definition)),
      ...Object.entries(component.outputs).map(([name, definition]) => portOf('outputs', name, definition)),
    ],
    command: component.type === 'command' ? component.command : null,
    environment: environment === null || isRegistered(environment) ? environment : undefined,
  };
}

const environmentOf = (component: LeafComponent) => (component.type === 'parallel' ? component.task.environment : component.environment);
const isRegistered = (environment: unknown): environment is string => typeof environment === 'string' && environment.startsWith('azureml:');

/** What the environment is called that a component says and that is not registered; undefined where there is none. */
export function ownEnvironment(component: LeafComponent): string | undefined {
  const said = environmentOf(component);
  if (said === undefined || isRegistered(said)) return undefined;
  return typeof said === 'string' ? said : (said.name ?? 'One of its own');
}

/** What was written of a component, as written of the version that was made of what was sent of it; null: its declaration was sent as it was. */
export function rebasedOn(made: LeafComponent, written: WrittenComponent, sent: WrittenComponent | null): WrittenComponent {
  const nameOf = ({ side, name, origin }: WrittenPort): string | undefined => {
    if (!origin || !sent) return origin?.name ?? name;
    return sent.ports.find((port) => port.side === side && port.origin?.name === origin.name)?.name;
  };
  const ports = written.ports.map((port): WrittenPort => {
    const name = nameOf(port);
    const definition = name !== undefined && Object.hasOwn(made[port.side], name) ? made[port.side][name] : undefined;
    return { ...port, origin: name !== undefined && definition ? { name, definition } : null };
  });
  return { ...written, ports };
}

/** What is said otherwise than by the component, as the next version is asked for; null: nothing. */
export function changesOf(component: LeafComponent, written: WrittenComponent): DeclarationChanges | null {
  const before = writtenOf(component);
  const sides = (['inputs', 'outputs'] as const).filter((side) => canonicalJson(component[side]) !== canonicalJson(declaredOn(written, side)));
  const changes: DeclarationChanges = {
    ...(sides.includes('inputs') ? { inputs: z.record(z.string(), InputDefinition).parse(declaredOn(written, 'inputs')) } : {}),
    ...(sides.includes('outputs') ? { outputs: z.record(z.string(), OutputDefinition).parse(declaredOn(written, 'outputs')) } : {}),
    ...(written.command === null || written.command === before.command ? {} : { command: written.command }),
    ...(written.environment === before.environment ? {} : { environment: written.environment }),
  };
  return Object.keys(changes).length === 0 ? null : changes;
}

const declaredOn = ({ ports }: WrittenComponent, side: WrittenPort['side']) =>
  Object.fromEntries(ports.filter((port) => port.side === side).map((port) => [port.name, definitionOf(port)]));

/** The component as its next version will be. */
export function changedComponent(component: LeafComponent, { environment, ...changes }: DeclarationChanges): LeafComponent {
  const said = environment === undefined ? environmentOf(component) : (environment ?? undefined);
  if (component.type === 'parallel') return { ...component, ...withoutCommand(changes), task: { ...component.task, environment: said } };
  if (component.type === 'command') return { ...component, ...changes, environment: said };
  return { ...component, ...withoutCommand(changes), environment: said };
}

const withoutCommand = ({ command: _command, ...others }: DeclarationChanges) => others;

/** Whether it can become a version as it is written. */
export const isRightComponent = (written: WrittenComponent): boolean =>
  written.ports.every((port) => isRightPort(whatIsWrongWith(port, written.ports))) && commandProblems(written).every(({ severity }) => severity !== 'error');

/** What ports are called that had another name: `inputs NAME` of before to the name of now. */
export const renamesIn = ({ ports }: WrittenComponent): ReadonlyMap<string, string> =>
  new Map(ports.flatMap(({ side, name, origin }) => (origin && origin.name !== name ? [[`${side} ${origin.name}`, name]] : [])));
