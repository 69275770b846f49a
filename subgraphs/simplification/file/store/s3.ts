import { openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AwsClient } from 'aws4fetch';
import { HubError } from '../../../../kernel/errors.ts';
import type { S3Settings } from '../../../../kernel/file-settings.ts';
import { log } from '../../../../kernel/log.ts';
import type { FileStore } from './store.ts';

/** Longest wait for the object store to answer, in milliseconds. */
const PATIENCE = 60_000;

/**
 * A store that speaks S3, one object each, under its id. What is sent is signed with the hash of its content, so that
 * a store that checks it, as S3 does, takes nothing that came damaged. Requests go by path, not by name of host: every
 * store of this kind understands them.
 */
export function s3Store(settings: S3Settings): FileStore {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = settings;
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey: secretAccessKey.export().toString(),
    region,
    service: 's3',
    retries: 2,
  });
  const ask = async (method: 'PUT' | 'GET' | 'DELETE', id: string, more: RequestInit = {}) => {
    const url = `${endpoint.replace(/\/$/, '')}/${bucket}/${id}`;
    try {
      const response = await client.fetch(url, { ...more, method, signal: AbortSignal.timeout(PATIENCE) });
      if (response.ok || response.status === 404) return response;
      // Its body may repeat the request: what counts is its status.
      await response.body?.cancel();
      throw new Error(`The object store answered ${response.status}.`);
    } catch (error) {
      log.error({ err: error, method, file: id }, 'the object store failed');
      throw new HubError('SOURCE_UNAVAILABLE', 'Files are not available for the moment.', {
        retryAfterSeconds: 5,
      });
    }
  };
  return {
    put: async (id, { path, type, sha256 }) => {
      // Backed by the file: it is read as it is sent, and its length is known.
      const body = await openAsBlob(path);
      const response = await ask('PUT', id, {
        body,
        headers: { 'content-type': type, 'x-amz-content-sha256': sha256 },
      });
      await response.body?.cancel();
      if (response.status === 404) throw noBucket(id);
      await rm(path, { force: true });
    },
    get: async (id) => {
      const { status, body } = await ask('GET', id);
      if (status === 200 && body) return Readable.fromWeb(body as ReadableStream<Uint8Array>);
      await body?.cancel();
      return null;
    },
    remove: async (id) => {
      const { body } = await ask('DELETE', id);
      await body?.cancel();
    },
  };
}

/** A store without the bucket: nothing that a client could mend. */
function noBucket(id: string): HubError {
  log.error({ file: id }, 'the object store has no such bucket');
  return new HubError('SOURCE_UNAVAILABLE', 'Files are not available for the moment.');
}
