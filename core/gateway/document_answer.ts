import { answerGet, type Asked, NO_QUERY } from "./answer.ts";
import { EntityTag, isHeld } from "./entity_tag.ts";
import type { JsonObject } from "./json_schema.ts";

/** Names of this server that a document is kept under: 8 × 200 KiB. Clients choose what they call it. */
const PLACES_MAX = 8;

interface Written {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

/** A document of JSON, as `KeptDocument` keeps it. */
export function keptJson<Place>(make: (place: Place) => JsonObject): KeptDocument<Place> {
  const type = "application/json; charset=utf-8";
  return new KeptDocument((place) => JSON.stringify(make(place)), type);
}

/** A document of this server, written once for each place that it is asked at. */
export class KeptDocument<Place> {
  readonly #make: (place: Place) => string;
  readonly #mediaType: string;
  readonly #written = new Map<string, Written>();

  constructor(make: (place: Place) => string, mediaType: string) {
    this.#make = make;
    this.#mediaType = mediaType;
  }

  /** Answers GET and HEAD without parameters. */
  answer(asked: Asked, place: Place): Promise<Response> {
    return answerGet(asked, NO_QUERY, () => this.give(asked.req, place));
  }

  /** The document; a client may keep it and ask whether it still holds. */
  give(request: Request, place: Place): Response {
    const { bytes, etag } = this.#at(place);
    const headers = { "content-type": this.#mediaType, "cache-control": "no-cache", etag };
    return isHeld(request, etag)
      ? new Response(null, { status: 304, headers })
      : new Response(bytes, { headers });
  }

  #at(place: Place): Written {
    const key = JSON.stringify(place);
    const held = this.#written.get(key);
    if (held !== undefined) return held;
    const text = this.#make(place);
    const etag = new EntityTag().add(text).toString();
    const written = { bytes: new TextEncoder().encode(text), etag };
    if (this.#written.size === PLACES_MAX) this.#written.clear();
    this.#written.set(key, written);
    return written;
  }
}
