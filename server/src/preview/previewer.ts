import type { PortType } from '@pipewright/shared/component/port-type.ts';
import type { PreviewAnswer } from '@pipewright/shared/http/preview.ts';
import type { TableChart, TableView } from '@pipewright/shared/http/table-view.ts';

export interface PreviewRequest {
  /** Absolute path of a file or folder. */
  readonly path: string;
  readonly type: PortType;
  /** What it is called: the file's name or the output's. */
  readonly name: string;
  /** Of the page of rows, for tables; of a text in bytes. */
  readonly offset: number;
  readonly limit: number;
  /** Left out: all rows as they stand. */
  readonly table?: TableView;
  /** What is asked of a table besides its rows: left out, everything of its columns. */
  readonly about?: AboutTable;
}

export type AboutTable =
  | { readonly kind: 'rows-only' }
  | { readonly kind: 'profile' }
  | { readonly kind: 'relations'; readonly column: string }
  | { readonly kind: 'chart'; readonly chart: TableChart };

/** Shows what bytes look like, by what they are; what cannot be shown says why. */
export interface Previewer extends AsyncDisposable {
  /** `signal`: nobody waits for it any more. */
  preview(request: PreviewRequest, signal?: AbortSignal): Promise<PreviewAnswer>;
}
