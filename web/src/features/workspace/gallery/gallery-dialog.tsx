import type { GalleryDetail } from '@pipewright/shared/http/gallery.ts';
import { Button, Modal } from '@mantine/core';
import { IconAlertTriangle, IconGitFork } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { isNotFound, messageOf } from '../../../api/api-error.ts';
import { galleryItemQuery } from '../../../api/gallery.ts';
import { RunGraph } from '../../../canvas/run-graph.tsx';
import { Chip } from '../../../ui/feedback/chip.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeletons.tsx';
import { countOf } from '../../../ui/format/number.ts';
import { Markdown } from '../../../ui/text/markdown.tsx';
import { useClone } from './use-clone.ts';
import classes from './gallery-dialog.module.css';

interface GalleryDialogProps {
  /** Null: nothing is looked at. */
  readonly name: string | null;
  readonly onClose: () => void;
}

/** A pipeline of the gallery as it would open: its canvas, what it says of itself, what it is made of. */
export function GalleryDialog({ name, onClose }: GalleryDialogProps) {
  // What was shown stays while the dialog fades.
  const [shown, setShown] = useState(name);
  if (name !== null && name !== shown) setShown(name);
  const query = useQuery({ ...galleryItemQuery(shown ?? ''), enabled: shown !== null });
  return (
    <Modal
      opened={name !== null}
      onClose={onClose}
      size="min(1280px, 94vw)"
      centered
      title={query.data?.displayName ?? 'Gallery'}
      transitionProps={{ transition: 'fade', duration: 90 }}
      classNames={{ body: classes.body }}
    >
      {query.data && <Detail item={query.data} />}
      {!query.data && (
        <div className={classes.whole}>
          {query.isPending && <SkeletonRows count={8} />}
          {query.isError && (
            <ErrorState
              title={isNotFound(query.error) ? `There is no ${shown ?? 'such pipeline'} in the gallery` : 'The pipeline could not be read'}
              message={isNotFound(query.error) ? 'It may have been removed, or the address is not quite right.' : messageOf(query.error)}
              onRetry={() => void query.refetch()}
            />
          )}
        </div>
      )}
    </Modal>
  );
}

const unfolded = new Map<string, never>();
const nothing = (): void => {};

function Detail({ item }: { readonly item: GalleryDetail }) {
  const { clone, isCloning } = useClone();
  const [step, setStep] = useState<string | null>(null);
  const { name, document, layout, components, missing, readme, description, tags, kind } = item;
  const content = useMemo(() => ({ document, layout }), [document, layout]);
  return (
    <>
      <div className={classes.graph}>
        <RunGraph
          runId={null}
          inside=""
          content={content}
          components={components}
          unfolded={unfolded}
          isFlat
          selectedStep={step}
          onSelectStep={setStep}
          onOpenStep={nothing}
          onToggleStep={nothing}
        />
      </div>
      <div className={classes.about}>
        <div className={classes.text}>
          {missing.length > 0 && (
            <div className={classes.missing} role="status">
              <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
              <p>
                {countOf(missing.length, 'component')} of it {missing.length === 1 ? 'is' : 'are'} not here:{' '}
                {missing.map(({ component, steps }) => `${component} (${steps.join(', ')})`).join('; ')}. Register {missing.length === 1 ? 'it' : 'them'} with
                pipewright register, or replace the steps after cloning.
              </p>
            </div>
          )}
          {readme === null ? <p>{description}</p> : <Markdown source={readme.replace(/^# .*\n+/, '')} />}
          <div className={classes.tags}>
            {kind === 'published' && <Chip tone="brand">published</Chip>}
            {tags.map((tag) => (
              <Chip key={tag}>{tag}</Chip>
            ))}
          </div>
          <Facts item={item} />
        </div>
        <Button
          fullWidth
          leftSection={<IconGitFork size={16} stroke={1.8} />}
          loading={isCloning}
          onClick={() => clone(name)}
          aria-label={`Clone ${item.displayName}`}
        >
          Clone
        </Button>
      </div>
    </>
  );
}

/** Whose it is, what it takes, what it is made of. */
function Facts({ item }: { readonly item: GalleryDetail }) {
  const { components, data, by, licence, duration, stepCount, version } = item;
  const used = Object.entries(components).map(([reference, { name: own, display_name: title }]) => ({
    reference,
    name: own ?? reference,
    title: title ?? own ?? reference,
  }));
  const facts: readonly (readonly [string, string])[] = [
    ['By', by],
    ['Licence', licence ?? 'as its owner says'],
    ['Steps', `${stepCount}`],
    ...(duration === null ? [] : ([['Takes', duration]] as const)),
    ...(data === null ? [] : ([['Data', `${data.name}, ${data.source}, ${data.licence}`]] as const)),
    ...(version === null ? [] : ([['Version', version]] as const)),
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([term, text]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{text}</dd>
        </div>
      ))}
      {used.length > 0 && (
        <div>
          <dt>Components</dt>
          <dd>
            {used.map((component, index) => (
              <span key={component.reference}>
                {index > 0 && ', '}
                {component.reference.startsWith('azureml:') ? (
                  <Link to={`/components/${encodeURIComponent(component.name)}`} className={classes.component}>
                    {component.title}
                  </Link>
                ) : (
                  component.title
                )}
              </span>
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}
