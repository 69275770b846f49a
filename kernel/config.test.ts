import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const ISSUER = 'https://idp.gouv.fr/realm';

test('an identity provider is an issuer and whom its tokens are for', () => {
  expect(readConfig({}).oidc).toBeNull();
  const one = { HUB_OIDC_ISSUER: ISSUER, HUB_OIDC_AUDIENCE: 'hub' };
  expect(readConfig(one).oidc).toEqual({ issuer: ISSUER, audience: ['hub'] });
  const several = { ...one, HUB_OIDC_AUDIENCE: 'hub, https://hub.gouv.fr/' };
  expect(readConfig(several).oidc?.audience).toEqual(['hub', 'https://hub.gouv.fr/']);
});

test.each([
  [{ HUB_OIDC_ISSUER: ISSUER }, 'together'],
  [{ HUB_OIDC_AUDIENCE: 'hub' }, 'together'],
  [{ HUB_OIDC_ISSUER: 'http://idp.gouv.fr', HUB_OIDC_AUDIENCE: 'hub' }, 'HUB_OIDC_ISSUER: expected an https'],
  [{ HUB_OIDC_ISSUER: 'idp', HUB_OIDC_AUDIENCE: 'hub' }, 'HUB_OIDC_ISSUER: expected an https'],
  [{ HUB_OIDC_ISSUER: ISSUER, HUB_OIDC_AUDIENCE: 'hub,,' }, 'HUB_OIDC_AUDIENCE: expected names'],
])('%j is refused', (environment, message) => {
  expect(() => readConfig(environment)).toThrow(message);
});

const S3 = {
  HUB_FILES_S3_ENDPOINT: 'https://s3.gouv.example',
  HUB_FILES_S3_BUCKET: 'hub-files',
  HUB_FILES_S3_ACCESS_KEY_ID: 'AK1',
  HUB_FILES_S3_SECRET_ACCESS_KEY: 'hunter2-hunter2',
};

test('files are kept in a folder of the data, or in an object store', () => {
  expect(readConfig({}).files).toEqual({
    limit: 10_000_000,
    folder: '.hub/files',
    s3: null,
    keptDays: 365,
  });
  const { files } = readConfig({ ...S3, HUB_DATA_DIR: '/data' });
  expect(files).toMatchObject({ folder: '/data/files', s3: { bucket: 'hub-files', region: 'us-east-1' } });
  expect(files.s3?.secretAccessKey.export().toString()).toBe('hunter2-hunter2');
  expect(JSON.stringify(files)).not.toContain('hunter2');
});

test.each(Object.keys(S3))('an object store without %s is refused', (missing) => {
  expect(() => readConfig({ ...S3, [missing]: '' })).toThrow('HUB_FILES_S3_ENDPOINT: Set');
});

test.each([
  [{ HUB_FILES_S3_ENDPOINT: 'http://elsewhere.example' }, 'expected an https'],
  [{ HUB_FILES_S3_SECRET_ACCESS_KEY_FILE: 'package.json' }, 'HUB_FILES_S3_ENDPOINT: Set'],
  [{ HUB_FILES_S3_BUCKET: '../other' }, 'expected the name of a bucket'],
])('an object store with %j is refused', (changes, message) => {
  expect(() => readConfig({ ...S3, ...changes })).toThrow(message);
});
