#!/usr/bin/env bash
# What Lighthouse says of the first view on a phone, page by page, against the portal's goals.
. "$(dirname "$0")/environment.sh"
for part in packages npm; do . "scripts/parts/$part.sh"; done

ensure_environment dev || exit 1
compile_catalogues || exit 1
ensure_npm || exit 1
export NO_PROXY=127.0.0.1,localhost no_proxy=127.0.0.1,localhost
unset SEARCH_INDEX_PREFIX SENTRY_DSN DJANGO_SETTINGS_MODULE
exec "$PYTHON" -m scripts.lighthouse --rounds "${ROUNDS:-3}" --languages ${LANGUAGES:-en fr de}
