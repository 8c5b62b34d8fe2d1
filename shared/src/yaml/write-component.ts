import type { Component } from '../component/component.ts';
import { spellComponent } from '../azure/spellings.ts';
import { readYaml } from './read-yaml.ts';
import { editMap } from './write-pipeline.ts';
import { writeYaml } from './write-yaml.ts';

/** The order of the keys that we write; others follow as they stand. */
const order = ['name', 'version', 'display_name', 'type', 'description', 'tags', 'inputs', 'outputs', 'code', 'environment', 'command'];

/** A component as its file would say it. */
export function writeComponent(component: Component): string {
  const members = Object.entries(component).filter(([, value]) => value !== undefined && value !== null);
  const place = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  return writeYaml(Object.fromEntries(members.toSorted(([a], [b]) => place(a) - place(b))));
}

/** The file of a component saying other things, with its comments and its order where it says the same. */
export function editComponent(original: string, wanted: Readonly<Record<string, unknown>>): string {
  return editMap(readYaml(original), wanted, (value) => spellComponent(value).value) ?? writeYaml(wanted);
}
