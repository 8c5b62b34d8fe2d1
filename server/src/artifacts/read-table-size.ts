import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetMetadataAsync } from 'hyparquet';

/** Rows and columns of a table, from the footer of its Parquet file; nothing where that cannot be read. */
export async function readTableSize(path: string): Promise<{ rowCount?: number; columnCount?: number }> {
  const isFolder = (await stat(path).catch(() => null))?.isDirectory() ?? false;
  const handle = await open(isFolder ? join(path, 'data.parquet') : path, 'r').catch(() => null);
  if (!handle) return {};
  try {
    const { size } = await handle.stat();
    const metadata = await parquetMetadataAsync({
      byteLength: size,
      slice: async (start, end = size) => {
        const buffer = new ArrayBuffer(end - start);
        await handle.read(new Uint8Array(buffer), 0, end - start, start);
        return buffer;
      },
    });
    const [root] = metadata.schema;
    return { rowCount: Number(metadata.num_rows), columnCount: root?.num_children ?? 0 };
  } catch {
    // Not Parquet after all: the size is a courtesy of the node's strip, and the preview will say what is wrong.
    return {};
  } finally {
    await handle.close();
  }
}
