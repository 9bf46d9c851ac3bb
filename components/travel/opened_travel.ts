import type { LiveLink } from "../live/link.ts";
import type { PageClient } from "../live/page_client.ts";
import { askServer } from "./ask_server.ts";
import { TimeMachine } from "./time_machine.ts";

// What the scrubber needs once it is open, as one script.
export { keepMomentInLinks } from "./moment_links.ts";
export { TimePanel } from "./time_panel.tsx";

export function newMachine(link: LiveLink, client: PageClient): TimeMachine {
  return new TimeMachine(link, client, askServer);
}
