import { callApi } from './api-call.ts';
import { warningPage } from './client-auth.ts';
import { configTypeOf } from './config.ts';
import { putFile, showConfig, showFile } from './config-endpoints.ts';
import { KEY_CHANNELS } from './credentials.ts';
import { createKeyList, deleteKey } from './lists/channel-keys.ts';
import {
  deleteClientKey,
  patchClientKeys,
  putClientKeys,
  showClientKeys,
} from './lists/client-keys.ts';
import { type EntryList, patchEntry, putList, showList } from './lists/entry-list.ts';
import { createProviderList, deleteProvider } from './lists/providers.ts';
import { empty, json } from './messages.ts';
import { createMessages } from './proxy/anthropic.ts';
import { createChat } from './proxy/chat.ts';
import { listModels } from './proxy/models.ts';
import { createRotation } from './proxy/rotation.ts';
import { flag, type Struct } from './schema/types.ts';
import type { Handler } from './server.ts';
import { putSetting, showSetting } from './settings.ts';
import { notBuilt, UNBUILT } from './unbuilt.ts';
import type { Features } from './versions.ts';

/** Handlers by method and path, e.g. `GET /healthz`. */
export type Routes = ReadonlyMap<string, Handler>;

type Route = readonly [methods: string, path: string, handler: Handler];

export const MANAGEMENT = '/v0/management';
export const PROXY = '/v1';

/** What the version of `features` answers. Routes that it has and the stand-in has not answer 501. */
export function createRoutes(features: Features): Routes {
  const routes = [
    ...publicRoutes(features),
    ...proxyRoutes(),
    ...managementRoutes(features).map(
      ([methods, path, handler]): Route => [methods, `${MANAGEMENT}/${path}`, handler],
    ),
  ];
  return new Map(
    routes.flatMap(([methods, path, handler]) =>
      methods.split(' ').map((method) => [`${method} ${path}`, handler] as const),
    ),
  );
}

function publicRoutes(features: Features): Route[] {
  const greeting = {
    endpoints: ['POST /v1/chat/completions', 'POST /v1/completions', 'GET /v1/models'],
    message: 'CLI Proxy API Server',
  };
  const health: Route[] = [['GET HEAD', '/healthz', () => json(200, { status: 'ok' })]];
  return [
    ['GET', '/', (_, { store }) => warningPage(store.served(), features) ?? json(200, greeting)],
    // The control panel, which the stand-in has not.
    ['GET', '/management.html', () => empty(404)],
    ...(features.has('healthz') ? health : []),
  ];
}

function proxyRoutes(): Route[] {
  const rotation = createRotation();
  const missing = ['completions', 'messages/count_tokens', 'responses'];
  return [
    ['GET', `${PROXY}/models`, listModels],
    ['POST', `${PROXY}/chat/completions`, createChat(rotation)],
    ['POST', `${PROXY}/messages`, createMessages(rotation)],
    ...missing.map((path): Route => ['POST', `${PROXY}/${path}`, notBuilt]),
  ];
}

function managementRoutes(features: Features): Route[] {
  const config = configTypeOf(features);
  const providers = createProviderList(features);
  const keyLists = KEY_CHANNELS.map((channel) => createKeyList(channel, features));
  const forcePrefix = settingRoutes('force-model-prefix');
  return [
    ...UNBUILT.filter(features.covers).flatMap(({ path, show = notBuilt }): Route[] => [
      ['GET', path, show],
      ['PUT PATCH POST DELETE', path, notBuilt],
    ]),
    ['GET', 'config', showConfig(config)],
    ['GET', 'config.yaml', showFile],
    ['PUT', 'config.yaml', putFile],
    ...settingRoutes('debug'),
    ...(features.has('force-model-prefix-endpoint') ? forcePrefix : []),
    ...(features.has('api-call') ? [['POST', 'api-call', callApi] as const] : []),
    ['GET', 'api-keys', showClientKeys],
    ['PUT', 'api-keys', putClientKeys],
    ['PATCH', 'api-keys', patchClientKeys],
    ['DELETE', 'api-keys', deleteClientKey],
    ...listRoutes(providers, deleteProvider(providers)),
    ...keyLists.flatMap((list) => listRoutes(list, deleteKey(list))),
  ];
}

function listRoutes<Entry extends Struct>(list: EntryList<Entry>, remove: Handler): Route[] {
  return [
    ['GET', list.field, showList(list)],
    ['PUT', list.field, putList(list)],
    ['PATCH', list.field, patchEntry(list)],
    ['DELETE', list.field, remove],
  ];
}

function settingRoutes(name: string): Route[] {
  return [
    ['GET', name, showSetting(name)],
    ['PUT PATCH', name, putSetting(name, flag)],
  ];
}
