import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { type PageSocket, SocketProvider } from '../realtime/socket.ts';
import { LiveRegion } from '../ui/feedback/live-region.tsx';
import { router } from './routes.tsx';
import { cssVariablesResolver, theme } from './theme.ts';
import classes from './app.module.css';

interface AppProps {
  readonly client: QueryClient;
  readonly socket: PageSocket;
}

export function App({ client, socket }: AppProps) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <SocketProvider value={socket}>
          <RouterProvider router={router} />
          <Notifications position="bottom-right" limit={4} containerWidth={400} zIndex={500} className={classes.toasts} />
          <LiveRegion />
        </SocketProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
