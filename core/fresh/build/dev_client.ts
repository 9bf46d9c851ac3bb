/** Address of the socket that tells pages to reload. */
export const DEV_SOCKET = "/_fresh/dev";

/**
 * Script of every page in development: reloads on a message, and when the server came back after
 * being gone.
 */
export const DEV_CLIENT = `
const address = location.origin.replace("http", "ws") + ${JSON.stringify(DEV_SOCKET)};
function connect(back) {
  const socket = new WebSocket(address);
  socket.onopen = () => back && location.reload();
  socket.onmessage = () => location.reload();
  socket.onclose = () => setTimeout(connect, 300, true);
}
connect(false);
`;
