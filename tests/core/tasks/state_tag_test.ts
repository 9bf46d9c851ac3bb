import assert from "node:assert/strict";
import { engineOptions } from "../../../core/tasks/ingest.ts";
import { stateTag } from "../../../core/tasks/state_tag.ts";
import { VERSION } from "../../../core/tasks/version.ts";

Deno.test("The tag of a state names the product, its code, the runtime and the settings of the engine", () => {
  const options = engineOptions({ classifier: "feed", spikeMinVnd: 5 });
  const tag = stateTag(options);
  assert.match(tag, /^vnstock [\d.]+ [0-9a-f]{8}, deno [\d.]+, v8 \S+, feed, \d+, 5$/);
  assert.ok(tag.includes(VERSION) && tag.includes(Deno.version.deno));
  assert.equal(stateTag({ ...options }), tag);
  assert.notEqual(stateTag({ ...options, classifier: "quote" }), tag);
  assert.notEqual(stateTag(options, ["hub"]), tag);
  assert.notEqual(stateTag({ ...options, spikeMinVnd: 6 }), tag);
  assert.notEqual(stateTag({ ...options, symbolsMax: options.symbolsMax + 1 }), tag);
});
