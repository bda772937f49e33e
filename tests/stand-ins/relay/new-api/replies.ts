import { jsonReply, type Reply, withHeaders } from '../http.ts';
import type { Call } from './call.ts';

/** A constant of this build; old clients of the site compare it. */
const cacheVersion = 'b688f2fb5be447c25e5aa3bd063087a83db32a288bf6a4f35f2d8db310e40b14';

/** The dashboard's envelope of a success with data. */
export function success(data: unknown): Reply {
  return jsonReply(200, { data, message: '', success: true });
}

/** The dashboard's envelope of a success with nothing to say. */
export function done(): Reply {
  return jsonReply(200, { message: '', success: true });
}

/** A refusal by the dashboard: **200**, and only `success` tells. */
export function failure(message: string): Reply {
  return jsonReply(200, { message, success: false });
}

/** The one refusal of the dashboard with a status of its own: who is asking is not allowed. */
export function authFailure(status: number, code: string, message: string): Reply {
  return jsonReply(status, { code, message, success: false });
}

/** A refusal under /v1; the message ends in the id that the header names too. */
export function relayFailure(
  call: Call,
  status: number,
  message: string,
  more: object = {},
): Reply {
  const error = {
    message: `${message} (request id: ${call.requestId})`,
    type: 'new_api_error',
    code: '',
    ...more,
  };
  return jsonReply(status, { error });
}

/**
 * The web page under every path that is none of the API's, /models among them; JSON 404 under /api
 * and /v1.
 */
export function unknownPath(method: string, path: string): Reply {
  if (!/^\/(api|v1|assets)/.test(path)) return webPage();
  const message = `Invalid URL (${method} ${path})`;
  const error = { message, type: 'invalid_request_error', param: '', code: '' };
  return withHeaders(jsonReply(404, { error }), {
    'Cache-Control': 'max-age=604800',
    'Cache-Version': cacheVersion,
  });
}

function webPage(): Reply {
  return {
    status: 200,
    headers: {
      'Cache-Control': 'no-cache',
      'Cache-Version': cacheVersion,
      'Content-Type': 'text/html; charset=utf-8',
    },
    body: '<!doctype html><html><head><title>New API</title></head><body><div id=root></div></body></html>\n',
  };
}
