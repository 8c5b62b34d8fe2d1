/**
 * Who may import whom. A comment says what to do instead; the drawing of it is in the README.
 * Types count as imports: a boundary that only types cross is crossed (cycles apart).
 */
const tests = '\\.(test|contract)\\.tsx?$|/testing/';
const forbid = ({ name, instead, from, to }) => ({ name, comment: instead, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid({
      name: 'no-cycles',
      instead: 'Two files that need each other are one, or need a third.',
      from: {},
      // A cycle of types alone costs nothing at run time: an owner and its parts may name each other.
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    }),
    forbid({
      name: 'no-unresolved',
      instead: 'The file does not exist, or the package is missing from this package.json.',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(worker|url|raw|inline)' },
    }),
    forbid({
      name: 'name-the-thing',
      instead: 'Name a file after the thing that it exports.',
      from: {},
      to: { path: '/(util|utils|helper|helpers|common|type|types|misc)(/|[.]tsx?$)', pathNot: 'node_modules' },
    }),
    forbid({
      name: 'not-from-testing',
      instead: 'What production code needs does not belong in testing/.',
      from: { path: '^(shared|server|web)/src/', pathNot: tests },
      to: { path: '^(shared|server|web)/src/.*testing/' },
    }),

    forbid({
      name: 'shared-stands-alone',
      instead: 'shared is the language of both ends: pass what you need in.',
      from: { path: '^shared/src/' },
      to: { path: '^(server|web|e2e|scripts)/' },
    }),
    forbid({
      name: 'shared-is-pure',
      instead: 'shared has no I/O and no clock, and knows zod and yaml only: pass what you need in.',
      from: { path: '^shared/src/', pathNot: tests },
      to: { pathNot: '^shared/src/|/node_modules/(zod|yaml)/' },
    }),

    forbid({
      name: 'server-not-web',
      instead: 'The server talks to the page by shared/http and shared/realtime.',
      from: { path: '^server/' },
      to: { path: '^(web|e2e|scripts)/' },
    }),
    forbid({
      name: 'engine-is-pure',
      instead: 'The engine answers with effects: let scheduler/perform-effect.ts do it. createHash is the one Node function it may call.',
      from: { path: '^server/src/engine/', pathNot: tests },
      to: { pathNot: '^(shared/src|server/src/engine)/|^(node:)?crypto$' },
    }),
    forbid({
      name: 'scheduler-not-upwards',
      instead: 'What runs pipelines tells its listeners; it knows no HTTP, no sockets and no command line.',
      from: { path: '^server/src/(scheduler|resolve|compute|store|artifacts|environments|registry|preview)/', pathNot: tests },
      to: { path: '^server/src/(http|realtime|tracking|cli)/|^server/src/create-server\\.ts$' },
    }),
    forbid({
      name: 'store-behind-its-interface',
      instead: 'Import store/store.ts; only the composition root opens a backend.',
      from: { path: '^server/src/', pathNot: `^server/src/(store/|create-server\\.ts|cli/(remembered|with-retention|import-alone)\\.ts)|${tests}` },
      to: { path: '^server/src/store/sqlite/' },
    }),
    forbid({
      name: 'only-the-root-composes',
      instead: 'Take what you need as an argument; create-server.ts is for the command line and tests.',
      from: { path: '^server/src/', pathNot: `^server/src/(cli/|main\\.ts)|${tests}` },
      to: { path: '^server/src/create-server\\.ts$' },
    }),

    forbid({
      name: 'web-not-server',
      instead: 'The page talks to the server by shared/http and shared/realtime.',
      from: { path: '^web/' },
      to: { path: '^(server|e2e|scripts)/' },
    }),
    forbid({
      name: 'ui-knows-nothing',
      instead: 'ui is shared drawing: pass data in as props.',
      from: { path: '^web/src/ui/' },
      to: { path: '^web/src/(features|api|app|realtime|canvas|logs|preview|assets|step-run)/' },
    }),
    forbid({
      name: 'features-not-each-other',
      instead: 'Move what two features share to ui, canvas, logs, preview, assets or step-run.',
      from: { path: '^web/src/features/([^/]+)/' },
      to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' },
    }),
    forbid({
      name: 'only-the-app-composes-features',
      instead: 'The app composes features: pass what you need in.',
      from: { path: '^web/src/(ui|api|realtime|canvas|logs|preview|assets|step-run)/' },
      to: { path: '^web/src/features/' },
    }),
    forbid({
      name: 'nothing-needs-the-app',
      instead: 'What a feature needs comes from ui or api.',
      from: { path: '^web/src/(features|ui|api|realtime|canvas|logs|preview|assets|step-run)/' },
      to: { path: '^web/src/app/' },
    }),

    forbid({
      name: 'e2e-from-outside',
      instead: 'Journeys use HTTP and the browser, as people do; types come from shared.',
      from: { path: '^e2e/' },
      to: { path: '^(server|web|scripts)/' },
    }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.cache)/' },
    // TypeScript 7 has no API for other tools yet: swc reads the sources.
    parser: 'swc',
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.css', '.svg'],
    },
  },
};
