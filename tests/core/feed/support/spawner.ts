/** A worker that starts processes one after another, and says when it has begun and when it is done. */
const PROCESSES = 40;

self.postMessage("begun");
for (let times = 0; times < PROCESSES; times++) {
  await new Deno.Command(Deno.execPath(), { args: ["--version"], stdout: "null" }).output();
}
self.postMessage("done");

export {};
