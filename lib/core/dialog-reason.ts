/** Why the dialog opened although an import was asked for with one click. */
export type DialogReason =
  | 'asked'
  | 'models-unavailable'
  | 'no-models'
  | 'many-models'
  | 'decision'
  | 'anthropic-style';

/** A key that cannot be imported with one click: its dialog is to be shown. */
export interface DialogCall {
  keyId: string;
  serverId: string;
  reason: DialogReason;
}
