CREATE TABLE IF NOT EXISTS orders (id serial PRIMARY KEY, is_done boolean NOT NULL DEFAULT false);
