import type { Server } from '../core/server/server.ts';

/** Changes to one server wait for each other, from whichever window they come. */
export const serverLock = ({ managementBaseUrl }: Server): string => `server/${managementBaseUrl}`;
