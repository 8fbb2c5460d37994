#!/bin/sh
# Makes the database's folder; a second time it does nothing.
[ -e "$SHOP_DATA/data/PG_VERSION" ] && exit
exec ./as-server-user.sh initdb -D "$SHOP_DATA/data" -U "$PGUSER" -A trust -E UTF8 --locale=C
