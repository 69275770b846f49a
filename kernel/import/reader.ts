import { readCsv } from './csv.ts';
import { type Inspection, openText } from './inspect.ts';
import { readJsonSheet, readObjects } from './json.ts';
import type { ObjectInput } from './objects.ts';
import type { RecordReader } from './records.ts';
import type { Sheet } from './sheet.ts';

/** Opens an inspected file as records; JSON is recognised by its first character. */
export async function openRecords(
  input: Sheet | ObjectInput,
  file: Inspection,
  onBytes?: (bytes: number) => void,
): Promise<RecordReader> {
  const reader = await open(input, file, openText(file, onBytes));
  if (file.encoding === 'utf-8') return reader;
  return { ...reader, notices: ['the file is not UTF-8: it was read as windows-1252', ...reader.notices] };
}

async function open(
  input: Sheet | ObjectInput,
  { head }: Inspection,
  text: AsyncIterable<Buffer>,
): Promise<RecordReader> {
  if (input.kind === 'objects') return readObjects(input, head, text);
  return /^\s*[[{]/.test(head) ? readJsonSheet(input, head, text) : readCsv(input.columns, head, text);
}
