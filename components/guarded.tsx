import { type ComponentType, type JSX } from "preact";
import { useErrorBoundary } from "preact/hooks";

/** Words of the notice, in both languages: an island that failed may not know the reader's. */
const FAILED = {
  vi: "Phần này gặp lỗi và đã dừng. Hãy tải lại trang.",
  en: "This part failed and has stopped. Reload the page.",
} as const;

/** An island whose errors stay its own: the rest of the page goes on, and the reader is told (U-38). */
export function guarded<Props extends object>(Island: ComponentType<Props>) {
  return function Guarded(props: Props): JSX.Element {
    // A function of the window's that is called as anybody else's refuses.
    const [error] = useErrorBoundary((caught) => reportError(caught));
    if (error === undefined) return <Island {...props} />;
    const isVi = document.documentElement.lang.startsWith("vi");
    return <p role="alert" class="notice bad">{isVi ? FAILED.vi : FAILED.en}</p>;
  };
}
