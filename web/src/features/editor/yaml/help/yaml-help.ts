import { acceptCompletion, autocompletion, type Completion, type CompletionContext, type CompletionResult, completionKeymap } from '@codemirror/autocomplete';
import { type Extension, Prec } from '@codemirror/state';
import { hoverTooltip, keymap } from '@codemirror/view';
import { completeYaml, type YamlFacts } from './complete-yaml.ts';
import { explainYaml } from './explain-yaml.ts';
import classes from '../yaml.module.css';

const kinds = { key: 'property', value: 'constant', binding: 'variable', component: 'class', function: 'function' } as const;

/** Completion as one types and with Ctrl-Space; explanations where the pointer rests. */
export function yamlHelp(facts: () => YamlFacts): Extension {
  return [
    autocompletion({ override: [(context) => complete(context, facts())], icons: false, defaultKeymap: false }),
    // Tab takes the suggestion that is shown, and indents otherwise.
    Prec.high(keymap.of([...completionKeymap, { key: 'Tab', run: acceptCompletion }])),
    hoverTooltip((view, offset) => {
      const found = explainYaml(view.state.doc.toString(), offset, facts());
      return found && { pos: found.from, end: found.to, above: true, create: () => ({ dom: render(found.title, found.facts, found.text) }) };
    }),
  ];
}

function complete(context: CompletionContext, facts: YamlFacts): CompletionResult | null {
  const { from, options } = completeYaml(context.state.doc.toString(), context.pos, facts);
  const isTyped = context.pos > from || context.state.sliceDoc(Math.max(0, context.pos - 3), context.pos).endsWith('{{');
  // Nothing pops up at every new line; whoever asks is answered anywhere.
  if (options.length === 0 || (!isTyped && !context.explicit)) return null;
  return {
    from,
    options: options.map(({ label, insert, detail, info, kind }): Completion => ({
      label,
      type: kinds[kind],
      ...(insert === undefined ? {} : { apply: insert }),
      ...(detail === undefined || detail === '' ? {} : { detail }),
      ...(info === undefined || info === '' ? {} : { info: () => render('', [], info) }),
    })),
    validFor: /^[\w.:@/${}-]*$/,
  };
}

/** Code in descriptions stands between backquotes. */
function render(title: string, facts: readonly string[], text: string | undefined): HTMLElement {
  const box = document.createElement('div');
  box.className = classes.explanation ?? '';
  if (title !== '') box.append(element('b', title));
  if (facts.length > 0) box.append(element('span', facts.join(' · ')));
  if (text) {
    const words = document.createElement('p');
    for (const [index, part] of text.split('`').entries()) words.append(index % 2 === 1 ? element('code', part) : part);
    box.append(words);
  }
  return box;
}

function element(name: 'b' | 'span' | 'code', text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
