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
  const text = openText(file, onBytes);
  if (input.kind === 'objects') return readObjects(input, file.head, text);
  const json = /^\s*[[{]/.test(file.head);
  const reader = json ? readJsonSheet(input, file.head, text) : await readCsv(input.columns, file.head, text);
  return file.encoding === 'windows-1252'
    ? { ...reader, notices: ['the file is not UTF-8: it was read as windows-1252', ...reader.notices] }
    : reader;
}
