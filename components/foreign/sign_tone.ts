/** The tone of a net amount: up-coloured above zero, down-coloured below (C-20, B-23). */
export function signTone(net: number): "up" | "dn" | "re" {
  return net > 0 ? "up" : net < 0 ? "dn" : "re";
}
