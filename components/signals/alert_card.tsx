import { Component, type JSX } from "preact";
import type { Alert, AlertSeverity, AlertType } from "../../core/wire/alert.ts";
import type { Lang } from "../i18n.ts";
import type { NumberStyle } from "../number_format.ts";
import { type AlertFact, explainAlert } from "./alert_explain.ts";
import { isSecurity, minuteBeforePath, subjectPath, traderName } from "./alert_links.ts";
import type { SignalWords } from "./signal_words.ts";

const ICONS: Readonly<Record<AlertType, string>> = {
  foreign_acceleration: "M3 7h12l-3-3M17 13H5l3 3",
  basis_divergence: "M2 10h16M3 14c4 0 4-8 7-8s3 8 7 8",
  volume_spike: "M3 17v-5M8 17V9M13 17V3M18 17v-6",
  price_breakout: "M3 3h14M10 17V7M6 11l4-4 4 4",
  session_event: "M10 3a7 7 0 1 0 0 14a7 7 0 0 0 0-14M10 6v4l3 2",
};
/** A shape beside the colour. */
const MARKS: Readonly<Record<AlertSeverity, string>> = { info: "●", warning: "▲", critical: "◆" };

export function TypeIcon({ type }: { readonly type: AlertType }): JSX.Element {
  return (
    <svg class="type-icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={ICONS[type]} />
    </svg>
  );
}

interface SeverityBadgeProps {
  readonly severity: AlertSeverity;
  readonly words: SignalWords;
}

export function SeverityBadge({ severity, words }: SeverityBadgeProps): JSX.Element {
  return (
    <span class="severity" data-severity={severity}>
      <span aria-hidden="true">{MARKS[severity]}</span> {words.severities[severity]}
    </span>
  );
}

export interface AlertCardProps {
  readonly alert: Alert;
  readonly lang: Lang;
  readonly words: SignalWords;
  readonly style: NumberStyle;
}

/** One alert: what, how grave, when, about whom, and why. An alert never changes. */
export class AlertCard extends Component<AlertCardProps> {
  override shouldComponentUpdate(next: AlertCardProps): boolean {
    return next.alert.id !== this.props.alert.id;
  }

  render({ alert, lang, words, style }: AlertCardProps): JSX.Element {
    const { id, alert_type: type, severity, symbol, timestamp } = alert;
    const name = traderName(alert);
    const explained = explainAlert(alert, words, style);
    return (
      <li class="alert" data-id={id} data-severity={severity}>
        <time dateTime={timestamp}>{timestamp.slice(11, 19)}</time>
        <SeverityBadge severity={severity} words={words} />
        <span class="alert-type">
          <TypeIcon type={type} />
          {words.types[type]}
        </span>
        <span class="alert-symbol">
          {isSecurity(symbol) ? <a href={subjectPath(alert)}>{symbol}</a> : symbol}
          {name !== null && <small>{name}</small>}
        </span>
        <p>{messageOf(alert, lang)}</p>
        <a
          class="alert-before"
          href={minuteBeforePath(alert)}
          title={words.beforeHint}
          data-moment="before"
        >
          <span aria-hidden="true">↶</span> {words.before}
        </a>
        <details>
          <summary>{words.why}</summary>
          <p>{explained.sentence}</p>
          <Facts title={words.measured} facts={explained.measured} />
          <Facts title={words.threshold} facts={explained.threshold} />
        </details>
      </li>
    );
  }
}

export function messageOf(alert: Alert, lang: Lang): string {
  return lang === "vi" ? alert.message_vi : alert.message;
}

interface FactsProps {
  readonly title: string;
  readonly facts: readonly AlertFact[];
}

function Facts({ title, facts }: FactsProps): JSX.Element | null {
  if (facts.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <dl>
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
