"""E-mails to users: `outbox` keeps what someone has to be told (the workflow calls it), `sending` sends it.

`outbox` knows no workflow; `entries` and `sending` ask it what is still true.
"""
