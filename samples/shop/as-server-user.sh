#!/bin/sh
# PostgreSQL refuses to run as root.
if [ "$(id -u)" = 0 ]; then
  user=${SHOP_USER:-postgres}
  exec setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups "$@"
fi
exec "$@"
