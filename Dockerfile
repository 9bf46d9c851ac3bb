# The steps of the first stage are those of .ci/run; a test compares them.
FROM node:22-bookworm-slim AS build
ARG DENO_VERSION=2.9.6
ENV DENO_NO_UPDATE_CHECK=1 DENO_NO_PROMPT=1
RUN npm install --global "deno@$DENO_VERSION"
WORKDIR /app
COPY deno.json deno.lock ./
COPY db/embedded/binaries db/embedded/binaries
RUN deno ci
COPY . .
RUN deno task build
# The program itself, not the script that npm puts before it: signals must reach it.
RUN cp "$(deno eval --print 'Deno.execPath()')" /usr/local/bin/deno-program

FROM debian:bookworm-slim
COPY --from=build /usr/local/bin/deno-program /usr/local/bin/deno
COPY --from=build /app /app
# PostgreSQL runs only as a user with a name.
RUN useradd --uid 65532 --user-group --no-create-home --shell /usr/sbin/nologin app
RUN install --directory --owner=65532 --group=65532 /data /var/cache/deno
USER 65532:65532
WORKDIR /app
# Inside a container the machine's own address is the container's; who gets in is decided by what
# the container publishes, so publish to 127.0.0.1 or set WS_AUTH_TOKEN.
ENV APP_HOST=0.0.0.0 APP_PORT=8000 DATA_DIR=/data
ENV DENO_DIR=/var/cache/deno DENO_NO_UPDATE_CHECK=1 DENO_NO_PROMPT=1
VOLUME /data
# The second is that of the gateways, when WS_GATEWAYS asks for them.
EXPOSE 8000 8001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=15s \
  CMD ["deno", "eval", "const port = Deno.env.get('APP_PORT'); Deno.exit((await fetch(`http://127.0.0.1:${port}/livez`)).ok ? 0 : 1)"]
CMD ["deno", "run", "--cached-only", "--frozen", "--no-prompt", "--node-modules-dir=manual", "--allow-net", "--allow-env", "--allow-read", "--allow-write", "--allow-run=/bin/sh", "--allow-sys=uid", "main.ts"]
