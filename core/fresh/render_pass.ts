import {
  type ComponentChildren,
  Fragment,
  type FunctionComponent,
  h,
  options,
  toChildArray,
  type VNode,
} from "preact";
import { setHeadSink } from "./head.ts";
import type { IslandRef, Site } from "./site.ts";

/** What one rendering of a document gathers on its way. */
export class RenderPass {
  readonly site: Site | null;
  readonly nonce: string | null;
  /** Elements of `<Head>` by the name under which a later one replaces an earlier. */
  readonly head = new Map<unknown, VNode>();
  /** Props of each island on the page, in document order. */
  readonly props: object[] = [];
  /** Number on this page of each island module used. */
  readonly modules = new Map<number, number>();
  /** Elements that already stand between their markers. */
  readonly marked = new WeakSet<VNode>();
  insideIsland = false;
  insideHead = false;

  constructor(site: Site | null, nonce: string | null) {
    this.site = site;
    this.nonce = nonce;
  }
}

/**
 * The rendering under way; Preact's hooks are global and rendering is synchronous, so there is one
 * at most.
 */
let current: RenderPass | null = null;

/** Runs a rendering with its own pass. */
export function withPass<T>(pass: RenderPass, render: () => T): T {
  current = pass;
  setHeadSink((children) => collectHead(pass, children));
  try {
    return render();
  } finally {
    current = null;
    setHeadSink(null);
  }
}

/** Preact's hooks under the names its builds give them. */
interface Hooks {
  __b?: (vnode: VNode) => void;
  diffed?: (vnode: VNode) => void;
}

const hooks = options as Hooks;
const { __b: nextDiff, diffed: nextDiffed } = hooks;

hooks.__b = (vnode) => {
  if (current !== null) enter(current, vnode);
  nextDiff?.(vnode);
};

hooks.diffed = (vnode) => {
  if (current !== null) {
    if (vnode.type === "head") current.insideHead = false;
    if (current.marked.has(vnode)) current.insideIsland = false;
  }
  nextDiffed?.(vnode);
};

function enter(pass: RenderPass, vnode: VNode): void {
  if (typeof vnode.type === "function") {
    if (pass.insideIsland || vnode.type === Fragment) return;
    if (pass.marked.has(vnode)) {
      pass.insideIsland = true;
      return;
    }
    const island = pass.site?.islands.get(vnode.type);
    if (island !== undefined) mark(pass, vnode, island);
    return;
  }
  if (vnode.type === "head") pass.insideHead = true;
  else if (pass.insideHead && pass.head.has(headName(vnode))) replace(vnode, null);
  else if (pass.nonce !== null && (vnode.type === "script" || vnode.type === "style")) {
    vnode.props = { nonce: pass.nonce, ...vnode.props } as VNode["props"];
  }
}

/** Puts an island between the markers that the browser looks for. */
function mark(pass: RenderPass, vnode: VNode, { index, exportName }: IslandRef): void {
  const { type, props } = vnode;
  if (props.children !== undefined) {
    throw new TypeError(`Cannot render island ${exportName}: it takes no children`);
  }
  if (!pass.modules.has(index)) pass.modules.set(index, pass.modules.size);
  pass.props.push(props);
  const island: VNode = h(type as FunctionComponent<object>, props);
  pass.marked.add(island);
  const comment = (text: string) => h(Fragment, { UNSTABLE_comment: text } as object);
  const start = comment(`fresh:${pass.modules.get(index)}:${exportName}`);
  replace(vnode, [start, island, comment("/fresh")]);
}

function replace(vnode: VNode, children: ComponentChildren): void {
  vnode.type = Fragment;
  vnode.props = { children } as VNode["props"];
}

function collectHead(pass: RenderPass, children: ComponentChildren): void {
  for (const child of toChildArray(children)) {
    if (typeof child === "object") pass.head.set(headName(child) ?? child, child);
  }
}

/**
 * Tells which element of the head this one stands for, or null when it stands beside all others.
 */
function headName({ type, key, props }: VNode): string | null {
  if (key !== undefined && key !== null) return `key:${key}`;
  if (type === "title") return "title";
  if (type !== "meta") return null;
  const { name, property, httpEquiv } = props as {
    name?: string;
    property?: string;
    httpEquiv?: string;
  };
  const named = name ?? property ?? httpEquiv;
  return named === undefined ? null : `meta:${named}`;
}
