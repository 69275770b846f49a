import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { SAMPLES } from '../../subgraphs/simplification/file/fixtures/samples.ts';
import { HUB_MODES } from '../kit/hub.ts';
import { filesWorld, LIMIT } from './world.ts';

const PDF = SAMPLES['application/pdf'];
const FILE = /^FILE-[0-9a-f-]{36}$/;

/** A text of so many bytes. */
const textOf = (bytes: number) => Buffer.alloc(bytes, 'Courrier illisible. ');
const inPieces = (bytes: Buffer) =>
  Readable.toWeb(Readable.from([bytes.subarray(0, 70_000), bytes.subarray(70_000)])) as BodyInit;

describe.each(HUB_MODES)('%s', async (mode) => {
  const { database, hub, keys, data, put, get, report } = await filesWorld(mode);
  const owner = database.connect<unknown>('simplification', 'owner');
  /** Everything that is kept: names in the folder, rows in the table. */
  const kept = async () => ({
    files: globSync(`${data}/files/**/*`, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort(),
    rows: (await sql<{ id: string }>`select id from simplification.file order by id`.execute(owner)).rows.map(
      ({ id }) => id,
    ),
  });

  test.each(Object.entries(SAMPLES))('%s is taken, whatever it is said to be', async (type, bytes) => {
    const { status, body, headers } = await put(bytes, keys.partner, {
      'content-type': 'application/x-msdownload',
      'content-disposition': 'attachment; filename="../../etc/passwd.exe"',
    });
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        id: expect.stringMatching(FILE),
        type,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      },
    });
    expect(headers.get('cache-control')).toBe('no-store');
    const { files } = await kept();
    expect(files).toContain(body.id);
  });

  test('what is kept is for its owner alone, and what was on its way is gone', async () => {
    const { body } = await put(PDF, keys.partner);
    const path = join(data, 'files', body.id.slice(5, 7), body.id);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(globSync(`${data}/files/incoming/*`)).toEqual([]);
    const before = await kept();
    expect(before.files).toEqual(before.rows);
  });

  describe('leaves nothing', () => {
    test.each<[string, Buffer<ArrayBuffer>, Record<string, string>, number]>([
      [
        'a program that says it is a PDF',
        Buffer.from('MZ\x90\0'),
        { 'content-type': 'application/pdf' },
        415,
      ],
      ['a page', Buffer.from('<html>\0</html>'), { 'content-type': 'image/png' }, 415],
      ['a form', Buffer.from('a=b'), { 'content-type': 'application/x-www-form-urlencoded' }, 415],
      ['an empty body', Buffer.alloc(0), {}, 415],
      ['one byte over the limit', textOf(LIMIT + 1), {}, 413],
    ])('%s', async (_what, bytes, headers, status) => {
      const before = await kept();
      const answer = await put(bytes, keys.partner, headers);
      expect(answer.status).toBe(status);
      expect(answer.body.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
      expect(await kept()).toEqual(before);
    });

    test('one byte over the limit, in pieces of no known length; one less is taken', async () => {
      const before = await kept();
      expect(await put(inPieces(textOf(LIMIT + 1)), keys.partner)).toMatchObject({ status: 413 });
      expect(await kept()).toEqual(before);
      expect(await put(inPieces(textOf(LIMIT)), keys.partner)).toMatchObject({
        status: 201,
        body: { bytes: LIMIT },
      });
    });

    test('who leaves in the middle', async () => {
      const before = await kept();
      const socket = connect(Number(new URL(hub.url).port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(
        `PUT /files HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer ${keys.partner}\r\n` +
          'content-length: 90000\r\n\r\n',
      );
      socket.write(PDF);
      // It is being written.
      await expect.poll(() => globSync(`${data}/files/incoming/*`).length).toBe(1);
      socket.destroy();
      await expect.poll(async () => (await kept()).files).toEqual(before.files);
      expect(await kept()).toEqual(before);
    });

    test('anybody without a key, who is not listened to', async () => {
      const before = await kept();
      for (const body of [PDF, inPieces(textOf(LIMIT))]) {
        const answer = await put(body, undefined);
        expect(answer.status).toBe(401);
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      }
      expect(await kept()).toEqual(before);
    });
  });

  describe('a file of a report', async () => {
    const sent = async (key: string, structure: string | null = 'STR-caf-62') => {
      const { body } = await put(PDF, key);
      const answer = await report({ structure, files: [body.id], comment: 'Illisible.' }, key);
      expect(answer.data.reportDocument.userErrors).toEqual([]);
      return { file: String(body.id), report: answer.data.reportDocument.receipt?.id ?? '' };
    };

    test('is given to those who see the report, to be saved and not shown', async () => {
      const { file } = await sent(keys.partner);
      for (const key of [keys.headquarters, keys.arras, keys.ditp]) {
        const response = await get(file, key);
        expect(response.status).toBe(200);
        expect(Buffer.from(await response.arrayBuffer()).equals(PDF)).toBe(true);
        expect(Object.fromEntries(response.headers)).toMatchObject({
          'content-type': 'application/pdf',
          'content-length': String(PDF.length),
          'content-disposition': `attachment; filename="${file}.pdf"`,
          'content-security-policy': "default-src 'none'; sandbox",
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
        });
      }
    });

    test('and one that is not for the viewer is answered like one that is not there', async () => {
      const { file } = await sent(keys.partner);
      const unknown = 'FILE-00000000-0000-4000-8000-000000000000';
      const strangers = [
        keys.partner,
        keys.other,
        keys.analyst,
        keys.superAgent,
        keys.elsewhere,
        keys.paris,
        keys.moderator,
      ];
      for (const key of strangers) {
        const told = async (id: string) => {
          const response = await get(id, key, { 'x-request-id': 'same-request' });
          const headers = [...response.headers.keys()].sort();
          return { status: response.status, headers, text: await response.text() };
        };
        const answer = await told(file);
        expect(answer.status).toBe(404);
        expect(answer).toEqual(await told(unknown));
      }
      expect((await get(file, undefined)).status).toBe(401);
      expect(await (await get(file, undefined)).json()).toMatchObject({
        errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
      });
    });

    test('is its depositor’s alone until it is attached', async () => {
      const { body } = await put(SAMPLES['text/plain'], keys.partner);
      const own = await get(body.id, keys.partner);
      expect([own.status, own.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
      expect(await own.text()).toBe(SAMPLES['text/plain'].toString());
      for (const key of [keys.other, keys.headquarters, keys.ditp]) {
        expect((await get(body.id, key)).status).toBe(404);
      }
    });

    test('is attached once, and by its depositor', async () => {
      const { file } = await sent(keys.partner);
      const { body } = await put(PDF, keys.partner);
      const refused = { code: 'UNKNOWN_FILE', path: ['input', 'files', '1'] };
      const wrong: [string, string][] = [
        [keys.partner, file],
        [keys.partner, 'FILE-00000000-0000-4000-8000-000000000000'],
        [keys.partner, '../../etc/passwd'],
      ];
      for (const [key, id] of wrong) {
        const { data: told } = await report({ files: [body.id, id] }, key);
        expect(told.reportDocument).toEqual({ receipt: null, userErrors: [refused] });
      }
      const stolen = await report({ files: [body.id] }, keys.other);
      expect(stolen.data.reportDocument.userErrors).toMatchObject([{ code: 'UNKNOWN_FILE' }]);
      // What was refused attached nothing.
      expect((await report({ files: [body.id] }, keys.partner)).data.reportDocument.receipt).not.toBeNull();
    });

    test('goes to one of two reports that ask for it at once', async () => {
      const { body } = await put(PDF, keys.partner);
      const answers = await Promise.all([1, 2, 3].map(() => report({ files: [body.id] }, keys.partner)));
      const receipts = answers.map(({ data: told }) => told.reportDocument.receipt);
      expect(receipts.filter((receipt) => receipt !== null)).toHaveLength(1);
    });
  });

  test.each(['FILE-1', '..%2f..%2f..%2fetc%2fpasswd', 'FILE-%2e%2e', 'incoming', 'SITE-1', '%00'])(
    'no path is read through the id %s',
    async (id) => {
      const response = await get(id, keys.ditp);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
    },
  );

  test('other methods, and parts of a file, are not offered', async () => {
    const { body } = await put(PDF, keys.partner);
    const address = `${hub.url}/files/${body.id}`;
    const authorization = `Bearer ${keys.partner}`;
    for (const method of ['HEAD', 'DELETE', 'POST', 'PUT']) {
      expect((await fetch(address, { method, headers: { authorization } })).status).toBe(404);
    }
    const part = await get(body.id, keys.partner, { range: 'bytes=0-3' });
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([200, PDF.length]);
  });

  test('uploads are counted and limited like everything else', async () => {
    const response = await fetch(`${hub.url}/files`, {
      method: 'PUT',
      headers: { authorization: 'Bearer hub_aaaaaaaaaaaa_wrong' },
      body: PDF,
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });
});
