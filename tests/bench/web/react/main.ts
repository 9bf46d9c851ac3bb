import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { Board } from "./board.ts";

const root = document.getElementById("root")!;
createRoot(root).render(createElement(Board, { socketUrl: root.dataset.socket! }));
