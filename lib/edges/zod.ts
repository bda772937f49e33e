import * as z from 'zod/mini';

// Extensions may not evaluate code, and zod would try in order to be faster.
z.config({ jitless: true });

/** What a value from outside must look like. */
export type Shape<Value = unknown> = z.ZodMiniType<Value>;

export { z };
