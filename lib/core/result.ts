/** What can go wrong is a value: it survives the message channel and the journal, which an exception does not. */
export type Result<Value, Fault> = { ok: true; value: Value } | { ok: false; failure: Fault };

export const ok = <Value>(value: Value): { ok: true; value: Value } => ({ ok: true, value });

export const fail = <const Fault>(failure: Fault): { ok: false; failure: Fault } => ({
  ok: false,
  failure,
});
