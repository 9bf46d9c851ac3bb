/** A message as it stands in the argument of a Broadcast. */
export interface WireMessage {
  readonly typeKey: string;
  readonly contentKey: string;
  readonly dataType: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** Whether the content is an object in the message and not a JSON text. */
  readonly isObject: boolean;
}
