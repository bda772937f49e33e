import type { ConfigFileFailure } from '../core/failures/failure.ts';
import { fail, ok, type Result } from '../core/result.ts';
import type { ConfigFacts } from '../core/server/config-file.ts';
import { parseYaml } from './yaml.ts';
import { z } from './zod.ts';

const config = z
  .looseObject({
    host: z.catch(z.nullish(z.string()), ''),
    port: z.optional(z.number()),
    tls: z.nullish(z.looseObject({ enable: z.catch(z.boolean(), false) })),
    'remote-management': z.nullish(
      z.looseObject({
        'secret-key': z.catch(z.coerce.string(), ''),
        'allow-remote': z.catch(z.boolean(), false),
      }),
    ),
  })
  .check(z.refine((file) => file.port !== undefined || file['remote-management'] !== undefined));

/** Reads a server's config.yaml. Nothing of it is sent or kept. */
export function parseConfigYaml(text: string): Result<ConfigFacts, ConfigFileFailure> {
  const yaml = parseYaml(text);
  if (!yaml.ok) return fail({ code: 'config/not-yaml', ...yaml.failure });
  const parsed = config.safeParse(yaml.value);
  if (!parsed.success) return fail({ code: 'config/not-cliproxyapi' });
  const { host, port, tls, 'remote-management': management } = parsed.data;
  return ok({
    host: host ?? '',
    port,
    tls: tls?.enable ?? false,
    secretKey: management?.['secret-key'] ?? '',
    allowRemote: management?.['allow-remote'] ?? false,
  });
}
