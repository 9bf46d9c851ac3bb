import type { Account } from "./account.ts";

/** The only program we start ourselves: it starts the others, so that no more need be permitted. */
const SHELL = "/bin/sh";

/** Runs a script with `$1…` as this account (null is ours), in `/` and an environment of its own. */
export function shell(
  script: string,
  options: { readonly args: readonly string[]; readonly account: Account | null },
): { readonly command: string; readonly options: Deno.CommandOptions } {
  return {
    command: SHELL,
    options: {
      args: ["-c", script, "sh", ...options.args],
      ...options.account,
      clearEnv: true,
      env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
      cwd: "/",
    },
  };
}

/** Runs a script to its end. The text is all it said on stderr, then on stdout. */
export async function runShell(
  script: string,
  options: { readonly args: readonly string[]; readonly account: Account | null },
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const plan = shell(script, options);
  const command = new Deno.Command(plan.command, { ...plan.options, stdin: "null" });
  const { code, stdout, stderr } = await command.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}
