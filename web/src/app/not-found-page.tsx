import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { Link, useLocation } from 'react-router';
import { EmptyState } from '../ui/feedback/empty-state.tsx';
import { Page } from '../ui/page/page.tsx';

export function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <Page title="Not found" crumbs={[{ text: 'Not found' }]}>
      <EmptyState
        icon={IconMapOff}
        title="There is no such page"
        hint={`Nothing lives at ${pathname}. It may have been renamed or deleted.`}
        action={
          <Button component={Link} to="/">
            Go home
          </Button>
        }
      />
    </Page>
  );
}
