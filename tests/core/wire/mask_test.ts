import assert from "node:assert/strict";
import fc from "fast-check";
import { forEachBit, MASK_BITS_MAX, maskOf } from "../../../core/wire/mask.ts";

function fieldsOf(mask: number): number[] {
  const fields: number[] = [];
  forEachBit(mask, (field) => fields.push(field));
  return fields;
}

Deno.test("A mask of any set of fields gives the set back in ascending order, also through JSON", () => {
  const field = fc.nat(MASK_BITS_MAX - 1);
  fc.assert(fc.property(fc.uniqueArray(field, { maxLength: MASK_BITS_MAX }), (fields) => {
    const mask = maskOf(fields);
    assert.ok(Number.isSafeInteger(mask));
    assert.deepEqual(fieldsOf(JSON.parse(JSON.stringify(mask))), fields.toSorted((a, b) => a - b));
  }));
});

Deno.test("The bits at the border of the halves and the last one are kept apart", () => {
  for (const field of [0, 30, 31, 32, 33, 52]) assert.deepEqual(fieldsOf(2 ** field), [field]);
  assert.equal(maskOf([31, 31]), 2 ** 31);
  assert.deepEqual(fieldsOf(2 ** MASK_BITS_MAX - 1).length, MASK_BITS_MAX);
});
