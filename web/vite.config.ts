import react from '@vitejs/plugin-react';
import { loadEnv } from 'vite';
import { defineConfig } from 'vitest/config';

// `npm run dev` says where the server is that the page talks to.
const { PIPEWRIGHT_API: api = 'http://127.0.0.1:8787' } = loadEnv('development', '.', 'PIPEWRIGHT_');

export default defineConfig({
  plugins: [react()],
  server: {
    host: '127.0.0.1',
    proxy: { '/api': api, '/schemas': api, '/mlflow': api, '/metrics': api, '/socket.io': { target: api, ws: true } },
  },
  build: {
    target: 'es2023',
    // The code that draws one page is seldom needed on another: routes, charts and editors load when they are opened.
    chunkSizeWarningLimit: 900,
  },
  test: {
    name: 'web',
    environment: 'jsdom',
    // A page for each file as before, in one worker after the other: a process and a jsdom of its own for each took as long as the tests.
    pool: 'vmThreads',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
  },
});
