import { SimWorld } from "./world/world.ts";
const n = Number(Deno.args[0] ?? 100), first = Number(Deno.args[1] ?? 1);
const t=performance.now(); let fails=0;
for (let seed = first; seed < first+n; seed++) {
  try { new SimWorld(seed).run(); } catch (e: any) { fails++; if (fails<=6) console.log(seed, e.message.slice(0,600), e.stack?.split("\n").slice(-8).join("\n").slice(0,0)); }
}
console.log({fails, ms: (performance.now()-t)/n});
