import { parseArgs } from 'node:util';
import { startRelay } from './start-relay.ts';

/**
 * Starts one relay and prints where:
 * `npm run stand-in:relay -- --site new-api --port 3000`
 * `npm run stand-in:relay -- --site plain --base-path /api/v3 --models 5000 --key sk-demo`
 */
const { values } = parseArgs({
  options: {
    site: { type: 'string', default: 'plain' },
    port: { type: 'string', default: '0' },
    'base-path': { type: 'string', multiple: true, default: ['/v1'] },
    models: { type: 'string', default: '3' },
    key: { type: 'string', multiple: true },
  },
});

const port = Number(values.port);

async function start() {
  if (values.site === 'plain') {
    return startRelay({
      site: 'plain',
      port,
      basePaths: values['base-path'],
      models: Number(values.models),
      keys: values.key ?? 'any',
    });
  }
  if (values.site === 'new-api') return startRelay({ site: 'new-api', port });
  throw new Error(`--site must be plain or new-api, not ${values.site}`);
}

const relay = await start();
console.log(`${values.site} relay on ${relay.url}`);
if (values.site === 'new-api') console.log('users: root 12345678, alice alicepass');
