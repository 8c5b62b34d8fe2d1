import { readLog, type StepAddress } from '../api/step-runs.ts';
import { saveFile } from '../ui/text/save-file.ts';

/** Saves a whole log as a file, read piece by piece, so that its length does not matter to the server. */
export async function downloadLog(address: StepAddress, attempt: number | undefined): Promise<void> {
  const pieces: string[] = [];
  for (let offset = 0; ;) {
    const chunk = await readLog({ ...address, attempt, offset });
    pieces.push(chunk.text);
    if (chunk.nextOffset >= chunk.size || chunk.nextOffset === offset) break;
    offset = chunk.nextOffset;
  }
  saveFile(new Blob(pieces, { type: 'text/plain' }), `run-${address.run}-${address.step.replaceAll('/', '.')}.log`);
}
