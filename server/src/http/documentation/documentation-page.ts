/** A plain page over `openapi.json`; it needs nothing from elsewhere. */
export const documentationPage = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Pipewright API</title>
<style>
  body { font: 14px/1.5 system-ui, sans-serif; max-width: 960px; margin: 32px auto; padding: 0 16px; color: #191d26; }
  summary { cursor: pointer; padding: 6px 0; } code, pre { font-family: ui-monospace, monospace; font-size: 12px; }
  pre { background: #f7f8fa; padding: 12px; overflow: auto; max-height: 420px; } .method { display: inline-block; width: 64px; font-weight: 600; }
</style>
<h1>Pipewright API</h1><p>The document itself: <a href="/api/openapi.json">openapi.json</a>. Files: <a href="/schemas/pipeline.json">pipeline</a>, <a href="/schemas/component.json">component</a>, <a href="/schemas/environment.json">environment</a>.</p>
<main>Loading…</main>
<script>
  fetch('/api/openapi.json').then((r) => r.json()).then((doc) => {
    const main = document.querySelector('main');
    main.textContent = '';
    for (const [path, verbs] of Object.entries(doc.paths)) for (const [verb, operation] of Object.entries(verbs)) {
      const details = document.createElement('details');
      const summary = document.createElement('summary');
      const method = Object.assign(document.createElement('span'), { className: 'method', textContent: verb.toUpperCase() });
      const code = Object.assign(document.createElement('code'), { textContent: path });
      summary.append(method, code, ' — ' + operation.summary);
      const pre = Object.assign(document.createElement('pre'), { textContent: JSON.stringify(operation, null, 2) });
      details.append(summary, pre);
      main.append(details);
    }
  });
</script></html>`;
