#!/bin/sh
# Makes the role that the app works with: it keeps no table and bypasses no wall, so that row-level security holds
# for it. The app's start gives it the rights it needs. Run once, by somebody who may make roles; APP_PASSWORD is the
# new role's password. In a container of PostgreSQL this runs by itself when the database is made.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$APP_PASSWORD" --username "${POSTGRES_USER:-postgres}" --dbname "${POSTGRES_DB:-debrief}" <<'SQL'
CREATE ROLE debrief_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'password';
SQL
