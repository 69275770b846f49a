import { fileURLToPath } from 'node:url';

/** Folder of the operations that the project publishes, which portals send by their hash. */
export const OPERATIONS = fileURLToPath(new URL('../schema/operations', import.meta.url));
