import type { PortType } from '@pipewright/shared/component/port-type.ts';
import type { Preview } from '@pipewright/shared/http/preview.ts';

export interface PreviewRequest {
  /** Absolute path of a file or folder. */
  readonly path: string;
  readonly type: PortType;
  /** What it is called: the file's name or the output's. */
  readonly name: string;
  /** Of the page of rows, for tables. */
  readonly offset: number;
  readonly limit: number;
}

/** Shows what bytes look like, by what they are; what cannot be shown says why. */
export interface Previewer extends AsyncDisposable {
  preview(request: PreviewRequest): Promise<Preview>;
}
