"""Email notifications: `outbox` stores messages to users and sends them, `hooks` lets users choose how often.

This package does not depend on the content of messages. The workflow stores messages and builds their entries
(`workflow.message_entries`).
"""
