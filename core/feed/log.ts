/** Takes one event in the past tense and its flat facts; what is handed in holds no secret. */
export type FeedLog = (event: string, fields: Readonly<Record<string, unknown>>) => void;
