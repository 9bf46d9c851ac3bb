import { z } from "zod";
import * as form from "../config_forms.ts";
import { SIM_PROFILES } from "../exchange/quirks.ts";
import { SCENARIOS } from "../exchange/types.ts";

/** The settings of the service when it runs alone; the texts come from the environment. */
export const SimOptionsSchema = z.object({
  SIM_PORT: form.integer(0, 65_535).default(8710),
  SIM_SPEED: form.simSpeed.default(1),
  SIM_SEED: form.integer(0, 0xffff_ffff).default(20261120),
  SIM_SCENARIO: form.oneOf(...SCENARIOS).default("normal"),
  SIM_PROFILE: form.oneOf(...SIM_PROFILES).default("wild"),
  SIM_START: form.simStart.default("open"),
});

/** Settings with every default filled in. */
export type SimSettings = z.output<typeof SimOptionsSchema>;

/** Simulated seconds per real second, or as fast as the sockets drain. */
export type SimSpeed = SimSettings["SIM_SPEED"];
