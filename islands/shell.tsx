import { guarded } from "../components/guarded.tsx";
import { AlertBell } from "../components/shell/alert_bell.tsx";
import { Keys } from "../components/shell/keys.tsx";
import { StatusBar } from "../components/shell/status_bar.tsx";
import { TimeScrubber } from "../components/travel/time_scrubber.tsx";

// The live parts of the frame around every page come together, so they are one script.
export const LiveStatusBar = guarded(StatusBar);
export const LiveAlertBell = guarded(AlertBell);
export const LiveTimeScrubber = guarded(TimeScrubber);
export const LiveKeys = guarded(Keys);
