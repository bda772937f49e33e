import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { configTypeOf } from './config.ts';
import { startStandIn } from './http.ts';
import { decodeYaml } from './schema/decode-yaml.ts';
import { featuresOf } from './versions.ts';

const USAGE = 'usage: npm run stand-in -- --config FILE --version 7.2.140';

/** The port of the config file, which is where the server listens. */
function portOf(configPath: string, version: string): number {
  const config = decodeYaml(configTypeOf(featuresOf(version)), readFileSync(configPath, 'utf8'));
  return Number(config.port);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { config: { type: 'string' }, version: { type: 'string' } },
  });
  const { config: configPath, version } = values;
  if (!configPath || !version) throw new Error('both options are needed');
  if (!existsSync(configPath)) throw new Error(`no such file: ${configPath}`);
  const standIn = await startStandIn({
    version,
    configPath,
    port: portOf(configPath, version),
    env: { MANAGEMENT_PASSWORD: process.env.MANAGEMENT_PASSWORD },
  });
  console.log(`CLIProxyAPI ${version} (stand-in): ${standIn.url}`);
}

main().catch((error: unknown) => {
  console.error(`${(error as Error).message}\n${USAGE}`);
  process.exitCode = 1;
});
