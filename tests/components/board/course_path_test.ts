import assert from "node:assert/strict";
import { pathOfCourse } from "../../../components/board/course_path.ts";

const at = (time: string, value: number) => ({
  timestamp: `2026-08-03T${time}:00.000+07:00`,
  value,
});
const COURSE = [
  at("09:14", 1_900),
  at("09:15", 1_901),
  at("09:19", 1_902),
  at("09:31", 1_903),
  at("09:33", 1_904),
];

Deno.test("The line of an index has the newest value of each five minutes of the clock", () => {
  assert.deepEqual(pathOfCourse(COURSE), [554, 1_900, 559, 1_902, 573, 1_904]);
  assert.deepEqual(pathOfCourse([]), []);
});

Deno.test("The line of an index grows at its end alone, whatever minute it is asked for", () => {
  const whole = pathOfCourse(COURSE);
  for (let length = 1; length < COURSE.length; length++) {
    const path = pathOfCourse(COURSE.slice(0, length));
    assert.deepEqual(whole.slice(0, path.length - 2), path.slice(0, -2), `${length} points`);
  }
});
