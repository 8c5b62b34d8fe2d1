/** Who may import whom. Every rule says what to do instead. */
const engineMayUse = '^(shared/src|server/src/engine)/';

module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'Two files that need each other are one, or need a third.', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'shared-stands-alone', comment: 'shared is the language of both ends: pass what you need in.', severity: 'error', from: { path: '^shared/src' }, to: { path: '^(server|web|e2e|scripts)/' } },
    { name: 'shared-is-pure', comment: 'shared has no I/O and no clock: only zod and yaml.', severity: 'error', from: { path: '^shared/src', pathNot: '\\.test\\.ts$' }, to: { dependencyTypes: ['core'] } },
    { name: 'web-not-server', comment: 'The page talks to the server by shared/http and shared/realtime.', severity: 'error', from: { path: '^web/' }, to: { path: '^server/' } },
    { name: 'server-not-web', comment: 'The server talks to the page by shared/http and shared/realtime.', severity: 'error', from: { path: '^server/' }, to: { path: '^web/' } },
    { name: 'e2e-from-outside', comment: 'Journeys use HTTP and the browser, as people do.', severity: 'error', from: { path: '^e2e/' }, to: { path: '^(server|web)/' } },
    { name: 'engine-is-pure', comment: 'The engine answers with effects: let scheduler/perform-effect.ts do it.', severity: 'error', from: { path: '^server/src/engine', pathNot: '\\.test\\.ts$' }, to: { path: '^server/src/', pathNot: engineMayUse } },
    { name: 'engine-node', comment: 'createHash is the one Node function the engine may call.', severity: 'error', from: { path: '^server/src/engine', pathNot: '\\.test\\.ts$' }, to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' } },
    { name: 'scheduler-not-upwards', comment: 'The scheduler tells its listeners; it knows no HTTP and no sockets.', severity: 'error', from: { path: '^server/src/(scheduler|compute|store|artifacts|environments)/' }, to: { path: '^server/src/(http|realtime|cli)/' } },
    { name: 'store-behind-its-interface', comment: 'Import store/store.ts; only the composition root opens a backend.', severity: 'error', from: { path: '^server/src/', pathNot: '^server/src/(store/|create-server\\.ts|cli/offline-planner\\.ts|testing/)' }, to: { path: '^server/src/store/sqlite/' } },
    { name: 'ui-knows-nothing', comment: 'ui is shared drawing: pass data in as props.', severity: 'error', from: { path: '^web/src/ui' }, to: { path: '^web/src/(features|api|app|realtime)/' } },
    { name: 'features-not-each-other', comment: 'Move what two features share to ui, canvas, logs or preview.', severity: 'error', from: { path: '^web/src/features/([^/]+)/' }, to: { path: '^web/src/features/', pathNot: '^web/src/features/$1/' } },
    { name: 'features-not-app', comment: 'The app composes features; what a feature needs comes from ui or api.', severity: 'error', from: { path: '^web/src/(features|ui|api|realtime|canvas|logs|preview)/' }, to: { path: '^web/src/app/' } },
    { name: 'no-unresolved', comment: 'The file or package does not exist.', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\?(worker|url|raw)' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.cache)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'], extensions: ['.ts', '.tsx', '.js', '.json', '.css', '.svg'] },
  },
};
