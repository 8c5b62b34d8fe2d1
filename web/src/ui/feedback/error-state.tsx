import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { EmptyState } from './empty-state.tsx';

interface ErrorStateProps {
  /** What failed. */
  readonly title: string;
  /** Why; the machine's words. */
  readonly message: string;
  readonly onRetry?: (() => void) | undefined;
  readonly action?: ReactNode;
  readonly form?: 'row' | 'page';
}

/** What failed, why, and the way out. */
export function ErrorState({ title, message, onRetry, action, form = 'page' }: ErrorStateProps) {
  return (
    <div role="alert">
      <EmptyState
        form={form}
        icon={IconAlertTriangle}
        title={title}
        hint={message}
        action={
          action ??
          (onRetry && (
            <Button variant="default" onClick={onRetry}>
              Try again
            </Button>
          ))
        }
      />
    </div>
  );
}
