import { createSecretKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isSecureAddress } from './secure-address.ts';

/** Where the files of users are kept, and for how long. */
export interface FileSettings {
  /** Largest file, in bytes. */
  limit: number;
  /** The folder of files; with an object store, of those that are on their way. */
  folder: string;
  s3: S3Settings | null;
  /** Days after the end of a report when what its reporter wrote and sent is erased. */
  keptDays: number;
}

/** An object store that speaks S3. */
export interface S3Settings {
  /** Without the bucket, which comes first in the path. */
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  /** A KeyObject never prints its bytes. */
  secretAccessKey: KeyObject;
}

const secret = z.string().transform((text) => createSecretKey(text.trim(), 'utf8'));

/** The settings of files, as variables of the environment. */
export const FILE_SHAPE = {
  HUB_FILES: z
    .string()
    .min(1)
    .optional()
    .describe('Folder of the files that users send; `files` of HUB_DATA_DIR when omitted.'),
  HUB_FILE_LIMIT: z.coerce
    .number()
    .int()
    .min(1)
    .max(100_000_000)
    .default(10_000_000)
    .describe('Largest file that is taken, in bytes.'),
  HUB_REPORT_RETENTION_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .default(365)
    .describe('Days after its end when `hub privacy purge` erases what came with a report.'),
  HUB_FILES_S3_ENDPOINT: z
    .string()
    .refine(isSecureAddress, 'expected an https address (http is for this machine only)')
    .optional()
    .describe(
      'Object store that keeps the files instead, one that speaks S3: its address, without the bucket.',
    ),
  HUB_FILES_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'expected the name of a bucket')
    .optional()
    .describe('Bucket of the files.'),
  HUB_FILES_S3_REGION: z
    .string()
    .min(1)
    .default('us-east-1')
    .describe('Region that requests are signed for.'),
  HUB_FILES_S3_ACCESS_KEY_ID: z.string().min(1).optional().describe('Access key of the object store.'),
  HUB_FILES_S3_SECRET_ACCESS_KEY: secret.optional().describe('Its secret.'),
  HUB_FILES_S3_SECRET_ACCESS_KEY_FILE: z
    .string()
    .transform((path, context) => {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        context.addIssue({ code: 'custom', message: 'The file cannot be read.' });
        return z.NEVER;
      }
    })
    .pipe(secret)
    .optional()
    .describe('File that holds this secret instead, where secrets are mounted as files.'),
};

type FileValues = z.infer<z.ZodObject<typeof FILE_SHAPE>>;

/** What the object store needs: all of it, or none. */
const needed = (values: FileValues) => [
  values.HUB_FILES_S3_ENDPOINT,
  values.HUB_FILES_S3_BUCKET,
  values.HUB_FILES_S3_ACCESS_KEY_ID,
  values.HUB_FILES_S3_SECRET_ACCESS_KEY ?? values.HUB_FILES_S3_SECRET_ACCESS_KEY_FILE,
];

/** Whether the settings of the object store are all there, or none is. */
export const wholeS3 = (values: FileValues): boolean =>
  new Set(needed(values).map((value) => value === undefined)).size === 1 &&
  !(values.HUB_FILES_S3_SECRET_ACCESS_KEY && values.HUB_FILES_S3_SECRET_ACCESS_KEY_FILE);

export function fileSettings(values: FileValues & { HUB_DATA_DIR: string }): FileSettings {
  const secretAccessKey = values.HUB_FILES_S3_SECRET_ACCESS_KEY ?? values.HUB_FILES_S3_SECRET_ACCESS_KEY_FILE;
  const { HUB_FILES_S3_ENDPOINT: endpoint, HUB_FILES_S3_BUCKET: bucket } = values;
  const { HUB_FILES_S3_REGION: region, HUB_FILES_S3_ACCESS_KEY_ID: accessKeyId } = values;
  return {
    limit: values.HUB_FILE_LIMIT,
    folder: values.HUB_FILES ?? join(values.HUB_DATA_DIR, 'files'),
    s3:
      endpoint && bucket && accessKeyId && secretAccessKey
        ? { endpoint, bucket, region, accessKeyId, secretAccessKey }
        : null,
    keptDays: values.HUB_REPORT_RETENTION_DAYS,
  };
}
