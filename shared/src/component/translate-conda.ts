export type CondaDependency = string | { readonly pip: readonly string[] };

export interface TranslatedConda {
  /** A range in pip's notation. */
  readonly python: string | null;
  readonly requirements: readonly string[];
  /** What stood under `pip:`. */
  readonly pip: readonly string[];
  readonly notes: readonly string[];
}

/** Every environment has these, or its installer brings them. */
const alwaysThere = new Set(['pip', 'setuptools', 'wheel']);
/** What only conda installs: compilers, and libraries that packages from PyPI bring along. */
const onlyInConda = /^(cudatoolkit|cudnn|cuda-.*|pytorch-cuda|mkl|libgcc.*|libstdcxx.*|gcc.*|gxx.*|conda|nodejs|openmpi|git)$/;
/** Where PyPI knows a package by another name. */
const namesOnPypi: Readonly<Record<string, string>> = {
  pytorch: 'torch',
  'pytorch-cpu': 'torch',
  'pytorch-gpu': 'torch',
  'py-xgboost': 'xgboost',
  'py-opencv': 'opencv-python',
  opencv: 'opencv-python',
  'matplotlib-base': 'matplotlib',
  'tensorflow-gpu': 'tensorflow',
  'python-graphviz': 'graphviz',
  'ray-core': 'ray',
};

/** `numpy=1.26` is `numpy==1.26.*`, `numpy=1.26.4=py311_0` is `numpy==1.26.4`; channels mean nothing to pip. */
export function translateConda(dependencies: readonly CondaDependency[]): TranslatedConda {
  const requirements: string[] = [];
  const pip: string[] = [];
  const notes: string[] = [];
  let python: string | null = null;
  for (const dependency of dependencies) {
    if (typeof dependency !== 'string') {
      pip.push(...dependency.pip);
      continue;
    }
    const { name, version } = readPin(dependency);
    if (name === 'python') python = version || null;
    else if (onlyInConda.test(name)) notes.push(`${name} was left out: only conda has it.`);
    else if (!alwaysThere.has(name)) requirements.push(`${namesOnPypi[name] ?? name}${version}`);
  }
  return { python, requirements, pip, notes };
}

function readPin(text: string): { readonly name: string; readonly version: string } {
  const [, name = text, rest = ''] = /^([A-Za-z0-9._-]+)\s*(.*)$/.exec(text.trim().replace(/^[^:\s]+::/, '')) ?? [];
  const single = /^=\s*([^=\s,]+)(?:=\S*)?$/.exec(rest)?.[1] ?? /^(\d[^=\s,]*)(?:\s+\S+)?$/.exec(rest)?.[1];
  if (single === undefined) return { name: name.toLowerCase(), version: rest.replaceAll(/\s+/g, '') };
  const isWhole = single.split('.').length >= 3 || single.includes('*');
  return { name: name.toLowerCase(), version: `==${isWhole ? single : `${single}.*`}` };
}
