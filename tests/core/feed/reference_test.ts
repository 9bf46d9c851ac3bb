import assert from "node:assert/strict";
import { vnInstantMs } from "../../../core/market/time.ts";
import { FakeSsi } from "./support/fake_ssi.ts";
import { FAST, startTestFeed, stateOf, type TestFeed } from "./support/feeds.ts";
import { until } from "./support/journals.ts";

const isLoaded = ({ logs }: TestFeed) => logs.some((line) => line.startsWith("reference_loaded"));
const failures = ({ logs }: TestFeed) =>
  logs.filter((line) => line.startsWith("reference_not_loaded"));

/** What all events together say. */
function factsOf({ references }: TestFeed) {
  return {
    shares: Object.assign({}, ...references.map((event) => event.shares)),
    members: Object.assign({}, ...references.map((event) => event.members)),
  };
}

const components = (...symbols: readonly string[]) =>
  Response.json({
    data: [{ IndexComponent: symbols.map((StockSymbol) => ({ StockSymbol })) }],
    status: "Success",
  });

Deno.test("reference - listed shares and the members of all indices come in a handful of events", async () => {
  await using ssi = new FakeSsi();
  ssi.indices = ["VNINDEX", "VN30", "HNXIndex", "hnxindex"];
  ssi.shares = { FPT: "1703000000", VCB: "8355675094", E1VFVN30: "0", CFPT2601: "" };
  const feed = startTestFeed(ssi);
  await until("all is loaded", () => isLoaded(feed));
  assert.deepEqual(factsOf(feed), {
    shares: { FPT: 1_703_000_000, VCB: 8_355_675_094 },
    members: { VNINDEX: ["FPT", "HPG", "VCB"], HNXINDEX: ["FPT", "HPG", "VCB"] },
  });
  assert.equal(feed.references.length, 2, "one of shares, one of members");
  assert.ok(feed.references.every((event) => event.watch === undefined));
  assert.equal(ssi.calls.indexcomponents, 3, "VN30 before the stream, then each index once");
  assert.equal(ssi.calls.securitiesdetails, 3);
  assert.equal(ssi.calls.indexlist, 2);
  await feed.handle.stop();
});

Deno.test("reference - names come with the listed shares and the futures, and cost no call of their own", async () => {
  await using ssi = new FakeSsi();
  ssi.scripts.securitiesdetails = (request) =>
    request.url.includes("market=HOSE")
      ? Response.json({
        data: [{
          RepeatedInfo: [
            { Symbol: "VNM", SymbolName: " Sữa\u0007 Việt Nam", SymbolEngName: "Vinamilk" },
            { Symbol: "FPT", SymbolName: "FPT", SymbolEngName: null, ListedShare: "17" },
            { Symbol: "HPG", SymbolName: 7, SymbolEngName: "<b>Hoa Phat</b>", ListedShare: "18" },
          ],
        }],
        status: "Success",
      })
      : null;
  ssi.scripts.securities = () =>
    Response.json({
      data: [{ Market: "DER", Symbol: "41I1GC000", StockName: "HĐTL VN30", StockEnName: "" }],
      status: "Success",
    });
  const feed = startTestFeed(ssi);
  await until("all is loaded", () => isLoaded(feed));
  assert.deepEqual(Object.fromEntries(feed.names.map(([symbol, ...names]) => [symbol, names])), {
    "41I1GC000": ["HĐTL VN30", null],
    VNM: ["Sữa Việt Nam", "Vinamilk"],
    HPG: [null, "<b>Hoa Phat</b>"],
  });
  assert.deepEqual(factsOf(feed).shares, { FPT: 17, HPG: 18 }, "a bad name takes no share away");
  assert.deepEqual([ssi.calls.securities, ssi.calls.securitiesdetails], [1, 3]);
  await feed.handle.stop();
});

Deno.test("reference - nothing of it is asked for before the stream is live, and the stream waits for none of it", async () => {
  await using ssi = new FakeSsi();
  let release: (response: Response) => void = () => {};
  let stateThen = "";
  ssi.holds.securitiesdetails = () => {
    stateThen = stateOf(feed);
    return new Promise((resolve) => release = resolve);
  };
  const feed = startTestFeed(ssi);
  await until("the first call is under way", () => ssi.calls.securitiesdetails === 1);
  assert.equal(stateThen, "live");
  const { frames } = feed;
  const before = frames.length;
  ssi.send("{}");
  await until("frames come meanwhile", () => frames.length > before);
  assert.deepEqual(feed.references, []);
  await feed.handle.stop();
  release(new Response("late"));
});

Deno.test("reference - members of the indices whose breadth is shown come first", async () => {
  await using ssi = new FakeSsi();
  ssi.indices = ["VNXALL", "VNINDEX"];
  const asked: string[] = [];
  ssi.scripts.indexcomponents = (request) => {
    asked.push(new URL(request.url).searchParams.get("indexCode")!);
    return components("FPT");
  };
  ssi.scripts.securitiesdetails = () => {
    asked.push("details");
    return null;
  };
  const feed = startTestFeed(ssi);
  await until("all is loaded", () => isLoaded(feed));
  assert.deepEqual(asked, ["VN30", "VNINDEX", "details", "details", "details", "VNXALL"]);
  assert.deepEqual(feed.references.map((event) => event.members), [
    { VNINDEX: ["FPT"] },
    { VNXALL: ["FPT"] },
  ]);
  await feed.handle.stop();
});

Deno.test("reference - a call that fails is made again after all the others, and holds back none of them", async () => {
  await using ssi = new FakeSsi();
  ssi.indices = ["BAD", "GOOD"];
  ssi.shares = { FPT: "17" };
  let tries = 0;
  ssi.scripts.indexcomponents = (request) => {
    const code = new URL(request.url).searchParams.get("indexCode");
    if (code === "BAD" && tries++ < 3) return new Response("no", { status: 500 });
    return components("FPT");
  };
  let detailTries = 0;
  ssi.scripts.securitiesdetails = () => detailTries++ === 0 ? Response.json({ data: {} }) : null;
  const feed = startTestFeed(ssi);
  await until("all is loaded", () => isLoaded(feed));
  assert.equal(failures(feed).length, 4);
  assert.match(failures(feed)[1]!, /"indexCode":"BAD".*IndexComponents failed/);
  const at = (id: string) => feed.references.findIndex((event) => id in event.members);
  assert.ok(at("GOOD") < at("BAD"), "the good one was said before the bad one came");
  assert.deepEqual(factsOf(feed).shares, { FPT: 17 });
  await feed.handle.stop();
});

Deno.test("reference - an index without a list of members says nothing of what is known of it", async () => {
  await using ssi = new FakeSsi();
  ssi.indices = ["EMPTY"];
  ssi.scripts.indexcomponents = (request) =>
    request.url.includes("EMPTY")
      ? Response.json({ data: null, message: "No data", status: "Success" })
      : null;
  const feed = startTestFeed(ssi);
  await until("all is loaded", () => isLoaded(feed));
  assert.deepEqual(feed.references, []);
  await feed.handle.stop();
});

Deno.test("reference - asks for 64 indices at most, and says how many it left out", async () => {
  await using ssi = new FakeSsi();
  ssi.indices = [...Array(66).keys()].map((n) => `IDX${n}`);
  const limits = { ...FAST, governor: { spacingMs: 0, waitingMax: 16 } };
  const feed = startTestFeed(ssi, { limits });
  await until("all is loaded", () => isLoaded(feed));
  assert.equal(Object.keys(factsOf(feed).members).length, 64);
  assert.ok(feed.logs.includes('reference_cut {"indices":2}'));
  assert.equal(feed.references.length, 1);
  await feed.handle.stop();
});

Deno.test("reference - is loaded again with the next day", async () => {
  await using ssi = new FakeSsi();
  ssi.shares = { FPT: "17" };
  let nowMs = vnInstantMs("2026-11-19", 10 * 3600);
  const feed = startTestFeed(ssi, {}, { clock: { nowMs: () => nowMs } });
  await until("all is loaded", () => isLoaded(feed));
  ssi.shares = { FPT: "18" };
  nowMs = vnInstantMs("2026-11-20", 7 * 3600);
  await until("the new day is loaded", () => factsOf(feed).shares.FPT === 18);
  await feed.handle.stop();
});
