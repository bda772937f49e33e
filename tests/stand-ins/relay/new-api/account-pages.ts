import type { Reply } from '../http.ts';
import type { Call, UserCall } from './call.ts';
import { randomAccessToken } from './random.ts';
import { success } from './replies.ts';
import { rootRole, type User } from './state.ts';

const sidebarModules = JSON.stringify({
  chat: { chat: true, enabled: true, playground: true },
  console: { detail: true, enabled: true, log: true, midjourney: true, task: true, token: true },
  personal: { enabled: true, personal: true, topup: true },
});

/** What the stand-in has no use for, but shows. */
const unusedFields = {
  aff_count: 0,
  aff_history_quota: 0,
  aff_quota: 0,
  discord_id: '',
  email: '',
  github_id: '',
  inviter_id: 0,
  linux_do_id: '',
  oidc_id: '',
  request_count: 0,
  stripe_customer: '',
  telegram_id: '',
  used_quota: 0,
  wechat_id: '',
};

/** A user as login, refresh and `GET /api/user/self` show it; the access token is not in it. */
export function userView(user: User): object {
  const isRoot = user.role >= rootRole;
  const { password: _password, access_token: _accessToken, ...shown } = user;
  return {
    ...unusedFields,
    ...shown,
    permissions: permissionsView(isRoot),
    setting: isRoot ? '' : JSON.stringify({ gotify_priority: 0, sidebar_modules: sidebarModules }),
    sidebar_modules: isRoot ? '' : sidebarModules,
  };
}

function permissionsView(isRoot: boolean): object {
  const rights = ['operate', 'read', 'secret_view', 'sensitive_write', 'write'];
  return {
    admin_permissions: { channel: Object.fromEntries(rights.map((right) => [right, isRoot])) },
    sidebar_modules: isRoot ? {} : { admin: false },
    sidebar_settings: !isRoot,
  };
}

export function showSelf({ user }: UserCall): Reply {
  return success(userView(user));
}

/** **Makes a new one** at each call: the one before stops working. */
export function makeAccessToken({ user }: UserCall): Reply {
  user.access_token = randomAccessToken();
  return success(user.access_token);
}

/** All models of the groups the user may choose, priced or not. */
export function listAccountModels({ api }: UserCall): Reply {
  const { models, groups } = api.switches.state;
  const usable = models.filter((model) => model.groups.some((group) => group in groups));
  return success(usable.map(({ id }) => id));
}

export function listGroups({ api }: Call): Reply {
  const groups = Object.entries(api.switches.state.groups);
  return success(Object.fromEntries(groups.map(([name, desc]) => [name, { desc, ratio: 1 }])));
}
