/// <reference lib="dom" />

/**
 * Makes a stand-in element of the nodes between two markers, so that Preact renders there and
 * nowhere else.
 */
export function rootBetween(start: Comment, end: Comment): Element {
  const parent = start.parentNode as Element;
  const insertBefore = (node: Node, before: Node | null) =>
    parent.insertBefore(node, before ?? end);
  const root = {
    nodeType: 1,
    parentNode: parent,
    namespaceURI: parent.namespaceURI,
    get childNodes() {
      const nodes: Node[] = [];
      for (let node = start.nextSibling; node && node !== end; node = node.nextSibling) {
        nodes.push(node);
      }
      return nodes;
    },
    get firstChild() {
      return start.nextSibling === end ? null : start.nextSibling;
    },
    insertBefore,
    appendChild: (node: Node) => insertBefore(node, null),
  };
  return root as unknown as Element;
}
