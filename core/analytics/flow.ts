import { createSpeedTrack, type SpeedTrack, trackFlow } from "./speed.ts";

/** Foreign flow of many securities together: sums of the day, and how fast they move. */
export interface Flow {
  buyVolume: number;
  sellVolume: number;
  buyValueVnd: number;
  sellValueVnd: number;
  /** Securities in the sums. */
  symbols: number;
  speed: SpeedTrack;
}

/** Flows by scope. */
export interface Flows {
  readonly scopes: Map<string, Flow>;
  /** Exchange second that the series is being made of, and whether it has anything new. */
  secondMs: number;
  isMoved: boolean;
}

/** Cumulative figures of one security. */
export interface FlowFigures {
  readonly buyVolume: number;
  readonly sellVolume: number;
  readonly buyValueVnd: number;
  readonly sellValueVnd: number;
}

/** No flow at all. */
export function createFlows(): Flows {
  return { scopes: new Map(), secondMs: 0, isMoved: false };
}

/** The flow of a scope, made when it is new. */
export function flowOf(flows: Flows, scope: string): Flow {
  let flow = flows.scopes.get(scope);
  if (flow === undefined) {
    flow = {
      buyVolume: 0,
      sellVolume: 0,
      buyValueVnd: 0,
      sellValueVnd: 0,
      symbols: 0,
      speed: createSpeedTrack(),
    };
    flows.scopes.set(scope, flow);
  }
  return flow;
}

/** Replaces a security's part in the sums; `before` is null when it had none. */
export function replaceFigures(flow: Flow, before: FlowFigures | null, now: FlowFigures): void {
  flow.buyVolume += now.buyVolume - (before?.buyVolume ?? 0);
  flow.sellVolume += now.sellVolume - (before?.sellVolume ?? 0);
  flow.buyValueVnd += now.buyValueVnd - (before?.buyValueVnd ?? 0);
  flow.sellValueVnd += now.sellValueVnd - (before?.sellValueVnd ?? 0);
  if (before === null) flow.symbols++;
}

/** Notes for the speed what one security's message brought. */
export function moveFlow(
  flow: Flow,
  atMs: number,
  step: { readonly bought: number; readonly sold: number },
): void {
  trackFlow(flow.speed, atMs, { ...step, netVnd: flow.buyValueVnd - flow.sellValueVnd });
}

/** Clears the sums of a scope, in place; its speed starts over too. */
export function clearFlow(flow: Flow): void {
  Object.assign(flow, { buyVolume: 0, sellVolume: 0, buyValueVnd: 0, sellValueVnd: 0, symbols: 0 });
  flow.speed = createSpeedTrack();
}
