import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { workspaceQuery } from '../api/workspace.ts';
import { useConnection } from '../realtime/connection.ts';
import { Banner } from '../ui/feedback/banner.tsx';

/** Says when what the page shows is in doubt: no connection, or a server of another version than this page. */
export function ConnectionBanner() {
  const connection = useConnection();
  const version = useQuery(workspaceQuery()).data?.version;
  const [firstVersion, setFirstVersion] = useState(version);
  if (firstVersion === undefined && version !== undefined) setFirstVersion(version);

  if (connection === 'lost') {
    return <Banner>Reconnecting… What you see may be out of date. Is Pipewright still running in its terminal?</Banner>;
  }
  if (firstVersion !== undefined && version !== undefined && version !== firstVersion) {
    return (
      <Banner
        tone="info"
        actions={
          <Button size="xs" variant="default" onClick={() => location.reload()}>
            Reload
          </Button>
        }
      >
        Pipewright was updated to {version}. Reload to use it.
      </Banner>
    );
  }
  return null;
}
