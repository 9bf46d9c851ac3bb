import assert from "node:assert/strict";
import { createIngest, ingestFrame } from "../../../core/engine/ingest.ts";
import { writeOwnFrame } from "../../../core/engine/own_frame.ts";
import { createLogger } from "../../../core/log.ts";
import { recordedFacts, recordedListing } from "../../../core/sim/recorded_facts.ts";
import { startReplayService } from "../../../core/sim/replay_service.ts";
import { frame, tradeRecord } from "../../support/ssi_frames.ts";
import { bearer, RawClient, tokenOf } from "./support/raw_client.ts";
import { until } from "./support/until.ts";

const DATE = "2026-11-16";
const clock = { nowMs: () => Date.now() };
const log = createLogger({ level: "error", nowMs: clock.nowMs, write: () => {} });
const position = { segment: 1, offset: 0, recordBytes: 0, checksum: 0 };

const reference = writeOwnFrame({
  kind: "reference",
  members: { VN30: ["AAA", "BBB"], HNXINDEX: ["SHS"] },
  shares: { AAA: 1_000, BBB: 2_000, SHS: 3_000 },
  watch: ["AAA", "BBB", "41I1GB000"],
});
const init = '{"C":"d-1,0|A,1","S":1,"M":[]}';
const trades = [["AAA", "HOSE"], ["SHS", "HNX"]].map(([Symbol, MarketId]) =>
  frame(tradeRecord({ Symbol, MarketId, Exchange: MarketId }))
);
const TEXTS = [init, '{"I":"1"}', "{}", reference, ...trades];

/** Runs a replay of the texts above. */
async function withReplay(
  act: (url: string, service: Awaited<ReturnType<typeof startReplayService>>) => Promise<void>,
): Promise<void> {
  const ingest = createIngest({ classifier: "feed", symbolsMax: 100 });
  for (const text of TEXTS) ingestFrame(ingest, text);
  const records = (async function* () {
    for (const [n, frame] of TEXTS.entries()) yield { receivedMs: n, frame, position };
  })();
  const facts = recordedFacts(recordedListing(DATE, ingest.engine));
  const service = await startReplayService({
    ...{ port: 0, facts, records, speed: "max", seekMs: null, clock, log },
  });
  try {
    await act(service.url, service);
  } finally {
    await service.close();
  }
}

Deno.test("A replay is served by SSI's protocol, begins with the subscription and sends the frames verbatim", () =>
  withReplay(async (url, service) => {
    const client = await RawClient.connect({ url });
    assert.equal(service.source.stats().relayed, 0);
    const answer = await client.switchChannels("X-TRADE:ALL");
    assert.equal(answer.I, "1");
    await until(() => service.source.stats().state === "ended", "the end");
    await until(() => client.texts.length === 2 + 1 + trades.length, "every frame");
    assert.deepEqual(client.texts.slice(2), [init, ...trades]);
    assert.equal(service.stats().messages, trades.length);
    await client.close();
  }));

Deno.test("REST of a replay tells what the journal holds of members, shares, boards and futures", () =>
  withReplay(async (url) => {
    const headers = bearer(await tokenOf(url));
    const rows = async (call: string) => {
      const response = await fetch(`${url}/api/v2/Market/${call}&pageSize=100`, { headers });
      return (await response.json()).data;
    };
    const [vn30] = await rows("IndexComponents?indexCode=VN30");
    assert.deepEqual(
      vn30.IndexComponent.map((member: { StockSymbol: string }) => member.StockSymbol),
      ["AAA", "BBB"],
    );
    const codes = async (exchange: string) =>
      (await rows(`IndexList?exchange=${exchange}`)).map((row: { IndexCode: string }) =>
        row.IndexCode
      );
    assert.deepEqual([await codes("HOSE"), await codes("HNX")], [["VN30"], ["HNXINDEX"]]);
    const shares = async (market: string) => {
      const [page] = await rows(`SecuritiesDetails?market=${market}`);
      return page.RepeatedInfo.map((row: { Symbol: string; ListedShare: string }) => [
        row.Symbol,
        row.ListedShare,
      ]);
    };
    assert.deepEqual(await shares("HOSE"), [["AAA", "1000"], ["BBB", "2000"]]);
    assert.deepEqual(await shares("HNX"), [["SHS", "3000"]]);
    const futures = await rows("Securities?market=DER");
    assert.deepEqual(futures.map((row: { Symbol: string }) => row.Symbol), ["41I1GB000"]);
    assert.equal(await rows(`DailyOhlc?symbol=AAA`), null, "a journal holds no other day");
  }));
