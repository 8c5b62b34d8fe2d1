/** What oxlint hands to these rules; only what they read of it. */
interface NewExpression {
  readonly callee: { readonly type: string; readonly name?: string };
  readonly arguments: readonly unknown[];
}

interface VariableDeclaration {
  readonly kind: string;
}

interface RuleContext {
  report(problem: { readonly node: object; readonly message: string }): void;
}

/** `new Date()` reads the clock, `new Date(text)` does not: no rule of oxlint's own tells them apart. */
const noClock = {
  create: (context: RuleContext) => ({
    NewExpression(node: NewExpression): void {
      const isNow = node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0;
      if (isNow) context.report({ node, message: 'Pure code: time arrives in events.' });
    },
  }),
};

/** The tool that checks import boundaries stops at the first file that it cannot parse. */
const noUsing = {
  create: (context: RuleContext) => ({
    VariableDeclaration(node: VariableDeclaration): void {
      if (!node.kind.includes('using')) return;
      context.report({ node, message: 'dependency-cruiser cannot parse `using` yet: use try and finally, AsyncDisposableStack or onTestFinished.' });
    },
  }),
};

// oxlint asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default { meta: { name: 'pipewright' }, rules: { 'no-clock': noClock, 'no-using': noUsing } };
