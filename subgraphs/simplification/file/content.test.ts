import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Content, FILE_TYPES } from './content.ts';
import { REFUSED, SAMPLES } from './fixtures/samples.ts';

/** What a file is found to be, when it comes in pieces of a size. */
function lookedAt(bytes: Buffer, size: number) {
  const content = new Content();
  for (let at = 0; at < bytes.length; at += size) content.add(bytes.subarray(at, at + size));
  return content.end();
}

test('there is a sample of each type', () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(Object.keys(FILE_TYPES).sort());
});

test.each(Object.entries(SAMPLES))('%s is known by its content, however it is cut', (type, bytes) => {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  for (const size of [1, 7, 1024, bytes.length]) {
    expect(lookedAt(bytes, size)).toEqual({ type, bytes: bytes.length, sha256 });
  }
});

test.each(Object.entries(REFUSED))('%s is refused, however it is cut', (_what, bytes) => {
  for (const size of [1, 7, 1024]) {
    expect(() => lookedAt(bytes, size)).toThrow(
      expect.objectContaining({ status: 415, code: 'BAD_USER_INPUT' }),
    );
  }
});

test('a long text is looked at to its end', () => {
  const text = Buffer.from('é'.repeat(5000));
  for (const size of [1, 1000, 1023, 4097]) {
    expect(lookedAt(text, size)).toMatchObject({ type: 'text/plain', bytes: 10_000 });
    expect(() => lookedAt(Buffer.concat([text, Buffer.from([0])]), size)).toThrow('Expected');
    expect(() => lookedAt(Buffer.concat([text, Buffer.from([0xe9])]), size)).toThrow('Expected');
  }
});

test('what is not taken is refused before the rest of it has come', () => {
  const content = new Content();
  expect(() => content.add(Buffer.alloc(1024, 0x4d))).not.toThrow();
  const archive = new Content();
  expect(() => archive.add(Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(1024)]))).toThrow(
    'Expected',
  );
});
