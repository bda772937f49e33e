import { jsonReply, type Reply, readJson } from '../http.ts';
import { type Call, seconds } from './call.ts';
import { pricing } from './catalogue.ts';
import { failure, success } from './replies.ts';
import { credentials } from './session-pages.ts';
import { addUser, rootRole } from './state.ts';
import { statusData } from './status.ts';

/** Whether the root account was made; the kind of database is told before that only. */
export function showSetup({ api }: Call): Reply {
  const isSetUp = api.switches.state.users.length > 0;
  const data = { status: isSetUp, root_init: false, database_type: isSetUp ? '' : 'sqlite' };
  return jsonReply(200, { data, success: true });
}

/** Makes the root account of a new site. */
export function setUp({ request, api }: Call): Reply {
  const { state } = api.switches;
  if (state.users.length > 0) return failure('系统已经初始化完成');
  const account = credentials.safeParse(readJson(request));
  if (!account.success) return failure('请求参数有误');
  const root = { display_name: 'Root User', role: rootRole, quota: 100_000_000, aff_code: '' };
  addUser(state, { ...account.data, ...root }, seconds(api));
  return jsonReply(200, { message: '系统初始化成功', success: true });
}

export function showStatus({ api }: Call): Reply {
  return success({ ...statusData, start_time: api.switches.state.startedAt });
}

/** Notice and home page: empty texts. */
export function showEmptyText(): Reply {
  return success('');
}

export function showPricing({ api }: Call): Reply {
  return jsonReply(200, pricing(api.switches.state));
}

/** The models the program knows by kind of channel, as far as the recording shows them. */
export function listKnownModels(): Reply {
  const data = {
    '1': ['gpt-3.5-turbo', 'gpt-3.5-turbo-0613', 'gpt-3.5-turbo-1106'],
    '11': ['PaLM-2'],
    '14': ['claude-3-sonnet-20240229', 'claude-3-opus-20240229', 'claude-3-haiku-20240307'],
  };
  return jsonReply(200, { data, success: true });
}
