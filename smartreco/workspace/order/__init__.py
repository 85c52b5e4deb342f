"""Use cases on orders: the draft placed, looked back on, pasted, handed on."""
