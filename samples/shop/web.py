"""Takes orders: POST /orders makes one, GET /orders lists them, GET /ready says whether the database answers."""
import http.server
import os

from database import query


class Shop(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/ready":
            self.answer("SELECT 'ready'")
        elif self.path == "/orders":
            self.answer("SELECT id || CASE WHEN is_done THEN ' done' ELSE ' open' END FROM orders ORDER BY id")
        else:
            self.send_error(404)

    def do_POST(self):
        if self.path == "/orders":
            self.answer("INSERT INTO orders DEFAULT VALUES RETURNING id")
        else:
            self.send_error(404)

    def answer(self, sql):
        try:
            status, text = 200, "\n".join(query(sql))
        except RuntimeError as error:
            status, text = 503, str(error)
        body = (text + "\n").encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Shop).serve_forever()
