import * as z from "zod";
import { AlertPageSchema, AlertSchema } from "../wire/alert_schema.ts";
import {
  BasisPointSchema,
  DerivativeSchema,
  DerivativesHistorySchema,
} from "../wire/derivative_schema.ts";
import {
  ForeignDetailSchema,
  ForeignInvestorSchema,
  ForeignSchema,
  ForeignSummarySchema,
  ScopeFlowSchema,
} from "../wire/foreign_schema.ts";
import {
  AliveSchema,
  BriefHealthSchema,
  HealthSchema,
  NotReadySchema,
  ReadySchema,
} from "../wire/health_schema.ts";
import { HISTORY_ROWS, historySchema } from "../wire/history_schema.ts";
import {
  AuctionPathsSchema,
  ContributionsSchema,
  IndexBreadthSchema,
  IndexIntradaySchema,
  IndexSchema,
} from "../wire/index_schema.ts";
import { LimitStatsSchema } from "../wire/limit_schema.ts";
import { RecordedDaysSchema } from "../wire/moment_schema.ts";
import { DataStatusSchema } from "../wire/payload_schema.ts";
import { ProblemSchema } from "../wire/problem_schema.ts";
import { FRAME_SCHEMAS, FramesAnswerSchema, ServerFrameSchema } from "../wire/server_schema.ts";
import { SessionCertificateSchema, SessionPayloadSchema } from "../wire/session_schema.ts";
import { SessionBreakdownSchema, SessionStatsSchema } from "../wire/session_stats_schema.ts";
import {
  FeedSchema,
  MarketSnapshotSchema,
  PriceSchema,
  QuoteSchema,
} from "../wire/snapshot_schema.ts";
import { SparklinesSchema } from "../wire/sparklines_schema.ts";
import { SymbolListSchema, Vn30ComponentsSchema } from "../wire/symbols_schema.ts";
import { TicketSchema } from "../wire/ticket_schema.ts";
import { VolumeStatsSchema } from "../wire/volume_schema.ts";
import { WsHealthSchema } from "../wire/ws_health_schema.ts";
import { HISTORY, type HistoryAddress } from "./history_lists.ts";
import { ROW_OF_LIST } from "./history_rows.ts";
import { type Json, type JsonObject, omitSafeBounds, openObject } from "./json_schema.ts";
import { fieldWords } from "./rest_field_words.ts";

/** Pieces and answers that the document names. */
const FIXED = {
  Alert: AlertSchema,
  AlertPage: AlertPageSchema,
  Alive: AliveSchema,
  AuctionPaths: AuctionPathsSchema,
  BriefHealth: BriefHealthSchema,
  Contributions: ContributionsSchema,
  DataStatus: DataStatusSchema,
  Derivative: DerivativeSchema,
  DerivativesHistory: DerivativesHistorySchema,
  Feed: FeedSchema,
  Foreign: ForeignSchema,
  ForeignDetail: ForeignDetailSchema,
  ForeignInvestor: ForeignInvestorSchema,
  ForeignSummary: ForeignSummarySchema,
  Frame: ServerFrameSchema,
  FramesAnswer: FramesAnswerSchema,
  Health: HealthSchema,
  Index: IndexSchema,
  IndexBreadth: IndexBreadthSchema,
  IndexIntraday: IndexIntradaySchema,
  LimitStats: LimitStatsSchema,
  MarketSnapshot: MarketSnapshotSchema,
  NotReady: NotReadySchema,
  Price: PriceSchema,
  Problem: ProblemSchema,
  Quote: QuoteSchema,
  Ready: ReadySchema,
  RecordedDays: RecordedDaysSchema,
  ScopeFlow: ScopeFlowSchema,
  Session: SessionPayloadSchema,
  SessionBreakdown: SessionBreakdownSchema,
  SessionCertificate: SessionCertificateSchema,
  SessionStats: SessionStatsSchema,
  Sparklines: SparklinesSchema,
  SymbolList: SymbolListSchema,
  Ticket: TicketSchema,
  Vn30Components: Vn30ComponentsSchema,
  VolumeStats: VolumeStatsSchema,
  WsHealth: WsHealthSchema,
} as const satisfies Readonly<Record<string, z.ZodType>>;

type HistoryName = keyof typeof HISTORY;
export type SchemaName = keyof typeof FIXED | `History.${HistoryName}`;

/** Of what the document has a schema, by name. */
const SCHEMAS: readonly (readonly [name: string, schema: z.ZodType])[] = [
  ...Object.entries(FIXED),
  ...Object.entries(FRAME_SCHEMAS).map(([kind, schema]) => [`Frame.${kind}`, schema] as const),
  ["BasisPoint", BasisPointSchema],
  ...Object.entries(HISTORY_ROWS).flatMap(([name, row]) =>
    row === AlertSchema || row === BasisPointSchema ? [] : [[`HistoryRow.${name}`, row] as const]
  ),
  ...(Object.keys(HISTORY) as HistoryName[]).map((name) =>
    [`History.${name}`, historySchema(HISTORY[name].rows, rowOf(HISTORY[name]))] as const
  ),
];

function rowOf(address: HistoryAddress): z.ZodType {
  return HISTORY_ROWS[ROW_OF_LIST[address.list(undefined)]];
}

/** Path of a schema in the document. */
export function schemaPath(name: string): string {
  return `components/schemas/${name}`;
}

/** The schemas as JSON Schema 2020-12, which point at each other. */
export function jsonSchemas(): JsonObject {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of SCHEMAS) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io: "input",
    uri: (name) => `#/${schemaPath(name)}`,
    override: ({ jsonSchema }) => {
      omitSafeBounds(jsonSchema);
      openObject(jsonSchema);
      // The format says the same in a word.
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [
      name,
      described(name, schema as Json),
    ]),
  );
}

/** A schema, at any depth of which fields tell what they hold. */
function described(name: string, schema: Json): Json {
  if (isList(schema)) return schema.map((each) => described(name, each));
  if (typeof schema !== "object" || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]): [string, Json] => [
    key,
    key === "properties" ? describedFields(name, value as JsonObject) : described(name, value),
  ]);
  return Object.fromEntries(entries);
}

function describedFields(name: string, fields: JsonObject): JsonObject {
  const entries = Object.entries(fields).map(([field, schema]): [string, Json] => {
    const own = described(name, schema) as JsonObject;
    const description = own.type === "array" ? null : fieldWords(name, field);
    return [field, description === null ? own : { ...own, description }];
  });
  return Object.fromEntries(entries);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
