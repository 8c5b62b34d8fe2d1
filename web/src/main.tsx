import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/tokens.css';
import './app/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.ts';
import { App } from './app/app.tsx';
import { bindRealtime } from './realtime/bind-realtime.ts';
import { createSocket } from './realtime/socket.ts';

const root = document.getElementById('root');
if (!root) throw new Error('Internal error: expected #root in the page');

const socket = createSocket();
const client = createQueryClient();
bindRealtime(socket, client);

createRoot(root).render(
  <StrictMode>
    <App client={client} socket={socket} />
  </StrictMode>,
);
