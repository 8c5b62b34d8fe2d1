import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import type { LargeGraph } from './large-graph.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const address = 'http://bare.localhost/';
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

const html = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>Bare React Flow</title></head>
  <body><div id="root"></div><script type="module" src="./main.js"></script></body>
</html>`;

/** React Flow with its default nodes and nothing else. What it draws stands in the window before it begins. */
const program = `import '@xyflow/react/dist/base.css';
import { ReactFlow, useEdgesState, useNodesState } from '@xyflow/react';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const { nodes: firstNodes, edges: firstEdges, viewport, culled } = window.bareGraph;

function Bare() {
  const [nodes, , onNodesChange] = useNodesState(firstNodes);
  const [edges, , onEdgesChange] = useEdgesState(firstEdges);
  const looks = { defaultViewport: viewport, minZoom: 0.05, panOnScroll: true, zoomOnDoubleClick: false, onlyRenderVisibleElements: culled };
  const flow = createElement(ReactFlow, { nodes, edges, onNodesChange, onEdgesChange, ...looks });
  return createElement('div', { style: { position: 'fixed', inset: 0 } }, flow);
}

createRoot(document.getElementById('root')).render(createElement(Bare));
`;

/** The very packages that the product is built with. */
const packages = join(root, 'web', 'node_modules');
const config = `const packages = ${JSON.stringify(packages)};
const of = (name) => ({ find: new RegExp('^' + name + '(?=/|$)'), replacement: packages + '/' + name });
export default { root: import.meta.dirname, base: './', logLevel: 'warn', resolve: { alias: ['react', 'react-dom', '@xyflow/react'].map(of) } };
`;

/** Makes the page that the designer is compared with, in a folder of the bench. */
export async function buildBarePage(folder: string): Promise<void> {
  const source = `${folder}-source`;
  await mkdir(source);
  await writeFile(join(source, 'index.html'), html);
  await writeFile(join(source, 'main.js'), program);
  await writeFile(join(source, 'vite.config.js'), config);
  const vite = join(packages, 'vite', 'bin', 'vite.js');
  await promisify(execFile)(process.execPath, [vite, 'build', '--config', join(source, 'vite.config.js'), '--outDir', folder, '--emptyOutDir'], { cwd: root });
}

/** The same graph by React Flow alone: default nodes of the size, at the places and with the edges that ours have. */
export async function openBare(
  page: Page,
  { folder, graph, viewport }: { readonly folder: string; readonly graph: LargeGraph; readonly viewport: Viewport },
): Promise<void> {
  const size = { width: 240, height: 68 };
  const nodes = graph.steps.map(({ key, place }) => ({ id: key, position: place, data: { label: key }, ...size, measured: size, style: size }));
  const edges = graph.edges.map(({ from, to }) => ({ id: `${from} ${to}`, source: from, target: to }));
  await page.addInitScript((given) => Object.assign(window, { bareGraph: given }), { nodes, edges, viewport, culled: nodes.length >= 300 });
  await page.route(`${address}**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    const name = path === '/' ? '/index.html' : path;
    await route.fulfill({ body: await readFile(join(folder, name)), contentType: types[extname(name)] ?? 'text/plain' });
  });
  await page.goto(address);
  await page.locator('.react-flow__node').first().waitFor();
}
