import { randomInt } from 'node:crypto';

const qualities =
  'able bold bright calm clean clever crisp eager fair fine gentle glad keen kind lively merry neat nimble plain proud quick quiet sharp swift'.split(' ');
const things = 'ant badger crane deer dove eel finch fox gull hare heron jay kite lark lynx mole newt otter owl perch robin seal stoat wren'.split(' ');

/** For a run that nobody has named, as MLflow does: something to say. */
export function randomName(): string {
  const pick = (words: readonly string[]): string => words[randomInt(words.length)] ?? '';
  return `${pick(qualities)}-${pick(things)}-${randomInt(1000)}`;
}
