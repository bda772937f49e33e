import { listAccountModels, listGroups, makeAccessToken, showSelf } from './account-pages.ts';
import type { Call } from './call.ts';
import { asOperator, asUser, asVisitor, critical, noStore, searchLimited } from './guards.ts';
import {
  completeChat,
  listGeminiModels,
  listModels,
  listTokenCalls,
  showModel,
  showSubscription,
  showTokenUsage,
  showUsage,
  unreachable,
} from './relay-pages.ts';
import { unknownPath } from './replies.ts';
import { closed, open, type Route } from './routes.ts';
import { listSessions, logIn, logOut, refresh } from './session-pages.ts';
import {
  listKnownModels,
  setUp,
  showEmptyText,
  showPricing,
  showSetup,
  showStatus,
} from './site-pages.ts';
import { asTokenHolder, asTokenReader } from './token-guards.ts';
import {
  createToken,
  deleteToken,
  listTokens,
  revealKey,
  revealKeys,
  searchTokens,
  showToken,
  updateToken,
} from './token-pages.ts';

const operatorPage = asOperator(({ request, url }: Call) =>
  unknownPath(request.method, url.pathname),
);

/**
 * The pages of New API's generation 4 (since 20 July 2026; recorded at 2d8e50bf): bearer token and
 * refresh cookie, masked keys. The order of the guards is that of its source. An earlier
 * generation is another list like this.
 */
export const generation4: readonly Route[] = [
  closed('GET', '/api/setup', showSetup),
  closed('POST', '/api/setup', setUp),
  closed('GET', '/api/status', showStatus),
  closed('GET', '/api/notice', showEmptyText),
  closed('GET', '/api/home_page_content', showEmptyText),
  closed('GET', '/api/pricing', asVisitor(showPricing)),
  closed('GET', '/api/models', asUser(listKnownModels)),
  closed('GET', '/api/group/', operatorPage),

  closed('POST', '/api/user/login', critical(noStore(logIn))),
  closed('POST', '/api/user/auth/refresh', critical(noStore(refresh))),
  closed('POST', '/api/user/auth/logout', critical(noStore(logOut))),
  closed('GET', '/api/user/sessions', asUser(noStore(listSessions))),
  closed('GET', '/api/user/groups', listGroups),
  closed('GET', '/api/user/self/groups', asUser(listGroups)),
  closed('GET', '/api/user/self', asUser(showSelf)),
  closed('GET', '/api/user/models', asUser(listAccountModels)),
  closed('GET', '/api/user/token', asUser(critical(noStore(makeAccessToken)))),
  closed('GET', '/api/user/:id', operatorPage),

  closed('GET', '/api/token/', asUser(listTokens)),
  closed('POST', '/api/token/', asUser(createToken)),
  closed('PUT', '/api/token/', asUser(updateToken)),
  closed('GET', '/api/token/search', asUser(searchLimited(searchTokens))),
  closed('POST', '/api/token/batch/keys', asUser(critical(noStore(revealKeys)))),
  closed('POST', '/api/token/:id/key', asUser(critical(noStore(revealKey)))),
  closed('GET', '/api/token/:id', asUser(showToken)),
  closed('DELETE', '/api/token/:id', asUser(deleteToken)),

  open('GET', '/api/usage/token/', critical(asTokenReader(showTokenUsage))),
  open('GET', '/api/log/token', critical(asTokenReader(listTokenCalls))),

  open('GET', '/v1/models', asTokenHolder(listModels)),
  open('GET', '/v1/models/:model', asTokenHolder(showModel)),
  open('GET', '/v1beta/models', asTokenHolder(listGeminiModels)),
  open('POST', '/v1/chat/completions', asTokenHolder(completeChat)),
  open('POST', '/v1/messages', asTokenHolder(unreachable)),
  open('GET', '/v1/dashboard/billing/subscription', asTokenHolder(showSubscription)),
  open('GET', '/v1/dashboard/billing/usage', asTokenHolder(showUsage)),
];
