/**
 * Sets headers of an answer and gives the answer to pass on: the headers of `fetch` and
 * `Response.redirect` cannot be changed, so those are copied. The 101 of a socket passes untouched.
 */
export function setHeaders(response: Response, set: (headers: Headers) => void): Response {
  if (response.status === 101) return response;
  try {
    set(response.headers);
    return response;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const copy = new Response(response.body, response);
    set(copy.headers);
    return copy;
  }
}
