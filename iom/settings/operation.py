"""The settings of operation: what is observed, and backups (iom.operation)."""

import environ

env = environ.Env()

ENVIRONMENT_NAME = env.str("ENVIRONMENT_NAME", "")  # such as “staging”: shown on top of the admin
LINK_CHECKS = env.bool("LINK_CHECKS", False)  # asks the servers to which texts have links whether they answer
METRICS_TOKEN = env.str("METRICS_TOKEN", "")  # whoever asks for /-/metrics has to send it

BACKUP_TO = env.str("BACKUP_TO", "")  # a folder, or s3://bucket/prefix; without it, no backup is taken
BACKUP_HOURS = env.int("BACKUP_HOURS", 24)
BACKUP_KEEP = env.int("BACKUP_KEEP", 7)  # a backup is deleted if it is neither one of so many
BACKUP_DAYS = env.int("BACKUP_DAYS", 30)  # nor younger than so many days
BACKUP_KEY = env.str("BACKUP_KEY", "")  # encrypts backups
