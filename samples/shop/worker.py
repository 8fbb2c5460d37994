"""Fulfils orders, one after the other."""
import time

from database import query

query("SELECT 1 FROM orders LIMIT 1")
print("waiting for orders")
while True:
    for order in query("UPDATE orders SET is_done = true WHERE NOT is_done RETURNING id"):
        print(f"order {order} is done")
    time.sleep(0.5)
