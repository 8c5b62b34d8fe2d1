import type { DraftContent } from '@pipewright/shared/draft/draft-op.ts';
import { layeredPositions } from '@pipewright/shared/graph/layered-positions.ts';
import { canonicalJson } from '@pipewright/shared/pipeline/canonical-json.ts';
import { emptyLayout } from '@pipewright/shared/pipeline/layout.ts';
import { extensionKey } from '@pipewright/shared/yaml/read-pipeline.ts';
import { readYaml } from '@pipewright/shared/yaml/read-yaml.ts';

/**
 * What goes into a file. A draft keeps the places that its steps were given when it was made from a text without any; as long as
 * nobody has changed them they say nothing that the next reader would not come to as well, and the file stays as it was.
 */
export function withLayoutToWrite(content: DraftContent): DraftContent {
  const { document, layout, text } = content;
  if (text === undefined || readYaml(text).document.hasIn([extensionKey, 'layout'])) return content;
  const isComputed = canonicalJson(layout) === canonicalJson({ ...emptyLayout, steps: layeredPositions(document) });
  return isComputed ? { ...content, layout: emptyLayout } : content;
}
