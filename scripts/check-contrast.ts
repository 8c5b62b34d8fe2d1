import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './run-command.ts';

// Every pair of text and ground that the page uses, in both themes, against WCAG: 4.5 for text, 3 for graphics.

const css = await readFile(join(root, 'web', 'src', 'app', 'tokens.css'), 'utf8');
const darkAt = css.indexOf('[data-mantine-color-scheme="dark"]');
const tokens = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/--pw-([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [name, value]));
const light = tokens(css.slice(0, darkAt));
const themes = { light, dark: { ...light, ...tokens(css.slice(darkAt)) } };

type Pair = readonly [ink: string, ground: string, least: number];
const cross = (inks: readonly string[], grounds: readonly string[], least: number): Pair[] =>
  inks.flatMap((ink) => grounds.map((ground): Pair => [ink, ground, least]));
const named = (prefix: string, names: readonly string[]): string[] => names.map((name) => `${prefix}-${name}`);

const running = ['waiting', 'preparing', 'queued', 'running', 'finalizing', 'retrying'];
const ended = ['completed', 'reused', 'failed', 'cancelled', 'timed-out', 'skipped', 'blocked', 'lost'];
const statuses = named('st', running.concat(ended));
const families = named('fam', ['data', 'transform', 'feature', 'train', 'score', 'evaluate', 'code', 'other']);
const ports = named('port', ['uri-file', 'uri-folder', 'mltable', 'mlflow-model', 'custom-model', 'scalar', 'path']);
const people = named('person', ['1', '2', '3', '4', '5', '6', '7', '8']);
const pairs: Pair[] = [
  ...cross(['text', 'text-2', 'text-3'], ['panel', 'canvas', 'sunken', 'hover', 'raised'], 4.5),
  ...cross(['brand-text'], ['panel', 'canvas', 'sunken', 'brand-soft', 'raised'], 4.5),
  ...cross(['on-brand'], ['brand', 'brand-hover'], 4.5),
  ...cross(['ok', 'warn', 'err', 'info'], ['panel'], 4.5),
  ...['ok', 'warn', 'err', 'info'].map((name): Pair => [name, `${name}-soft`, 4.5]),
  ...statuses.flatMap((name): Pair[] => [[name, `${name}-s`, 4.5], ['text-2', `${name}-s`, 4.5], ...cross([name], ['panel', 'canvas'], 4.5)]),
  ...families.map((name): Pair => [name, `${name}-soft`, 4.5]),
  ...cross(ports, ['panel', 'canvas'], 4.5),
  ...cross(named('ansi', ['red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'dim']), ['sunken'], 4.5),
  ...cross(['edge', 'edge-strong', 'brand', 'line-strong'], ['canvas', 'panel'], 3),
  ...cross(['on-person'], people, 4.5),
  ...cross(people, ['canvas', 'panel'], 3),
  ...cross(named('series', ['1', '2', '3', '4', '5']), ['panel'], 3),
];

const channel = (value: number): number => (value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => channel(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

let misses = 0;
for (const [theme, colours] of Object.entries(themes)) {
  for (const [ink, ground, least] of pairs) {
    const [a, b] = [colours[ink], colours[ground]];
    if (a !== undefined && b !== undefined && contrast(a, b) >= least) continue;
    misses += 1;
    console.log(
      a === undefined || b === undefined
        ? `${theme}: ${ink} or ${ground} is missing`
        : `${theme}: ${ink} on ${ground} has ${contrast(a, b).toFixed(2)}, needs ${least}`,
    );
  }
}
process.exitCode = misses === 0 ? 0 : 1;
