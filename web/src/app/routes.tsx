import { createBrowserRouter } from 'react-router';
import { NotFoundPage } from './not-found-page.tsx';
import { RouteErrorPage } from './route-error-page.tsx';
import { Shell } from './shell.tsx';

/** Every page is a chunk of its own, loaded when it is first opened. */
export const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <RouteErrorPage />,
    hydrateFallbackElement: <div />,
    children: [
      {
        errorElement: <RouteErrorPage />,
        children: [
          { index: true, lazy: async () => ({ Component: (await import('../features/workspace/home/home-page.tsx')).HomePage }) },
          { path: 'gallery', lazy: async () => ({ Component: (await import('../features/workspace/gallery/gallery-page.tsx')).GalleryPage }) },
          { path: 'pipelines', lazy: async () => ({ Component: (await import('../features/workspace/pipelines/pipelines-page.tsx')).PipelinesPage }) },
          { path: 'drafts/:id', lazy: async () => ({ Component: (await import('../features/editor/designer-page.tsx')).DesignerPage }) },
          { path: 'drafts/:id/inside/:key', lazy: async () => ({ Component: (await import('../features/editor/inside-page.tsx')).InsidePage }) },
          { path: 'runs', lazy: async () => ({ Component: (await import('../features/workspace/runs/runs-page.tsx')).RunsPage }) },
          {
            // One route with and without a step: to select one must not make the page anew, which would take the keyboard from the graph.
            path: 'runs/:id',
            lazy: async () => ({ Component: (await import('../features/run/run-page.tsx')).RunPage }),
            children: [{ index: true }, { path: 'steps/:key/:tab?' }],
          },
          {
            path: 'tracked',
            lazy: async () => ({ Component: (await import('../features/workspace/tracked-runs/tracking-address-page.tsx')).TrackingAddressPage }),
          },
          {
            path: 'tracked/:id',
            lazy: async () => ({ Component: (await import('../features/workspace/tracked-runs/tracked-run-page.tsx')).TrackedRunPage }),
          },
          { path: 'compare', lazy: async () => ({ Component: (await import('../features/compare/compare-page.tsx')).ComparePage }) },
          { path: 'components/:name?', lazy: async () => ({ Component: (await import('../features/components/components-page.tsx')).ComponentsPage }) },
          { path: 'data/:name?', lazy: async () => ({ Component: (await import('../features/assets/assets-page.tsx')).DataPage }) },
          { path: 'models/:name?', lazy: async () => ({ Component: (await import('../features/assets/assets-page.tsx')).ModelsPage }) },
          {
            path: 'environments/:name?',
            lazy: async () => ({ Component: (await import('../features/environments/environments-page.tsx')).EnvironmentsPage }),
          },
          { path: 'settings', lazy: async () => ({ Component: (await import('../features/settings/settings-page.tsx')).SettingsPage }) },
          { path: '*', element: <NotFoundPage /> },
        ],
      },
    ],
  },
]);
