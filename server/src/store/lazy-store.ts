import type { Store } from './store.ts';

/** A store that is opened when it is first asked something: a command that needs none does not pay for it. */
export function lazyStore(open: () => Promise<Store>): Store {
  let opened: Promise<Store> | undefined;
  const store = async (): Promise<Store> => await (opened ??= open());
  const close = async (): Promise<void> => await (await opened?.catch(() => undefined))?.[Symbol.asyncDispose]();
  const proxy: unknown = new Proxy(
    {},
    { get: (_target, part) => (part === Symbol.asyncDispose ? close : typeof part === 'string' ? lazyPart(store, part) : undefined) },
  );
  // Every part of a store is an object of methods that answer promises (`store.ts`), and so is every part of this one.
  return proxy as Store;
}

function lazyPart(store: () => Promise<Store>, name: string): unknown {
  return new Proxy(
    {},
    {
      get:
        (_target, method) =>
        async (...args: readonly unknown[]) => {
          const part: unknown = Reflect.get(await store(), name);
          const perform: unknown = part !== null && typeof part === 'object' ? Reflect.get(part, method) : undefined;
          if (typeof perform !== 'function') throw new Error(`Internal error: expected a store to have ${name}.${String(method)}`);
          const answer: unknown = await Reflect.apply(perform, part, args);
          return answer;
        },
    },
  );
}
